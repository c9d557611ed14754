import { everyPage } from "../../../domain/paging/every-page";
import type { Export, ExportHealth } from "../../../domain/exports/export";
import { showPlainly } from "../../../domain/text/plain-text";
import { problem, type Problem } from "../../../domain/problems/problem";
import { runEndedEvent } from "../../../domain/runs/run-ended-event";
import { rejectedRows, type Run } from "../../../domain/runs/run";
import type { SubscriptionNumbers } from "../../../domain/exports/subscription";
import type { Announcer, Clock, ExportStore, Log, Metrics, RunStore } from "../../../ports";

export interface AnnounceRunsDependencies {
  readonly exports: Pick<ExportStore, "get" | "noteHealth">;
  readonly runs: Pick<RunStore, "listUnannounced" | "claimAnnouncement" | "markAnnounced">;
  readonly announcer: Announcer;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Named in events and mails. */
  readonly stage: string;
}

/** Longer than any invocation that announces: who has not finished by then is taken for dead. */
const LEASE_MILLISECONDS = 120_000;

/** Exports whose runs are announced at a time. */
const CONCURRENT_EXPORTS = 10;

/** Announces runs that ended without being announced, such as those that ended before anything was sent. */
export async function announceEndedRuns(dependencies: AnnounceRunsDependencies): Promise<void> {
  // The runs of one export follow each other: whether to write a mail depends on the run before.
  const byExport = new Map<string, string[]>();
  for await (const { exportId, runId } of everyPage((page) =>
    dependencies.runs.listUnannounced(page),
  )) {
    byExport.set(exportId, [...(byExport.get(exportId) ?? []), runId]);
  }
  const ended = [...byExport.values()];
  for (let start = 0; start < ended.length; start += CONCURRENT_EXPORTS) {
    await Promise.all(
      ended.slice(start, start + CONCURRENT_EXPORTS).map(async (runIds) => {
        for (const runId of runIds) {
          await announceRun(dependencies, runId);
        }
      }),
    );
  }
}

/**
 * Tells others that a run has ended: its event, its measurements, and the administrators when the export
 * begins to fail, fails for another reason, or has recovered. Each run is announced once, unless a worker
 * dies just then. Never throws: the run itself is over and done; what fails is logged and tried again a
 * minute later.
 */
export async function announceRun(
  dependencies: AnnounceRunsDependencies,
  runId: string,
): Promise<void> {
  const { runs, announcer, clock, log, stage } = dependencies;
  try {
    const now = clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MILLISECONDS);
    const run = await runs.claimAnnouncement(runId, now, leaseUntil);
    if (run === undefined) {
      return;
    }
    await announcer.publish(runEndedEvent(stage, run));
    await tellAdministrators(dependencies, run);
    await runs.markAnnounced(runId);
    measure(dependencies, run);
  } catch (error) {
    log.error("runNotAnnounced", { runId, error });
  }
}

async function tellAdministrators(
  { exports, announcer, log, stage }: AnnounceRunsDependencies,
  run: Run,
): Promise<void> {
  const stored = await exports.get(run.exportId);
  const verdict = verdictOf(run, stored?.rejectionThreshold);
  // A deleted export is nobody's concern any more, and an older run than the last says nothing new.
  if (stored === undefined || verdict.kind === "neither" || isOlder(run, stored.health)) {
    return;
  }
  const before = stored.health?.failing;
  const failing = verdict.kind === "failing" ? verdict.problem : undefined;
  if (failing !== undefined && failing.code !== before) {
    await announcer.mail(failureMail(stage, stored, run, failing));
    log.info("failureMailed", { runId: run.runId, code: failing.code });
  } else if (failing === undefined && before !== undefined) {
    await announcer.mail(recoveryMail(stage, stored, run));
    log.info("recoveryMailed", { runId: run.runId, code: before });
  }
  await exports.noteHealth(run.exportId, {
    runAt: run.requestedAt,
    failing: failing?.code,
  });
}

function isOlder(run: Run, health: ExportHealth | undefined): boolean {
  return health !== undefined && run.requestedAt < health.runAt;
}

/**
 * What a run says about its export. Cancelling, and a start while the previous run is going, say nothing.
 * A run that was not attempted for another reason counts as failing: somebody must do something about it.
 */
function verdictOf(
  run: Run,
  threshold: number | undefined,
): { kind: "well" } | { kind: "neither" } | { kind: "failing"; problem: Problem } {
  switch (run.status) {
    case "successful":
    case "completedWithWarnings": {
      const rejected = rejectedRows(run.numbers);
      return threshold !== undefined && rejected > threshold
        ? { kind: "failing", problem: problem("tooManyRejected", { rejected, threshold }) }
        : { kind: "well" };
    }
    case "failed":
      return { kind: "failing", problem: run.problem ?? problem("internalError") };
    case "skipped":
      return run.problem === undefined || run.problem.code === "previousRunGoing"
        ? { kind: "neither" }
        : { kind: "failing", problem: run.problem };
    case "canceled":
    case "queued":
    case "running":
      return { kind: "neither" };
  }
}

/** SNS: at most 100 characters, ASCII, no line breaks. */
const subject = (stage: string, what: string, exportId: string): string =>
  `Segment export (${stage}) ${what}: ${exportId}`.slice(0, 100);

function failureMail(stage: string, failed: Export, run: Run, reason: Problem) {
  return {
    subject: subject(stage, "failed", failed.exportId),
    body: [
      `The export “${showPlainly(failed.displayName)}” needs attention.`,
      "",
      showPlainly(reason.message),
      "",
      ...factsOf(run),
      `Code: ${reason.code}`,
      "",
      "You are told once. Further runs that fail for the same reason send no mail; you hear again when " +
        "the reason changes, and when the export has recovered.",
    ].join("\n"),
  };
}

function recoveryMail(stage: string, recovered: Export, run: Run) {
  return {
    subject: subject(stage, "recovered", recovered.exportId),
    body: [
      `The export “${showPlainly(recovered.displayName)}” has recovered: its latest run did what it should.`,
      "",
      ...factsOf(run),
    ].join("\n"),
  };
}

function factsOf({
  exportId,
  runId,
  status,
  requestedAt,
  numbers,
  removals,
  subscribing,
}: Run): readonly string[] {
  return [
    `Export: ${exportId}`,
    `Run: ${runId}, ${status}, started at ${requestedAt}`,
    `Profiles: ${numbers.imported} imported, ${numbers.unchanged} unchanged, ` +
      `${rejectedRows(numbers)} rejected, ${numbers.unsent} unsent`,
    ...(removals.leaving === 0
      ? []
      : [
          `Left the segments: ${removals.leaving}, of whom ${removals.removed} removed from the list, ` +
            `${removals.notFound} not found there, ${removals.unremoved} not removed`,
        ]),
    ...(subscribing === undefined ? [] : [subscriptionsLine(subscribing.numbers)]),
  ];
}

/** Klaviyo takes requests to subscribe and never says what became of them, so that is all that is said. */
function subscriptionsLine({
  requested,
  accepted,
  alreadySubscribed,
  failed,
  ...excluded
}: SubscriptionNumbers): string {
  const leftOut =
    excluded.excludedUnsubscribed +
    excluded.excludedSuppressed +
    excluded.excludedWithoutConsent +
    excluded.excludedConsentUnclear +
    excluded.excludedWithoutConsentTime;
  return (
    `To be subscribed to email marketing: ${requested}, of whom ${accepted} asked for, ` +
    `${alreadySubscribed} subscribed or asked before, ${leftOut} excluded, ${failed} not asked for`
  );
}

function measure({ metrics }: AnnounceRunsDependencies, run: Run): void {
  const { numbers, status, requestedAt, endedAt } = run;
  metrics.put({
    RunsEnded: 1,
    RunsFailed: status === "failed" ? 1 : 0,
    RunsSkipped: status === "skipped" ? 1 : 0,
    ProfilesSent: numbers.imported,
    ProfilesRejected: rejectedRows(numbers),
    ProfilesUnsent: numbers.unsent,
    ...(endedAt === undefined || status === "skipped"
      ? {}
      : { SecondsToFinish: (Date.parse(endedAt) - Date.parse(requestedAt)) / 1_000 }),
  });
}
