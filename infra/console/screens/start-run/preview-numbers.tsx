import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { ToldProblem } from "../../parts/loading/told-problem";
import { useFormats, useTexts } from "../../texts/language";
import type { SoughtPreview } from "./use-preview";

/** What a run would do now, in numbers; what would stop it; or that it is being found out. */
export function PreviewNumbers({
  preview,
  allowsMassRemoval,
}: {
  readonly preview: SoughtPreview;
  /** The removal guard, which a preview knows of, will not stop the run. */
  readonly allowsMassRemoval: boolean;
}) {
  const { start } = useTexts().run;
  const { number, duration } = useFormats();
  const { found, error, retry } = preview;
  if (error !== undefined) {
    return <FailureAlert error={error} onRetry={retry} />;
  }
  if (found === undefined) {
    return <StatusIndicator type="loading">{start.previewing}</StatusIndicator>;
  }
  const { numbers, estimate, problem, stop, warnings = [] } = found;
  if (numbers === undefined) {
    return problem === undefined ? null : <ToldProblem type="error" problem={problem} />;
  }
  return (
    <SpaceBetween size="s">
      <Box variant="h3">{start.previewNumbers}</Box>
      <KeyValuePairs
        columns={4}
        minColumnWidth={110}
        items={[
          { label: start.new, value: number(numbers.new) },
          { label: start.changed, value: number(numbers.changed) },
          { label: start.unchanged, value: number(numbers.unchanged) },
          { label: start.leaving, value: number(numbers.leaving) },
          ...(estimate === undefined
            ? []
            : [{ label: start.seconds, value: duration(estimate.seconds) }]),
        ]}
      />
      {warnings.some(({ code }) => code === "leavingUnknown") && <Box>{start.atLeast}</Box>}
      {stop !== undefined && !(allowsMassRemoval && stop.code === "removalGuard") && (
        <ToldProblem type="warning" title={start.wouldStop} problem={stop} />
      )}
    </SpaceBetween>
  );
}
