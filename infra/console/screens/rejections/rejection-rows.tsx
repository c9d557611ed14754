import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { rejectionCategories } from "../../../../shared/domain/runs/rejection";
import { useApi } from "../../api/api-provider";
import { rejectionsQuery, type RejectionPage } from "../../api/queries/rejections";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { ToldText } from "../../parts/told-text";
import { PageNotRead } from "../../parts/list/page-not-read";
import { Pages } from "../../parts/list/pages";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { useFormats, useTexts } from "../../texts/language";
import { tellRejection } from "../../texts/told";
import { rejectionsSearchSchema, type RejectionsSearch } from "./search";

type Row = RejectionPage["items"][number];
const PAGE_ROWS = 50;

/** The rows of a report, a page at a time as the API has them: a report may hold a hundred thousand. */
export function RejectionRows({
  runId,
  segments,
  search,
  onSearch,
}: {
  readonly runId: string;
  readonly segments: readonly string[];
  readonly search: RejectionsSearch;
  readonly onSearch: (search: RejectionsSearch) => void;
}) {
  const { rejections: texts, common, told } = useTexts();
  const { number } = useFormats();
  const [wanted, setWanted] = useState("");
  const page = useKeptPage(rejectionsQuery(useApi(), runId, { ...search, limit: PAGE_ROWS }));
  const { after, ...filter } = search;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const next = page.data?.next;
  const items = (page.data?.items ?? []).filter((row) =>
    holds(row, tellRejection(told, row).text, wanted),
  );
  const refusedBy = (by: string) =>
    by === "export" || by === "klaviyo" ? texts.refusedBy[by] : by;
  const any = { value: "", label: texts.anyCategory };
  const anySegment = { value: "", label: texts.anySegment };
  const categories = rejectionCategories.map((value) => ({ value, label: texts.category[value] }));
  const named = segments.map((value) => ({ value, label: value }));
  const filterBy = (changed: Partial<Record<keyof RejectionsSearch, string | undefined>>) =>
    onSearch(rejectionsSearchSchema.parse({ ...filter, ...changed }));
  if (page.isError && page.data === undefined) {
    return <FailureAlert error={page.error} onRetry={() => page.refetch()} />;
  }
  return (
    <>
      <PageNotRead page={page} />
      <Table
        wrapLines
        stickyHeader
        loading={page.isPending}
        loadingText={common.states.loading}
        header={<Header variant="h2">{texts.rows}</Header>}
        items={items}
        empty={
          <SpaceBetween size="xs">
            <Box variant="strong">
              {next !== undefined && wanted === ""
                ? texts.searchOn
                : isFiltered || wanted !== ""
                  ? common.states.noneMatch
                  : texts.none}
            </Box>
            {!isFiltered && wanted === "" && next === undefined && <Box>{texts.noneHint}</Box>}
            {(isFiltered || wanted !== "") && (
              <Button
                onClick={() => {
                  setWanted("");
                  onSearch({});
                }}
              >
                {common.actions.clearFilters}
              </Button>
            )}
          </SpaceBetween>
        }
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <TextFilter
              filteringText={wanted}
              filteringPlaceholder={texts.find}
              filteringAriaLabel={texts.find}
              onChange={({ detail }) => setWanted(detail.filteringText)}
            />
            <Select
              selectedOption={categories.find(({ value }) => value === search.category) ?? any}
              options={[any, ...categories]}
              ariaLabel={texts.columns.category}
              onChange={({ detail }) => filterBy({ category: detail.selectedOption.value })}
            />
            {segments.length > 1 && (
              <Select
                selectedOption={named.find(({ value }) => value === search.segment) ?? anySegment}
                options={[anySegment, ...named]}
                ariaLabel={texts.columns.segment}
                onChange={({ detail }) => filterBy({ segment: detail.selectedOption.value })}
              />
            )}
            {isFiltered && (
              <Button onClick={() => onSearch({})}>{common.actions.clearFilters}</Button>
            )}
          </SpaceBetween>
        }
        footer={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Pages
              page={page}
              first={after === undefined}
              onPage={(cursor) =>
                onSearch(rejectionsSearchSchema.parse({ ...filter, after: cursor }))
              }
            />
            {!page.isPending && !page.isError && next === undefined && (
              <Box variant="small">{texts.last}</Box>
            )}
          </SpaceBetween>
        }
        columnDefinitions={[
          { id: "segment", header: texts.columns.segment, cell: ({ segment }) => segment || "–" },
          { id: "file", header: texts.columns.file, cell: ({ file }) => file || "–" },
          {
            id: "row",
            header: texts.columns.row,
            cell: ({ row }) => (row === undefined ? "–" : number(row)),
          },
          {
            id: "email",
            header: texts.columns.email,
            isRowHeader: true,
            cell: ({ email }) => email || "–",
          },
          {
            id: "category",
            header: texts.columns.category,
            cell: ({ category }) => texts.category[category],
          },
          {
            id: "code",
            header: texts.columns.code,
            cell: ({ code, refusedBy: by }) => (
              <>
                <code>{code}</code>
                <Box variant="small" display="block">
                  {texts.columns.refusedBy}: {refusedBy(by)}
                </Box>
              </>
            ),
          },
          {
            id: "text",
            header: texts.columns.text,
            cell: (row) => <ToldText told={tellRejection(told, row)} />,
          },
        ]}
      />
    </>
  );
}

/** @param reason as it is shown */
function holds(row: Row, reason: string, wanted: string): boolean {
  const sought = wanted.trim().toLowerCase();
  return (
    sought === "" ||
    [row.segment, row.file, row.email, row.code, reason].some((text) =>
      text.toLowerCase().includes(sought),
    )
  );
}
