/**
 * Where the parts of a run lie in the work bucket. All expire, `snapshots/` last; of an
 * export's snapshots only the newest is kept.
 * Staged files belong to one attempt at preparing, so that attempts never write over each other.
 */
const padded = (chunk: number): string => String(chunk).padStart(5, "0");

export const storageKeys = {
  /** What all keys of a run's staged files begin with. */
  staging: (runId: string): string => `staging/${runId}/`,
  /** The bodies of a series' import jobs, as they are sent; see `chunk-series.ts`. */
  chunkSeries: (runId: string, attemptId: string, series: number): string =>
    `staging/${runId}/${attemptId}/chunks/series-${padded(series)}`,
  /** The body of one chunk, as version 0.1.0 and its successors until 2026-11-27 stage it. */
  chunkBody: (runId: string, attemptId: string, chunk: number): string =>
    `staging/${runId}/${attemptId}/chunks/${padded(chunk)}.json`,
  /** Parquet: every member with its chunk, position, hash and source row. */
  members: (runId: string, attemptId: string): string =>
    `staging/${runId}/${attemptId}/members.parquet`,
  /** Parquet: every row set aside before sending: blank, invalid, duplicate. */
  setAside: (runId: string, attemptId: string): string =>
    `staging/${runId}/${attemptId}/set-aside.parquet`,
  /** Parquet: every value that a member's profile goes without; none where none does. */
  droppedValues: (runId: string, attemptId: string): string =>
    `staging/${runId}/${attemptId}/dropped-values.parquet`,
  /** Parquet: who is on the list because of the export and no member any more, with their removal chunk. */
  leavers: (runId: string, attemptId: string): string =>
    `staging/${runId}/${attemptId}/leavers.parquet`,
  /** JSON: the emails of a removal chunk. */
  removalChunk: (runId: string, attemptId: string, chunk: number): string =>
    `staging/${runId}/${attemptId}/removals/${padded(chunk)}.json`,
  /** JSON: those of a removal chunk's emails that were found on the list, by whichever attempt. */
  found: (runId: string, attemptId: string, chunk: number): string =>
    `staging/${runId}/${attemptId}/removals/${padded(chunk)}-found.json`,
  /** JSON: how far the list itself has been read, when the snapshot is lost. */
  listing: (runId: string): string => `staging/${runId}/listing.json`,
  /** NDJSON: a part of the emails on the list. */
  listed: (runId: string, attemptId: string, part: number): string =>
    `staging/${runId}/${attemptId}/listed/${padded(part)}.ndjson`,
  /**
   * NDJSON: the profiles of one chunk that Klaviyo refused at once (`push`) or later (`confirm`; of a part that
   * begins at `from`).
   */
  refusals: (
    runId: string,
    attemptId: string,
    chunk: number,
    step: "push" | "confirm",
    from = 0,
  ): string =>
    `staging/${runId}/${attemptId}/refusals/${padded(chunk)}-${step}${from === 0 ? "" : `-${padded(from)}`}.ndjson`,
  /** NDJSON: values of one chunk's profiles that Klaviyo does not take. */
  leftOut: (runId: string, attemptId: string, chunk: number): string =>
    `staging/${runId}/${attemptId}/left-out/${padded(chunk)}.ndjson`,
  /** JSON: what is known of a chunk that Klaviyo has refused so far. */
  findings: (runId: string, attemptId: string, chunk: number): string =>
    `staging/${runId}/${attemptId}/findings/${padded(chunk)}.json`,
  /** What accounting expects to write: the report, the snapshot, and, last, for which outcomes. */
  rehearsal: (
    runId: string,
    attemptId: string,
  ): { result: string; report: string; droppedReport: string; snapshot: string } => {
    const folder = `staging/${runId}/${attemptId}/rehearsal`;
    return {
      result: `${folder}/result.json`,
      report: `${folder}/rejections.csv`,
      droppedReport: `${folder}/dropped-values.csv`,
      snapshot: `${folder}/snapshot.parquet`,
    };
  },
  /** NDJSON: members that are to be subscribed, a batch of up to 1,000. */
  subscribers: (runId: string, attemptId: string, batch: number): string =>
    `staging/${runId}/${attemptId}/subscribers/${padded(batch)}.ndjson`,
  /** JSON: what became of such a batch. */
  subscriptionOutcome: (runId: string, attemptId: string, batch: number): string =>
    `staging/${runId}/${attemptId}/subscriptions/${padded(batch)}.json`,
  /** CSV: the run's rejection report. */
  report: (runId: string): string => `reports/${runId}/rejections.csv`,
  /** CSV: the values that were left out of the run's profiles; none where none were. */
  droppedReport: (runId: string): string => `reports/${runId}/dropped-values.csv`,
  /** What all keys of an export's snapshots begin with. */
  snapshots: (exportId: string): string => `snapshots/${exportId}/`,
  /** Parquet: what Klaviyo has confirmed for the export, as of a run. */
  snapshot: (exportId: string, runId: string): string => `snapshots/${exportId}/${runId}.parquet`,
  /** Parquet: whom the export need not ask Klaviyo to subscribe any more, as of a run. */
  subscribed: (exportId: string, runId: string): string =>
    `snapshots/${exportId}/${runId}-subscribed.parquet`,
} as const;
