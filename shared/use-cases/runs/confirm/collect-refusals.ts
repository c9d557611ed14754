import type { Chunk, Refusal } from "../../../domain/runs/chunk";
import { openImportJobBody } from "../../../domain/klaviyo/import-job-body";
import type { ImportError, ImportJob, RunFiles } from "../../../ports";
import type { NotDone } from "../../klaviyo/call-result";
import type { PlannedRun } from "../planned-run";
import { readPages } from "../../klaviyo/read-pages";
import type { Destination } from "../../klaviyo/klaviyo-access";

export interface CollectRefusalsDependencies {
  readonly files: Pick<RunFiles, "readChunk" | "readRefusals" | "writeRefusals">;
}

/** `unread`: not every page could be read; nothing was written and the job is asked for again. */
export type CollectedRefusals =
  | { kind: "collected"; refused: number }
  | { kind: "unread"; because: NotDone };

/**
 * Reads every page of a complete job's errors, matches each to a profile of the chunk and keeps them. A
 * profile with several errors is refused once; failures that Klaviyo counts but does not name are kept
 * without a position.
 */
export async function collectRefusals(
  { files }: CollectRefusalsDependencies,
  run: PlannedRun,
  sent: Extract<Chunk, { state: "sent" }>,
  job: ImportJob,
  { klaviyo }: Destination,
): Promise<CollectedRefusals> {
  if (job.failed === 0) {
    return { kind: "collected", refused: 0 };
  }
  const from = sent.parts?.upTo ?? 0;
  const errors: ImportError[] = [];
  const unread = await readPages(
    (after) => klaviyo.listImportErrors(job.jobId, after),
    (items) => errors.push(...items),
  );
  if (unread !== undefined) {
    return { kind: "unread", because: unread };
  }
  const chunkFiles = { runId: run.runId, attemptId: run.plan.attemptId, chunk: sent.chunk };
  const staged = await files.readChunk(run.runId, run.plan.attemptId, sent.chunk);
  const refusedAtOnce =
    sent.refused === 0 ? [] : await files.readRefusals({ ...chunkFiles, step: "push" });
  const atOnce = new Set(refusedAtOnce.map(({ position }) => position));
  const { emails } = openImportJobBody(staged);
  const inJob = emails
    .map((_, position) => position)
    .slice(from, sent.upTo)
    .filter((position) => !atOnce.has(position));
  // A job can't have more failures than profiles, whatever it counts.
  const failed = Math.min(job.failed, inJob.length);
  const refusals = matchErrors(errors, failed, emails, inJob);
  await files.writeRefusals({ ...chunkFiles, step: "confirm", from }, refusals);
  return { kind: "collected", refused: refusals.length };
}

/**
 * Matches each error to a profile. Exported for its tests.
 *
 * @param emails of the chunk's profiles, by position
 * @param sent the positions of the job's profiles, in the job's order
 */
export function matchErrors(
  errors: readonly ImportError[],
  failed: number,
  emails: readonly string[],
  sent: readonly number[],
): readonly Refusal[] {
  const positionOfEmail = new Map(sent.map((position) => [emails[position], position]));
  const matched = new Map<number, Refusal>();
  const unmatched: Refusal[] = [];
  for (const { email, position, code, detail } of errors) {
    const source =
      (email === null ? undefined : positionOfEmail.get(email)) ?? sent[position ?? -1] ?? null;
    if (source === null) {
      unmatched.push({ position: null, code, detail });
    } else if (!matched.has(source)) {
      matched.set(source, { position: source, code, detail });
    }
  }
  const unnamed = Math.max(0, failed - matched.size);
  return [
    ...matched.values(),
    ...Array.from(
      { length: unnamed },
      (_, index): Refusal =>
        unmatched[index] ?? {
          position: null,
          code: "unnamed",
          detail: "Klaviyo counts a failed profile that none of its errors names.",
        },
    ),
  ];
}
