import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UseQueryResult } from "@tanstack/react-query";
import { useFormats, useTexts } from "../../texts/language";
import { FailureAlert } from "./failure-alert";

/** Above what was read before and could not be read again: why, and of when it is. */
export function ReadBefore({
  query: { error, dataUpdatedAt, refetch },
}: {
  readonly query: Pick<UseQueryResult, "error" | "dataUpdatedAt" | "refetch">;
}) {
  const { common } = useTexts();
  const { instant } = useFormats();
  return (
    <SpaceBetween size="m">
      <FailureAlert error={error} onRetry={() => refetch()} />
      <Alert type="info">
        {common.states.lastData(instant(new Date(dataUpdatedAt).toISOString()))}
      </Alert>
    </SpaceBetween>
  );
}
