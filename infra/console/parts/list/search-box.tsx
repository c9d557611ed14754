import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";

/** Finds entries by a part of their name. What is typed follows the address, once somebody stops typing. */
export function SearchBox({
  label,
  value = "",
  onSearch,
}: {
  readonly label: string;
  /** What the address says. */
  readonly value: string | undefined;
  readonly onSearch: (text: string | undefined) => void;
}) {
  const [typed, setTyped] = useState({ text: value, of: value });
  if (typed.of !== value) {
    // Somebody cleared the filters, or went to another view.
    setTyped({ text: value, of: value });
  }
  return (
    <TextFilter
      filteringText={typed.text}
      filteringPlaceholder={label}
      filteringAriaLabel={label}
      onChange={({ detail }) => setTyped({ ...typed, text: detail.filteringText })}
      onDelayedChange={({ detail }) => {
        const text = detail.filteringText;
        onSearch(text === "" ? undefined : text);
      }}
    />
  );
}
