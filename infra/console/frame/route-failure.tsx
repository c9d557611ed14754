import { FailedPage } from "../parts/loading/failed-page";

/** Stands for a screen that failed, the rest of the console stays. */
export function RouteFailure({
  error,
  reset,
}: {
  readonly error: unknown;
  readonly reset: () => void;
}) {
  return <FailedPage error={error} onRetry={reset} />;
}
