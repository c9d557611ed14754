import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bodyRange, SERIES_HEAD_BYTES, seriesOf } from "../../../shared/domain/runs/chunk-series";
import { storageKeys } from "../../../shared/domain/runs/storage-keys";
import type { RunFiles } from "../../../shared/ports";

/** The body of a chunk, of the series that it was staged in. */
export async function stagedChunk(
  root: string,
  { runId, attemptId, chunk }: { runId: string; attemptId: string; chunk: number },
): Promise<Buffer> {
  const key = storageKeys.chunkSeries(runId, attemptId, seriesOf(chunk));
  const packed = await readFile(join(root, key));
  const { from, length } = bodyRange(packed.subarray(0, SERIES_HEAD_BYTES), chunk);
  return packed.subarray(from, from + length);
}

/** A run's staged files in the work bucket as a directory on disk. */
export function directoryRunFiles(root: string): RunFiles {
  const write = async (key: string, content: string): Promise<void> => {
    await mkdir(dirname(join(root, key)), { recursive: true });
    await writeFile(join(root, key), content);
  };
  const readIfThere = async (key: string): Promise<string | undefined> =>
    readFile(join(root, key), "utf8").catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        throw error;
      }
      return undefined;
    });
  const lines = (values: readonly unknown[]): string =>
    values.map((value) => `${JSON.stringify(value)}\n`).join("");

  return {
    readChunk: (runId, attemptId, chunk) => stagedChunk(root, { runId, attemptId, chunk }),
    writeFindings: ({ runId, attemptId, chunk }, findings) =>
      write(storageKeys.findings(runId, attemptId, chunk), JSON.stringify(findings)),
    readFindings: async ({ runId, attemptId, chunk }) => {
      const findings = await readIfThere(storageKeys.findings(runId, attemptId, chunk));
      return findings === undefined ? undefined : JSON.parse(findings);
    },
    writeLeftOut: ({ runId, attemptId, chunk }, values) =>
      write(storageKeys.leftOut(runId, attemptId, chunk), lines(values)),
    writeRefusals: ({ runId, attemptId, chunk, step, from }, refusals) =>
      write(storageKeys.refusals(runId, attemptId, chunk, step, from), lines(refusals)),
    readRefusals: async ({ runId, attemptId, chunk, step, from }) =>
      ((await readIfThere(storageKeys.refusals(runId, attemptId, chunk, step, from))) ?? "")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    readRemovalChunk: async (runId, attemptId, chunk) =>
      JSON.parse(
        await readFile(join(root, storageKeys.removalChunk(runId, attemptId, chunk)), "utf8"),
      ),
    writeFound: ({ runId, attemptId, chunk }, emails) =>
      write(storageKeys.found(runId, attemptId, chunk), JSON.stringify(emails)),
    readFound: async ({ runId, attemptId, chunk }) =>
      JSON.parse((await readIfThere(storageKeys.found(runId, attemptId, chunk))) ?? "[]"),
    writeListed: async ({ runId, attemptId, part }, emails) => {
      const key = storageKeys.listed(runId, attemptId, part);
      await write(key, lines(emails.map((email) => ({ email }))));
      return key;
    },
    writeListing: (runId, listing) => write(storageKeys.listing(runId), JSON.stringify(listing)),
    readListing: async (runId) => {
      const listing = await readIfThere(storageKeys.listing(runId));
      return listing === undefined ? undefined : JSON.parse(listing);
    },
    readSubscribers: async ({ runId, attemptId, batch }) =>
      (await readFile(join(root, storageKeys.subscribers(runId, attemptId, batch)), "utf8"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    writeSubscriptionOutcome: ({ runId, attemptId, batch }, outcome) =>
      write(storageKeys.subscriptionOutcome(runId, attemptId, batch), JSON.stringify(outcome)),
    readSubscriptionOutcome: async ({ runId, attemptId, batch }) => {
      const kept = await readIfThere(storageKeys.subscriptionOutcome(runId, attemptId, batch));
      return kept === undefined ? undefined : JSON.parse(kept);
    },
    rejectionRows: async () => undefined,
    reportLink: async (key) => `file://${join(root, key)}`,
  };
}
