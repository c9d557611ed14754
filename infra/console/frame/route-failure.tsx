import { FailureAlert } from "../parts/failure-alert";

/** Stands for a screen that failed, the rest of the console stays. */
export function RouteFailure({
  error,
  reset,
}: {
  readonly error: unknown;
  readonly reset: () => void;
}) {
  return <FailureAlert error={error} onRetry={reset} />;
}
