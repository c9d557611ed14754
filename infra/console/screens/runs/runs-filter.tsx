import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useQuery } from "@tanstack/react-query";
import { runSchema, runStatusSchema } from "../../../../shared/domain/runs/run";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { useTexts } from "../../texts/language";
import type { RunsSearch } from "./search";

const triggerSchema = runSchema.shape.trigger;

/** Finds runs by how they fared, by what started them, and by their export. */
export function RunsFilter({
  search,
  onSearch,
}: {
  readonly search: RunsSearch;
  readonly onSearch: (search: RunsSearch) => void;
}) {
  const { runs: words, common } = useTexts();
  const any = { value: "any", label: common.any };
  const statuses = runStatusSchema.options.map((value) => ({ value, label: words.status[value] }));
  const triggers = triggerSchema.options.map((value) => ({ value, label: words.trigger[value] }));
  const first = { ...search, after: undefined };
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <Select
        inlineLabelText={words.columns.status}
        selectedOption={statuses.find(({ value }) => value === search.status) ?? any}
        options={[any, ...statuses]}
        onChange={({ detail: { selectedOption } }) =>
          onSearch({ ...first, status: runStatusSchema.safeParse(selectedOption.value).data })
        }
      />
      <Select
        inlineLabelText={words.columns.trigger}
        selectedOption={triggers.find(({ value }) => value === search.trigger) ?? any}
        options={[any, ...triggers]}
        onChange={({ detail: { selectedOption } }) =>
          onSearch({ ...first, trigger: triggerSchema.safeParse(selectedOption.value).data })
        }
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
