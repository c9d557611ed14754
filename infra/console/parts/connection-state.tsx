import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { ConnectionState } from "../../../shared/domain/connections/connection";
import { useTexts } from "../texts/language";

const icons: Readonly<Record<ConnectionState, StatusIndicatorProps.Type>> = {
  working: "success",
  neverUsed: "success",
  keyRefused: "error",
  signInEnded: "error",
  scopesMissing: "error",
  secretUnreachable: "error",
  otherAccount: "error",
};

/** Whether a connection works, as icon and word. */
export function ConnectionStateIndicator({ state }: { readonly state: ConnectionState }) {
  const { connections } = useTexts();
  return <StatusIndicator type={icons[state]}>{connections.states[state]}</StatusIndicator>;
}
