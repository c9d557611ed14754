import SpaceBetween from "@cloudscape-design/components/space-between";
import { runStatusSchema } from "../../../../shared/domain/runs/run";
import { FilterChoice } from "../../parts/list/filter-choice";
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
  const { exports: words, runs } = useTexts();
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <SearchBox
        label={words.filter}
        value={search.search}
        onSearch={(text) => onSearch({ ...search, after: undefined, search: text })}
      />
      <FilterChoice
        label={words.columns.status}
        values={runStatusSchema.options}
        words={runs.status}
        chosen={search.lastRunStatus}
        onChoose={(lastRunStatus) => onSearch({ ...search, after: undefined, lastRunStatus })}
      />
    </SpaceBetween>
  );
}
