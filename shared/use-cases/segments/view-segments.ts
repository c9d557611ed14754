import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { SegmentDescription, SegmentSummary } from "../../domain/segments/segment";
import { summaryOf } from "../../domain/segments/segment-summary";
import type { DescribedRefresh } from "../../domain/segments/refresh-history";
import { areOfAPerson, looksPersonal } from "../../domain/text/personal-name";
import type { SegmentSettings } from "../../domain/segments/segment-settings";
import type {
  Clock,
  Log,
  Page,
  SegmentDescriptions,
  SegmentReader,
  SegmentSettingsStore,
  SegmentSource,
} from "../../ports";
import { mayOn, requireAccess } from "../access/access";
import { filesOf, pinWhole } from "./segment-files";
import { searchedPage, type ListSearch } from "../paging/searched-page";

/** What segments are looked for by: when they were last refreshed. */
export interface SegmentFilter {
  /** The id of their source. */
  readonly source?: string | undefined;
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
    passes: ({ refreshedAt, source }, { from, until, source: wanted }) =>
      (wanted === undefined || source === wanted) &&
      (from === undefined || refreshedAt >= from.toISOString()) &&
      (until === undefined || refreshedAt < until.toISOString()),
  });
}

export interface DescribeSegmentInput {
  readonly caller: Caller;
  readonly segment: string;
  /** The field to count members by; else the one that looks most like email addresses. */
  readonly emailField?: string | undefined;
}

export interface DescribeSegmentDependencies {
  readonly segments: Pick<SegmentSource, "pin">;
  readonly reader: SegmentReader;
  readonly segmentSettings: Pick<SegmentSettingsStore, "get">;
  readonly descriptions: SegmentDescriptions;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/**
 * Tells a segment's fields and members, for which its files are read once: what was found is kept by their versions
 * and by the names that are given to their columns. With its settings, if there are any, and how large its last
 * refreshes were, as far as somebody has described them.
 * What should be field names and is rather a person, of a file without a header, is shown to no viewer. Throws
 * `segmentMissing`, `segmentUnreadable`, `segmentChanged`, `fieldMissing`.
 */
export async function describeSegment(
  dependencies: DescribeSegmentDependencies,
  { caller, segment, emailField }: DescribeSegmentInput,
): Promise<
  SegmentDescription & {
    readonly settings?: SegmentSettings;
    readonly refreshes: readonly DescribedRefresh[];
  }
> {
  requireAccess(caller, "viewSegment");
  const files = filesOf(await pinWhole(dependencies.segments, [segment]));
  const summary = summaryOf(segment, files);
  if (summary === undefined) {
    throw new DomainError("segmentMissing", { segment });
  }
  const { descriptions, reader, clock, log } = dependencies;
  const now = clock.now();
  const kept = await orNothing(log, () => descriptions.get(files, emailField, now));
  const found = kept ?? (await reader.describe(summary, files, emailField));
  if (kept === undefined) {
    await orNothing(log, () => descriptions.put(files, emailField, found, now));
  }
  const settings = await dependencies.segmentSettings.get(segment);
  const refreshes = (await orNothing(log, () => descriptions.refreshes(segment, now))) ?? [];
  return {
    ...(mayOn(caller, "viewProfiles", undefined) ? found : withoutPersons(found)),
    ...(settings.updatedAt === undefined ? {} : { settings }),
    // The name of the field may be a person's, in a file without a header.
    refreshes: refreshes.map(({ emailField: field, ...sizes }) =>
      field === undefined || looksPersonal(field) ? sizes : { ...sizes, emailField: field },
    ),
  };
}

/** What can't be kept, or found where it is kept, is read again: that costs time alone. */
async function orNothing<Found>(log: Log, ask: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await ask();
  } catch (error) {
    log.warn("descriptionNotKept", { error });
    return undefined;
  }
}

function withoutPersons(found: SegmentDescription): SegmentDescription {
  if (!areOfAPerson(found.fields.map(({ name }) => name))) {
    return found;
  }
  const { name, source, files, bytes, refreshedAt, rows, members } = found;
  const summary = { name, source, files, bytes, refreshedAt, rows, fields: [], warnings: [] };
  return members === undefined ? summary : { ...summary, members };
}
