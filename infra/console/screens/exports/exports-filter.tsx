import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { runStatusSchema } from "../../../../shared/domain/runs/run";
import { SearchBox } from "../../parts/list/search-box";
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
  const { exports: words, runs, common } = useTexts();
  const all = { value: "all", label: common.any };
  const statuses = runStatusSchema.options.map((status) => ({
    value: status,
    label: runs.status[status],
  }));
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <SearchBox
        label={words.filter}
        value={search.search}
        onSearch={(text) => onSearch({ ...search, after: undefined, search: text })}
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
