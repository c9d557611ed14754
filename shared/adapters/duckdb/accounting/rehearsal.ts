import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { rejectionCountsSchema } from "../../../domain/runs/rejection";
import { removalNumbersSchema, runNumbersSchema } from "../../../domain/runs/run";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { AccountingRequest } from "../../../ports";
import { WorkFileNotFound, type WorkFiles } from "../work-files";

/**
 * A run's result depends on nothing but its staged files, which never change, and the request. So one that
 * was written for an equal request, before the outcomes were known, is the run's result.
 */
const rehearsalSchema = z.object({
  request: z.unknown(),
  accounted: z.object({
    numbers: runNumbersSchema,
    removals: removalNumbersSchema,
    leftOut: z.object({
      refused: z.array(z.object({ attribute: z.string(), count: z.number() })),
      ignored: z.array(z.string()),
    }),
    /** Absent when there are too many codes, or an older version wrote it. */
    rejectionCounts: rejectionCountsSchema.optional(),
    hasDroppedReport: z.boolean(),
  }),
});

const rehearsalJsonSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("no JSON");
      return z.NEVER;
    }
  })
  .pipe(rehearsalSchema);

/** What accounting finds out beside the files that it writes. */
export type Accounted = Readonly<z.infer<typeof rehearsalSchema>["accounted"]>;

/** Where the report and the snapshot go. */
export interface ResultKeys {
  readonly reportKey: string;
  /** Used only where values were left out of profiles. */
  readonly droppedReportKey: string;
  readonly snapshotKey: string;
}

/** Keeps for which request the rehearsal's files were written, once they lie there. */
export async function keepRehearsal(
  files: WorkFiles,
  request: AccountingRequest,
  accounted: Accounted,
): Promise<void> {
  const { result } = storageKeys.rehearsal(request.runId, request.attemptId);
  const kept = JSON.stringify({ request: comparable(request), accounted });
  await files.upload(result, { bytes: Buffer.from(kept) });
}

/**
 * Puts a rehearsal's files in their place, if there is one for just this request; undefined otherwise. One that
 * can't be understood, such as an older version's, is as good as none: the run can be accounted for without.
 */
export async function adoptRehearsal(
  files: WorkFiles,
  request: AccountingRequest,
  { reportKey, droppedReportKey, snapshotKey }: ResultKeys,
): Promise<Accounted | undefined> {
  const { result, report, droppedReport, snapshot } = storageKeys.rehearsal(
    request.runId,
    request.attemptId,
  );
  try {
    const kept = rehearsalJsonSchema.safeParse((await files.read(result)).toString("utf8")).data;
    if (kept === undefined || !isDeepStrictEqual(kept.request, comparable(request))) {
      return undefined;
    }
    await Promise.all([
      files.copy(report, reportKey),
      files.copy(snapshot, snapshotKey),
      ...(kept.accounted.hasDroppedReport ? [files.copy(droppedReport, droppedReportKey)] : []),
    ]);
    return kept.accounted;
  } catch (error) {
    if (error instanceof WorkFileNotFound) {
      return undefined;
    }
    throw error;
  }
}

/** The request in the form in which it comes back out of JSON. */
function comparable({ outcomes, ...request }: AccountingRequest): unknown {
  const byChunk = [...outcomes].sort(([one], [other]) => one - other);
  return JSON.parse(JSON.stringify({ ...request, outcomes: byChunk }));
}
