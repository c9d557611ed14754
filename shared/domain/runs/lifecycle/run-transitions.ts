import type { SubscriptionProgress } from "../../exports/subscription";
import type { Problem } from "../../problems/problem";
import type { ChunkOutcome } from "../chunk";
import type { RejectionCounts } from "../rejection";
import type { RunMark } from "../progress/run-mark";
import type { RemovalNumbers, Run, RunResult, RunNumbers, RunPlan, TerminalStatus } from "../run";
import { transitionsBetween, type Change, type Facts, type Leads } from "./change";
import { ENDED, OPEN, type RunRecord } from "./run-record";
import { chunksSettledKinds, chunksUnsettledKinds, type RunStateKind } from "./run-state";

/** What became of one chunk. */
export interface CountedChunk {
  readonly chunk: number;
  readonly outcome: ChunkOutcome;
}

function sumOf(
  chunks: readonly CountedChunk[],
  number: (outcome: ChunkOutcome) => number | undefined,
): number {
  return chunks.reduce((sum, { outcome }) => sum + (number(outcome) ?? 0), 0);
}

/** How a run ends. */
export type RunEnding =
  /** Its rows were not read, so nothing can have been sent. A run that has a plan is left alone: its chunks end it. */
  | {
      readonly kind: "unplanned";
      readonly status: TerminalStatus;
      readonly at: Date;
      readonly problem?: Problem | undefined;
    }
  /** It is accounted for. */
  | {
      readonly kind: "concluded";
      readonly status: TerminalStatus;
      readonly at: Date;
      readonly numbers: RunNumbers;
      readonly removals: RemovalNumbers;
      readonly problem?: Problem | undefined;
      readonly report?: string | undefined;
      readonly rejectionCounts?: RejectionCounts | undefined;
      readonly droppedReport?: string | undefined;
      /** Added to those that the run has. */
      readonly warnings: readonly Problem[];
    }
  /** It can't be accounted for, or not be brought to its end after that. */
  | {
      readonly kind: "unsettled";
      readonly status: TerminalStatus;
      readonly at: Date;
      readonly numbers: RunNumbers;
      readonly removals: RemovalNumbers;
      readonly problem: Problem;
    };

const open = { is: "equal", attribute: "open", to: OPEN } as const;
const absent = <Name extends keyof RunRecord>(attribute: Name) =>
  ({ is: "absent", attribute }) as const;
const present = <Name extends keyof RunRecord>(attribute: Name) =>
  ({ is: "present", attribute }) as const;
const status = (to: Run["status"]) => ({ is: "equal", attribute: "status", to }) as const;

const planned = [open, present("plan")];
const unaccounted = [...planned, absent("result"), absent("subscribing")];

/** By what of its record a run is known to be in a state, or past those before it. */
const facts: Facts<RunStateKind, RunRecord> = {
  queued: [open, absent("plan"), status("queued")],
  preparing: [open, absent("plan"), status("running")],
  staging: unaccounted,
  importing: unaccounted,
  removalDue: unaccounted,
  removing: unaccounted,
  settling: unaccounted,
  accounted: [...planned, present("result"), absent("subscribing")],
  subscribing: [...planned, present("subscribing")],
  subscribed: [...planned, present("subscribing")],
  ended: [{ is: "equal", attribute: "open", to: ENDED }],
  announced: [absent("open")],
};

const transition = transitionsBetween(facts);

/** Each state stays what it is. */
function within(...kinds: readonly RunStateKind[]): Leads<RunStateKind> {
  return Object.fromEntries(kinds.map((kind) => [kind, [kind]]));
}

const whilePlanned = within(...chunksUnsettledKinds, ...chunksSettledKinds);
const whileOpen = { ...within("queued", "preparing"), ...whilePlanned };

function ended(ending: RunEnding): Partial<RunRecord> {
  const at = ending.at.toISOString();
  return { status: ending.status, open: ENDED, endedAt: at, movedAt: at };
}

/**
 * Everything that can become of a stored run. Whoever keeps runs writes nothing else: the store makes of each its
 * conditional write, and docs/runs.md shows them.
 */
export const runTransitions = {
  beginPreparing: transition({
    says: "a worker begins to read the segments",
    leads: { queued: ["preparing"], preparing: ["preparing"] },
    effects: ({ at }: { at: Date }) => ({
      set: { status: "running", phase: "preparing", movedAt: at.toISOString() },
      setOnce: { startedAt: at.toISOString() },
    }),
  }),

  plan: transition({
    says: "the rows are staged, and what is to be sent and removed is known",
    leads: { preparing: ["staging", "importing", "removalDue", "settling"] },
    effects: ({ plan, numbers, at }: { plan: RunPlan; numbers: RunNumbers; at: Date }) => ({
      set: {
        ...{ plan, ...numbers, leaving: plan.leaving, phase: "pushing" },
        ...{ movedAt: at.toISOString(), plannedAt: at.toISOString() },
        marks: [{ at: at.toISOString(), sent: 0, confirmed: 0 }],
      },
      append: { warnings: plan.warnings },
      remove: ["waiting"],
    }),
  }),

  /** Is no move of the run. */
  markStaged: transition({
    says: "so many chunks are staged",
    leads: { ...within("removalDue", "removing", "settling"), staging: ["staging", "importing"] },
    requires: ({ chunks }: { chunks: number }) => [
      absent("stop"),
      { is: "below", attribute: "stagedChunks", than: chunks },
    ],
    effects: ({ chunks }) => ({ set: { stagedChunks: chunks } }),
  }),

  /** A chunk that is sent again is not counted again. */
  noteSent: transition({
    says: "Klaviyo has taken a chunk",
    leads: whilePlanned,
    effects: (sent: { profiles: number; marks?: RunMark[] | undefined; at: Date }) => ({
      set: {
        ...{ lastSentAt: sent.at.toISOString(), movedAt: sent.at.toISOString() },
        marks: sent.marks,
      },
      setOnce: { firstSentAt: sent.at.toISOString() },
      add: { sentProfiles: sent.profiles },
      remove: ["waiting"],
    }),
  }),

  /** Each chunk is counted with the outcome that was written first, whoever comes to count it; none is among them twice. */
  countChunks: transition({
    says: "the fate of chunks is known",
    leads: {
      staging: ["staging", "removalDue", "settling"],
      importing: ["importing", "removalDue", "settling"],
      removalDue: ["removing", "settling"],
      removing: ["removing", "settling"],
    },
    requires: ({ chunks }: { chunks: readonly CountedChunk[]; at: Date }) =>
      chunks.map(({ chunk }) => ({
        ...{ is: "without", attribute: "settledChunkNumbers", member: chunk },
      })),
    effects: ({ chunks, at }) => ({
      // Chunks may still be pushed; the first one whose fate is known begins the phase.
      set: {
        phase: chunks.some(({ outcome }) => outcome.removals !== undefined)
          ? "removing"
          : "confirming",
        ...{ movedAt: at.toISOString(), settledAt: at.toISOString() },
      },
      add: {
        imported: sumOf(chunks, ({ imported }) => imported),
        refused: sumOf(chunks, ({ refused }) => refused),
        unsent: sumOf(chunks, ({ unsent }) => unsent),
        removed: sumOf(chunks, ({ removals }) => removals?.removed),
        notFound: sumOf(chunks, ({ removals }) => removals?.notFound),
        unremoved: sumOf(chunks, ({ removals }) => removals?.unremoved),
      },
      include: { settledChunkNumbers: chunks.map(({ chunk }) => chunk) },
      remove: ["waiting"],
    }),
  }),

  beginRemoving: transition({
    says: "the removal chunks are on their way",
    leads: { ...within("removing", "settling"), removalDue: ["removing"] },
    effects: ({ at }: { at: Date }) => ({
      set: { phase: "removing", movedAt: at.toISOString() },
      setOnce: { removingAt: at.toISOString() },
    }),
  }),

  /** Its files are written, and what they say is kept: nobody accounts for it again. */
  keepResult: transition({
    says: "the run is accounted for",
    // An older version has let the run go on without keeping its result.
    leads: { ...within("subscribing", "subscribed"), settling: ["accounted"] },
    requires: () => [absent("result")],
    effects: ({ result, at }: { result: RunResult; at: Date }) => ({
      set: { result, movedAt: at.toISOString() },
    }),
  }),

  beginSubscribing: transition({
    says: "the members to be subscribed are staged",
    leads: { accounted: ["subscribing", "subscribed"] },
    effects: ({ progress, at }: { progress: SubscriptionProgress; at: Date }) => ({
      set: {
        ...{ subscribing: progress, phase: "subscribing" },
        ...{ movedAt: at.toISOString(), subscribingAt: at.toISOString() },
      },
    }),
  }),

  claimSubscribing: transition({
    says: "a worker takes over the subscribing",
    leads: within("subscribing", "subscribed"),
    requires: ({ now }: { now: Date; leaseUntil: Date }) => [
      { is: "atMost", attribute: "subscribing.leaseUntil", than: now.getTime() },
    ],
    effects: ({ leaseUntil }) => ({
      setWithin: { "subscribing.leaseUntil": leaseUntil.getTime() },
    }),
  }),

  keepSubscribing: transition({
    says: "a batch is over, or the worker lets go",
    leads: { ...within("subscribed"), subscribing: ["subscribing", "subscribed"] },
    requires: ({ heldUntil }: { heldUntil: number; progress: SubscriptionProgress; at: Date }) => [
      { is: "equal", attribute: "subscribing.leaseUntil", to: heldUntil },
    ],
    effects: ({ progress, at }) => ({
      set: { subscribing: progress, movedAt: at.toISOString() },
    }),
  }),

  endUnplanned: transition({
    says: "it can't be prepared, or need not be",
    leads: { queued: ["ended"], preparing: ["ended"] },
    effects: (ending: Extract<RunEnding, { kind: "unplanned" }>) => ({
      set: { ...ended(ending), problem: ending.problem },
      remove: ["phase", "waiting"],
    }),
  }),

  conclude: transition({
    says: "it ends as its result says",
    leads: { accounted: ["ended"], subscribing: ["ended"], subscribed: ["ended"] },
    requires: () => [present("result")],
    effects: (ending: Extract<RunEnding, { kind: "concluded" }>) => ({
      set: {
        ...ended(ending),
        ...ending.numbers,
        ...ending.removals,
        problem: ending.problem,
        report: ending.report,
        rejectionCounts: ending.rejectionCounts,
        droppedReport: ending.droppedReport,
      },
      append: { warnings: [...ending.warnings] },
      remove: ["phase", "result"],
    }),
  }),

  endUnsettled: transition({
    says: "it can't be brought to its end",
    leads: Object.fromEntries(chunksSettledKinds.map((kind) => [kind, ["ended"]])),
    effects: (ending: Extract<RunEnding, { kind: "unsettled" }>) => ({
      set: {
        ...ended(ending),
        ...ending.numbers,
        ...ending.removals,
        problem: ending.problem,
      },
      remove: ["phase", "result"],
    }),
  }),

  claimAnnouncement: transition({
    says: "a worker takes it to tell others",
    leads: within("ended"),
    requires: ({ now }: { now: Date; leaseUntil: Date }) => [
      {
        is: "either",
        of: [absent("announcing"), { is: "atMost", attribute: "announcing", than: now.getTime() }],
      },
    ],
    effects: ({ leaseUntil }) => ({ set: { announcing: leaseUntil.getTime() } }),
  }),

  markAnnounced: transition({
    says: "others have been told",
    leads: { ended: ["announced"] },
    effects: () => ({ remove: ["open", "announcing"] }),
  }),

  /** The first reason counts. */
  stop: transition({
    says: "nothing more of it is to be staged or sent",
    leads: { ...whileOpen, staging: ["importing"] },
    effects: ({ problem }: { problem: Problem }) => ({ setOnce: { stop: problem } }),
  }),

  /** Is no move of the run. */
  advanceConfirmRound: transition({
    says: "the next round of confirming has been called for",
    leads: whilePlanned,
    requires: ({ round }: { round: number }) => [
      { is: "below", attribute: "confirmRound", than: round },
    ],
    effects: ({ round }) => ({ set: { confirmRound: round } }),
  }),

  noteTrouble: transition({
    says: "AWS keeps a step of it from being done",
    leads: whileOpen,
    effects: ({ trouble }: { trouble: NonNullable<Run["trouble"]> }) => ({
      set: { trouble, movedAt: trouble.at },
    }),
  }),

  noteWaiting: transition({
    says: "its preparation is put off until others have done their part",
    leads: within("queued", "preparing"),
    effects: ({ waiting }: { waiting: NonNullable<Run["waiting"]> }) => ({
      set: { waiting, movedAt: waiting.at },
    }),
  }),

  /** Is no move of the run: what gets on of it says so itself. */
  notePutOff: transition({
    says: "a chunk is put off until others have done their part",
    leads: whilePlanned,
    effects: ({ waiting }: { waiting: NonNullable<Run["waiting"]> }) => ({ set: { waiting } }),
  }),

  /** Is no move of the run. */
  endWaiting: transition({
    says: "its preparation waits for nobody any more",
    leads: within("queued", "preparing"),
    effects: () => ({ remove: ["waiting"] }),
  }),

  touch: transition({
    says: "it moved, or was looked after",
    leads: whileOpen,
    effects: ({ at }: { at: Date }) => ({ set: { movedAt: at.toISOString() } }),
  }),
};

export type RunTransitionName = keyof typeof runTransitions;
export type RunChange = Change<RunStateKind, RunRecord>;
