import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { runModeSchema, type RunOptions } from "../../../../shared/domain/runs/run-options";
import { useMay } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { useTexts } from "../../texts/language";

/** What may be said of one run, as far as the export has a use for it and the caller may say it. */
export function OptionsForm({
  its,
  options,
  onChange,
}: {
  readonly its: ExportAnswer;
  readonly options: RunOptions;
  readonly onChange: (options: RunOptions) => void;
}) {
  const { start } = useTexts().run;
  const may = useMay();
  const mirrors = its.syncMode === "mirror";
  const subscribes = its.subscription !== undefined;
  const mayReconcile = mirrors && may("reconcileList") !== undefined;
  const mayResubscribe = subscribes && may("resubscribe") !== undefined;
  return (
    <SpaceBetween size="m">
      <FormField label={start.what} stretch>
        <RadioGroup
          value={options.mode}
          onChange={({ detail }) =>
            onChange({ ...options, mode: runModeSchema.parse(detail.value) })
          }
          items={runModeSchema.options.map((mode) => ({ value: mode, ...start.modes[mode] }))}
        />
      </FormField>
      <div>
        <Box>{mirrors ? start.willMirror : start.willUpsert}</Box>
        {subscribes && <Box>{start.willSubscribe}</Box>}
      </div>
      {(mirrors || mayResubscribe) && (
        <FormField label={start.more} stretch>
          <SpaceBetween size="xs">
            {mirrors && (
              <Checkbox
                checked={options.allowMassRemoval}
                onChange={({ detail }) =>
                  onChange({ ...options, allowMassRemoval: detail.checked })
                }
              >
                {start.allowMassRemoval}
              </Checkbox>
            )}
            {mayReconcile && (
              <Checkbox
                checked={options.reconcile}
                description={start.reconcileHint}
                onChange={({ detail }) => onChange({ ...options, reconcile: detail.checked })}
              >
                {start.reconcile}
              </Checkbox>
            )}
            {mayResubscribe && (
              <Checkbox
                checked={options.resubscribe}
                description={start.resubscribeHint}
                onChange={({ detail }) => onChange({ ...options, resubscribe: detail.checked })}
              >
                {start.resubscribe}
              </Checkbox>
            )}
          </SpaceBetween>
        </FormField>
      )}
    </SpaceBetween>
  );
}
