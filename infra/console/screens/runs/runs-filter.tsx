import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useQuery } from "@tanstack/react-query";
import { runSchema, runStatusSchema } from "../../../../shared/domain/runs/run";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { FilterChoice } from "../../parts/list/filter-choice";
import { useTexts } from "../../texts/language";
import type { RunsSearch } from "./search";

/** Finds runs by how they fared, by what started them, and by their export. */
export function RunsFilter({
  search,
  onSearch,
}: {
  readonly search: RunsSearch;
  readonly onSearch: (search: RunsSearch) => void;
}) {
  const { runs: words } = useTexts();
  const first = { ...search, after: undefined };
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <FilterChoice
        label={words.columns.status}
        values={runStatusSchema.options}
        words={words.status}
        chosen={search.status}
        onChoose={(status) => onSearch({ ...first, status })}
      />
      <FilterChoice
        label={words.columns.trigger}
        values={runSchema.shape.trigger.options}
        words={words.trigger}
        chosen={search.trigger}
        onChoose={(trigger) => onSearch({ ...first, trigger })}
      />
      {search.exportId !== undefined && (
        <OfExport
          exportId={search.exportId}
          onDismiss={() => onSearch({ ...first, exportId: undefined })}
        />
      )}
    </SpaceBetween>
  );
}

/** The export whose runs are shown; its runs outlive it, and then its id must do. */
function OfExport({
  exportId,
  onDismiss,
}: {
  readonly exportId: string;
  readonly onDismiss: () => void;
}) {
  const { runs: words, common } = useTexts();
  const { data } = useQuery({
    ...exportQuery(useApi(), exportId),
    refetchInterval: false,
    retry: false,
  });
  return (
    <TokenGroup
      items={[
        {
          label: `${words.columns.export}: ${data?.displayName ?? exportId}`,
          dismissLabel: common.actions.clearFilters,
        },
      ]}
      onDismiss={onDismiss}
    />
  );
}
