import type { UseQueryResult } from "@tanstack/react-query";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { FailedPage } from "./failed-page";
import { LoadingPage } from "./loading-page";
import { ReadBefore } from "./read-before";

/**
 * A page of what was read; its outline until it is there, and why it is not. When reading it again fails, what was
 * read last stays, with its time.
 */
export function Awaited<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error, isError, refetch } = query;
  if (data === undefined) {
    return isError ? <FailedPage error={error} onRetry={() => refetch()} /> : <LoadingPage />;
  }
  // The page keeps its place among these, so that nothing that is typed or open in it goes.
  return (
    <SpaceBetween size="m">
      {isError && <ReadBefore query={query} />}
      {children(data)}
    </SpaceBetween>
  );
}
