import type { SegmentWait } from "../../domain/schedules/refresh-decision";
import { problem } from "../../domain/problems/problem";
import { showPlainly } from "../../domain/text/plain-text";
import type { Announcer, Clock, ExportStore, Log } from "../../ports";

export interface TellOverdueDependencies {
  readonly exports: Pick<ExportStore, "get" | "noteHealth">;
  readonly announcer: Pick<Announcer, "mail">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** Named in mails. */
  readonly stage: string;
}

/**
 * Tells administrators, once, that a segment was not refreshed when it should have been, as they are told of an export
 * that fails. The run that its refresh leads to tells that all is well again.
 */
export async function tellOverdue(
  { exports, announcer, clock, log, stage }: TellOverdueDependencies,
  exportId: string,
  waitingFor: readonly SegmentWait[],
  hours: number | undefined,
): Promise<void> {
  const overdue = waitingFor.find((each) => each.overdue === true);
  const stored = overdue === undefined ? undefined : await exports.get(exportId);
  if (overdue === undefined || hours === undefined || stored === undefined) {
    return;
  }
  const { segment, refreshedAt = "never" } = overdue;
  const reason = problem("segmentOverdue", { segment, hours, refreshedAt });
  if (stored.health?.failing === reason.code) {
    return;
  }
  await announcer.mail({
    subject: `Segment export (${stage}) waits for a refresh: ${exportId}`.slice(0, 100),
    body: [
      `The export “${showPlainly(stored.displayName)}” waits for a segment.`,
      "",
      showPlainly(reason.message),
      "",
      `Export: ${exportId}`,
      `Code: ${reason.code}`,
      "",
      "You are told once, and hear again when the export has recovered.",
    ].join("\n"),
  });
  log.info("overdueMailed", { exportId, segment });
  await exports.noteHealth(exportId, { runAt: clock.now().toISOString(), failing: reason.code });
}
