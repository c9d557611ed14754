import { useQueries } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import { segmentQuery, type SegmentAnswer } from "../../api/queries/segments";
import { useTexts } from "../../texts/language";

/** What is known of the segments that are chosen. */
export interface DescribedSegments {
  /** In the order in which they are chosen; those that are still being read are missing. */
  readonly found: readonly SegmentAnswer[];
  /** Why others could not be read. */
  readonly failed: ReadonlyMap<string, string>;
  readonly pending: boolean;
}

/** Reads the segments that are chosen: their fields, members and what the API suggests. */
export function useDescribedSegments(segments: readonly string[]): DescribedSegments {
  const api = useApi();
  const texts = useTexts();
  return useQueries({
    queries: segments.map((segment) => segmentQuery(api, segment)),
    combine: (results) => ({
      found: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
      failed: new Map(
        results.flatMap(({ error }, index): [string, string][] =>
          error === null ? [] : [[segments[index] ?? "", describeFailure(error, texts).text]],
        ),
      ),
      pending: results.some(({ isPending }) => isPending),
    }),
  });
}
