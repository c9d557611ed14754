import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { SourceState } from "../../../../shared/domain/sources/source";
import { useTexts } from "../../texts/language";

const icons: Readonly<Record<SourceState, StatusIndicatorProps.Type>> = {
  working: "success",
  forbidden: "error",
  missing: "error",
  unreadable: "error",
  unavailable: "warning",
};

/** Whether a source can be read, as icon and word. */
export function SourceStateIndicator({ state }: { readonly state: SourceState }) {
  const { sources } = useTexts();
  return <StatusIndicator type={icons[state]}>{sources.states[state]}</StatusIndicator>;
}
