import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type { SegmentDescription, SegmentSummary } from "../domain/segment";
import { summaryOf } from "../domain/segment-summary";
import type { Page, SegmentReader, SegmentSource } from "../ports";
import { requireAccess } from "./access";
import { searchedPage, type ListSearch } from "./searched-page";

/** What segments are looked for by: when they were last refreshed. */
export interface SegmentFilter {
  /** The first instant, and the first one after the last. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** Lists the segments that can be exported. */
export async function listSegments(
  { segments }: { segments: Pick<SegmentSource, "list"> },
  { caller, ...search }: { caller: Caller } & ListSearch<"name" | "refreshedAt", SegmentFilter>,
): Promise<Page<SegmentSummary>> {
  requireAccess(caller, "listSegments");
  return searchedPage((page) => segments.list(page), search, {
    id: ({ name }) => name,
    name: ({ name }) => name,
    fields: { name: ({ name }) => name, refreshedAt: ({ refreshedAt }) => refreshedAt },
    passes: ({ refreshedAt }, { from, until }) =>
      (from === undefined || refreshedAt >= from.toISOString()) &&
      (until === undefined || refreshedAt < until.toISOString()),
  });
}

export interface DescribeSegmentInput {
  readonly caller: Caller;
  readonly segment: string;
  /** The field to count members by; else the one that looks most like email addresses. */
  readonly emailField?: string;
}

/**
 * Reads a segment's files to tell its fields and members. Throws `segmentMissing`, `segmentUnreadable`,
 * `segmentChanged`, `fieldMissing`.
 */
export async function describeSegment(
  { segments, reader }: { segments: Pick<SegmentSource, "files">; reader: SegmentReader },
  { caller, segment, emailField }: DescribeSegmentInput,
): Promise<SegmentDescription> {
  requireAccess(caller, "viewSegment");
  const files = await segments.files(segment);
  const summary = summaryOf(segment, files);
  if (summary === undefined) {
    throw new DomainError("segmentMissing", { segment });
  }
  return reader.describe(summary, files, emailField);
}
