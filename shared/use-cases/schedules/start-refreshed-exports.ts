import type { Export } from "../../domain/exports/export";
import { isTerminal, type Run } from "../../domain/runs/run";
import {
  decideRefresh,
  type Following,
  type RefreshBaseline,
  type RefreshRun,
  type SegmentWait,
} from "../../domain/schedules/refresh-decision";
import { followedRefreshes, type SystemSchedule } from "../../domain/schedules/schedule";
import type { SegmentPin } from "../../domain/segments/refresh";
import type {
  Clock,
  ExportStore,
  IdGenerator,
  Log,
  RunStore,
  SegmentSource,
  SettingsStore,
  StartQueue,
} from "../../ports";
import { tellOverdue, type TellOverdueDependencies } from "./tell-overdue";

export interface StartRefreshedExportsDependencies extends TellOverdueDependencies {
  readonly exports: Pick<ExportStore, "get" | "listFollowing" | "noteFollowing" | "noteHealth">;
  readonly runs: Pick<RunStore, "getMany">;
  readonly segments: Pick<SegmentSource, "pin">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly starts: StartQueue;
  readonly clock: Pick<Clock, "now">;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/** Exports that are looked at side by side. */
const CONCURRENT_EXPORTS = 5;

/** A start may wait so long for its queue; a run that is not there by then has expired. */
const START_MILLISECONDS = 12 * 3_600_000;

/**
 * Starts the exports whose segments have all been refreshed since they last ran, each once, and notes what the others
 * wait for. What lies there decides, so that it may be called at any time and as often as one likes; an export is left
 * alone while it is running. An export or a segment that can't be judged keeps nobody from the others.
 */
export async function startRefreshedExports(
  dependencies: StartRefreshedExportsDependencies,
): Promise<void> {
  const { exports, settings, segments, log } = dependencies;
  const system = await settings.getSystemSchedule();
  const followers = [
    ...(await exports.listFollowing("refreshes")).items,
    ...(system.active && system.onRefresh !== undefined
      ? (await exports.listFollowing("system")).items
      : []),
  ].filter(({ detached }) => detached === undefined);

  // Segments that exports share are looked at once.
  const pins = new Map<string, Promise<SegmentPin | undefined>>();
  const pinOf = (segment: string): Promise<SegmentPin | undefined> => {
    const pin =
      pins.get(segment) ??
      segments.pin(segment).catch((error: unknown) => {
        log.warn("segmentNotJudged", { segment, error });
        return undefined;
      });
    pins.set(segment, pin);
    return pin;
  };
  for (let start = 0; start < followers.length; start += CONCURRENT_EXPORTS) {
    await Promise.all(
      followers.slice(start, start + CONCURRENT_EXPORTS).map(async (follower) => {
        try {
          await follow(dependencies, system, follower, pinOf);
        } catch (error) {
          log.error("refreshesNotFollowed", { exportId: follower.exportId, error });
        }
      }),
    );
  }
}

async function follow(
  dependencies: StartRefreshedExportsDependencies,
  system: SystemSchedule,
  follower: Export,
  pinOf: (segment: string) => Promise<SegmentPin | undefined>,
): Promise<void> {
  const { exports, runs, starts, clock, ids, log } = dependencies;
  const { exportId, connectionId } = follower;
  const followed = followedRefreshes(follower, system);
  if (followed === undefined) {
    return;
  }
  const now = clock.now();
  const begun = follower.following?.run;
  const found = await runs.getMany([
    ...new Set(
      [begun?.runId, follower.lastRunId, follower.currentRun?.runId].filter(
        (runId) => runId !== undefined,
      ),
    ),
  ]);
  const runOf = (runId: string | undefined): Run | undefined =>
    found.find((run) => run.runId === runId);
  const begunRun = runOf(begun?.runId);
  if (
    begun !== undefined &&
    begunRun === undefined &&
    now.getTime() - Date.parse(begun.at) < START_MILLISECONDS
  ) {
    // It was decided on, and whether it was told is not known. Told twice, it is made once.
    await starts.start([{ exportId, connectionId, runId: begun.runId, scheduledFor: begun.at }]);
    return;
  }
  const going = runOf(follower.currentRun?.runId);
  if (going !== undefined && !isTerminal(going.status)) {
    return;
  }

  const decision = decideRefresh(
    await Promise.all(
      follower.segments.map(async (segment) => ({ segment, pin: await pinOf(segment) })),
    ),
    { since: followed.since, taken: takenBy(begun, begunRun, runOf(follower.lastRunId)) },
    { now, overdueAfterHours: followed.overdueAfterHours },
  );
  if (decision.kind === "waiting") {
    await noteWaiting(dependencies, follower, decision.waitingFor);
    await tellOverdue(dependencies, exportId, decision.waitingFor, followed.overdueAfterHours);
    return;
  }
  const run: RefreshRun = {
    runId: ids.next(),
    at: now.toISOString(),
    refreshes: decision.refreshes,
  };
  // Written down first: whoever comes now sees that it is decided, and goes on with it.
  if (await exports.noteFollowing(exportId, { run, waitingFor: [] }, begun?.runId)) {
    await starts.start([{ exportId, connectionId, runId: run.runId, scheduledFor: run.at }]);
    log.info("refreshedExportStarted", { exportId, runId: run.runId });
  }
}

/** A run that was not attempted because another was going has taken nothing into account. */
function takenBy(
  begun: RefreshRun | undefined,
  begunRun: Run | undefined,
  lastRun: Run | undefined,
): RefreshBaseline["taken"] {
  const passedOver = begunRun?.problem?.code === "previousRunGoing";
  return [
    ...(begun === undefined || passedOver
      ? []
      : Object.entries(begun.refreshes).map(([segment, refreshedAt]) => ({
          segment,
          refreshedAt,
        }))),
    ...(lastRun?.plan?.segments ?? []),
  ];
}

async function noteWaiting(
  { exports }: Pick<StartRefreshedExportsDependencies, "exports">,
  { exportId, following }: Export,
  waitingFor: readonly SegmentWait[],
): Promise<void> {
  const noted: Following = {
    ...(following?.run === undefined ? {} : { run: following.run }),
    waitingFor: [...waitingFor],
  };
  // Looked at every minute, and written down when it has changed.
  if (JSON.stringify(following?.waitingFor) !== JSON.stringify(waitingFor)) {
    await exports.noteFollowing(exportId, noted, following?.run?.runId);
  }
}
