import {
  useQuery,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useState } from "react";

/** A page of a list, as it is shown. */
export interface KeptPage<Page> extends Pick<
  UseQueryResult<Page>,
  "error" | "isError" | "isPending" | "isPlaceholderData" | "refetch"
> {
  readonly data: Page | undefined;
  /** When what is shown was read. */
  readonly dataUpdatedAt: number;
}

/** Reads a page of a list. Where it can't be read, the page that was shown before stays. */
export function useKeptPage<Page, Key extends QueryKey>(
  options: UseQueryOptions<Page, Error, Page, Key>,
): KeptPage<Page> {
  const { data, dataUpdatedAt, error, isError, isPending, isPlaceholderData, refetch } =
    useQuery(options);
  const [kept, setKept] = useState<{ readonly data: Page; readonly dataUpdatedAt: number }>();
  const isRead = data !== undefined && !isPlaceholderData;
  if (isRead && (kept?.data !== data || kept.dataUpdatedAt !== dataUpdatedAt)) {
    setKept({ data, dataUpdatedAt });
  }
  const shown =
    isError && data === undefined && kept !== undefined ? kept : { data, dataUpdatedAt };
  return { ...shown, error, isError, isPending, isPlaceholderData, refetch };
}
