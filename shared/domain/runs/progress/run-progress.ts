import * as z from "zod";
import { leastRemovalSeconds, leastSeconds, leastSubscriptionSeconds } from "../run-estimate";
import { isTerminal, plannedChunks, type Run } from "../run";

const count = z.number().int().nonnegative();
const rate = z.number().nonnegative();

/** How far a run has come in profiles; those that are taken off the list are in its `removals`. */
export const profileProgressSchema = z.object({
  /** Profiles that are new or changed, so that the run sends them. */
  toSend: count,
  /** Profiles whose chunks are staged, ready to be sent. */
  prepared: count,
  /** Profiles that Klaviyo has taken in jobs. */
  sent: count,
  /** Profiles whose fate is known: imported, refused or unsent. */
  confirmed: count,
});
type ProfileProgress = z.infer<typeof profileProgressSchema>;

/** How fast a run gets on, measured over its last while. */
export const runPaceSchema = z.object({
  /** Since when it is measured. */
  from: z.iso.datetime(),
  sentPerSecond: rate.describe("Profiles that Klaviyo took in jobs, a second"),
  confirmedPerSecond: rate.describe("Profiles whose fate became known, a second"),
});
type RunPace = z.infer<typeof runPaceSchema>;

/** How long a run will still take. */
export const timeLeftSchema = z.object({
  seconds: count,
  restsOn: z
    .enum(["pace", "limits"])
    .describe(
      "`pace`: on how fast the run gets on. `limits`: on the calls that are left and Klaviyo's limits alone, so that it takes so long at least",
    ),
});
type TimeLeft = z.infer<typeof timeLeftSchema>;

/** A pace that was measured for less time says little. */
const LEAST_SPAN_MILLISECONDS = 2_000;

/** Undefined until the segments have been read. */
export function profilesOf(run: Run): ProfileProgress | undefined {
  const { plan, numbers, stagedChunks, sentProfiles = 0 } = run;
  if (plan === undefined) {
    return undefined;
  }
  const toSend = sumOf(plan.chunkSizes);
  const decided = numbers.imported + numbers.refused;
  return {
    toSend,
    prepared: sumOf(plan.chunkSizes.slice(0, stagedChunks)),
    // A worker may have died before it counted a chunk as sent.
    sent: Math.min(toSend, Math.max(sentProfiles, decided)),
    confirmed: Math.min(toSend, decided + numbers.unsent),
  };
}

/** How far a run is, as one of its marks. */
export function markOf(run: Run): { at: string; sent: number; confirmed: number } {
  const { sent = 0, confirmed = 0 } = profilesOf(run) ?? {};
  return { at: run.movedAt, sent, confirmed };
}

/** The pace of a run that sends or confirms; undefined when none can be measured. */
export function paceOf(run: Run, now: Date): RunPace | undefined {
  const profiles = profilesOf(run);
  const from = run.marks?.[0];
  if (
    isTerminal(run.status) ||
    profiles === undefined ||
    from === undefined ||
    profiles.confirmed >= profiles.toSend
  ) {
    return undefined;
  }
  const milliseconds = now.getTime() - Date.parse(from.at);
  if (milliseconds < LEAST_SPAN_MILLISECONDS) {
    return undefined;
  }
  const aSecond = (more: number): number =>
    Math.max(0, Math.round((more * 10_000) / milliseconds) / 10);
  return {
    from: from.at,
    sentPerSecond: aSecond(profiles.sent - from.sent),
    confirmedPerSecond: aSecond(profiles.confirmed - from.confirmed),
  };
}

/** Undefined when nothing can be said: before the segments are read, while others are waited for, at the very end. */
export function timeLeftOf(run: Run, now: Date, waits: boolean): TimeLeft | undefined {
  const profiles = profilesOf(run);
  const { plan, subscribing } = run;
  if (isTerminal(run.status) || profiles === undefined || plan === undefined || waits) {
    return undefined;
  }
  if (run.stop !== undefined) {
    return undefined;
  }
  if (subscribing !== undefined) {
    return subscribing.done >= subscribing.batches ? undefined : subscribingLeft(run, now);
  }
  if (run.settledChunks >= plannedChunks(plan)) {
    return undefined;
  }
  const { removed, notFound, unremoved } = run.removals;
  const removing = leastRemovalSeconds(
    Math.max(0, sumOf(plan.removalSizes) - removed - notFound - unremoved),
  );
  const share = profiles.toSend === 0 ? 0 : 1 - profiles.sent / profiles.toSend;
  const sending = leastSeconds(Math.ceil(plan.chunkSizes.length * share), "createImportJob");
  const left = profiles.toSend - profiles.confirmed;
  const pace = paceOf(run, now)?.confirmedPerSecond ?? 0;
  return left === 0 || pace === 0
    ? { seconds: sending + removing, restsOn: "limits" }
    : { seconds: Math.max(sending, Math.ceil(left / pace)) + removing, restsOn: "pace" };
}

function subscribingLeft({ subscribing, subscribingAt }: Run, now: Date): TimeLeft {
  const { done = 0, batches = 0, numbers } = subscribing ?? {};
  if (done === 0 || subscribingAt === undefined) {
    const share = batches === 0 ? 0 : 1 - done / batches;
    const people = Math.ceil((numbers?.requested ?? 0) * share);
    return { seconds: leastSubscriptionSeconds(people), restsOn: "limits" };
  }
  const took = Math.max(0, now.getTime() - Date.parse(subscribingAt)) / 1_000;
  return { seconds: Math.ceil((took / done) * (batches - done)), restsOn: "pace" };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
