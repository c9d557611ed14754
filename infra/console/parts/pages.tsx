import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../texts/language";

/** Leads through a list whose pages are known one at a time. */
export function Pages({
  first,
  next,
  loading,
  onPage,
}: {
  /** Whether the first page is shown. */
  readonly first: boolean;
  readonly next: string | undefined;
  /** Whether another page is on its way. */
  readonly loading: boolean;
  /** @param cursor none: the first page */
  readonly onPage: (cursor: string | undefined) => void;
}) {
  const { common } = useTexts();
  if (first && next === undefined) {
    return undefined;
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={first} onClick={() => onPage(undefined)}>
        {common.pages.first}
      </Button>
      <Button
        disabled={next === undefined}
        loading={loading}
        iconName="angle-right"
        iconAlign="right"
        onClick={() => onPage(next)}
      >
        {common.pages.next}
      </Button>
    </SpaceBetween>
  );
}
