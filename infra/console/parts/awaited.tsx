import type { UseQueryResult } from "@tanstack/react-query";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Alert from "@cloudscape-design/components/alert";
import type { ReactNode } from "react";
import { useFormats, useTexts } from "../texts/language";
import { FailureAlert } from "./failure-alert";
import { LoadingPage } from "./loading-page";

/**
 * Shows what was read; its outline until it is there, and why it is not. When reading it again fails, what was read
 * last stays, with its time.
 */
export function Awaited<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { common } = useTexts();
  const { instant } = useFormats();
  const { data, error, isError, refetch, dataUpdatedAt } = query;
  if (data === undefined) {
    return isError ? (
      <FailureAlert error={error} onRetry={() => void refetch()} />
    ) : (
      <LoadingPage />
    );
  }
  if (!isError) {
    return children(data);
  }
  return (
    <SpaceBetween size="m">
      <FailureAlert error={error} onRetry={() => void refetch()} />
      <Alert type="info">
        {common.states.lastData(instant(new Date(dataUpdatedAt).toISOString()))}
      </Alert>
      {children(data)}
    </SpaceBetween>
  );
}
