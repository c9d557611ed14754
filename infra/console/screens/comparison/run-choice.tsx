import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { runsQuery } from "../../api/queries/runs";
import { useFormats, useTexts } from "../../texts/language";

/** Chooses a run among the last ones of an export, or of all. */
export function RunChoice({
  label,
  chosen,
  exportId,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: string | undefined;
  readonly exportId: string | undefined;
  readonly onChoose: (runId: string) => void;
}) {
  const { comparison, runs, common } = useTexts();
  const { instant } = useFormats();
  const { data, isPending } = useQuery(runsQuery(useApi(), { limit: 100, exportId }));
  const options = (data?.items ?? []).map(({ runId, settings, timings, status }) => ({
    value: runId,
    label: `${settings.displayName}, ${instant(timings.requestedAt)}`,
    description: runs.status[status],
  }));
  return (
    <FormField label={label}>
      <Select
        filteringType="auto"
        selectedOption={
          options.find(({ value }) => value === chosen) ??
          (chosen === undefined ? null : { value: chosen, label: chosen })
        }
        options={options}
        placeholder={comparison.choose}
        statusType={isPending ? "loading" : "finished"}
        loadingText={common.states.loading}
        empty={runs.none}
        onChange={({ detail }) => {
          const { value } = detail.selectedOption;
          if (value !== undefined) {
            onChoose(value);
          }
        }}
      />
    </FormField>
  );
}
