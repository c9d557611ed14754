import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { runStatusSchema } from "../../../../shared/domain/runs/run";
import { useTexts } from "../../texts/language";
import type { ExportsSearch } from "./search";

/** Finds exports by name and by how their last run ended. */
export function ExportsFilter({
  search,
  onSearch,
}: {
  readonly search: ExportsSearch;
  readonly onSearch: (search: ExportsSearch) => void;
}) {
  const { exports: words, runs } = useTexts();
  const [typed, setTyped] = useState(search.search ?? "");
  const all = { value: "all", label: words.anyStatus };
  const statuses = runStatusSchema.options.map((status) => ({
    value: status,
    label: runs.status[status],
  }));
  return (
    <SpaceBetween direction="horizontal" size="s">
      <TextFilter
        filteringText={typed}
        filteringPlaceholder={words.filter}
        filteringAriaLabel={words.filter}
        onChange={({ detail }) => setTyped(detail.filteringText)}
        onDelayedChange={({ detail }) =>
          onSearch({
            ...search,
            after: undefined,
            search: detail.filteringText === "" ? undefined : detail.filteringText,
          })
        }
      />
      <Select
        inlineLabelText={words.columns.status}
        selectedOption={statuses.find(({ value }) => value === search.lastRunStatus) ?? all}
        options={[all, ...statuses]}
        onChange={({ detail }) =>
          onSearch({
            ...search,
            after: undefined,
            lastRunStatus: runStatusSchema.safeParse(detail.selectedOption.value).data,
          })
        }
      />
    </SpaceBetween>
  );
}
