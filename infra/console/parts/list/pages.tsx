import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../texts/language";
import type { KeptPage } from "./use-kept-page";

/** Leads through a list whose pages are known one at a time; from a page that could not be read, only back. */
export function Pages({
  page,
  first,
  labels,
  onPage,
}: {
  readonly page: Pick<
    KeptPage<{ readonly next?: string | undefined }>,
    "data" | "isError" | "isPlaceholderData"
  >;
  /** Whether the first page is shown. */
  readonly first: boolean;
  /** @default "First page" and "Next page" */
  readonly labels?: { readonly first: string; readonly next: string };
  /** @param cursor none: the first page */
  readonly onPage: (cursor: string | undefined) => void;
}) {
  const { common } = useTexts();
  const { first: toFirst, next: toNext } = labels ?? common.pages;
  const next = page.isError ? undefined : page.data?.next;
  if (first && next === undefined) {
    return undefined;
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={first} onClick={() => onPage(undefined)}>
        {toFirst}
      </Button>
      <Button
        disabled={next === undefined}
        loading={page.isPlaceholderData}
        iconName="angle-right"
        iconAlign="right"
        onClick={() => onPage(next)}
      >
        {toNext}
      </Button>
    </SpaceBetween>
  );
}
