import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { RunAnswer } from "../api/queries/runs";
import { useTexts } from "../texts/language";

const types: Readonly<Record<RunAnswer["status"], StatusIndicatorProps.Type>> = {
  queued: "pending",
  running: "in-progress",
  successful: "success",
  completedWithWarnings: "warning",
  failed: "error",
  skipped: "stopped",
  canceled: "stopped",
};

/** A run's status as icon and word; while it is running, its phase. */
export function RunStatusIndicator({
  status,
  phase,
}: {
  readonly status: RunAnswer["status"];
  readonly phase?: RunAnswer["phase"] | undefined;
}) {
  const { runs } = useTexts();
  return (
    <StatusIndicator type={types[status]}>
      {status === "running" && phase !== undefined ? runs.phase[phase] : runs.status[status]}
    </StatusIndicator>
  );
}
