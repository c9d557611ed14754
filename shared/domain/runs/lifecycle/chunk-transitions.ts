import type { Chunk, ChunkOutcome, ChunkParts } from "../chunk";
import { transitionsBetween, type Change, type Facts } from "./change";

/** A chunk as it is stored: what it has in any of its states. */
export type ChunkRecord = {
  [Name in NamesOf<Chunk>]?: Chunk extends infer State
    ? State extends Partial<Record<Name, infer Value>>
      ? Value
      : never
    : never;
};
type NamesOf<Union> = Union extends unknown ? keyof Union : never;

/** `untaken`: no worker has had it, and nothing is stored of it. */
export type ChunkStateKind = "untaken" | Chunk["state"];

const state = (to: Chunk["state"]) => ({ is: "equal", attribute: "state", to }) as const;

const facts: Facts<ChunkStateKind, ChunkRecord> = {
  untaken: [{ is: "absent", attribute: "state" }],
  sending: [state("sending")],
  sent: [state("sent")],
  settled: [state("settled")],
};

const transition = transitionsBetween(facts);

/** Nobody holds it by then. */
const free = (now: Date) => ({
  is: "either" as const,
  of: [
    { is: "absent" as const, attribute: "leaseUntil" as const },
    { is: "atMost" as const, attribute: "leaseUntil" as const, than: now.getTime() },
  ],
});

/** What a job had of it. */
const ofTheJob = ["jobId", "sentAt", "profiles", "refused", "upTo", "leftOut"] as const;
const ofTheClaim = ["leaseUntil", "claims"] as const;

interface Settling {
  readonly chunk: number;
  readonly outcome: ChunkOutcome;
}

const settled = ({ chunk, outcome }: Settling) => ({
  set: { state: "settled" as const, chunk, outcome },
  setOnce: { jobs: 0 },
  remove: [...ofTheClaim, ...ofTheJob],
});

/** Everything that can become of a stored chunk, as `runTransitions` have it for runs. */
export const chunkTransitions = {
  claim: transition({
    says: "a worker takes it",
    leads: { untaken: ["sending"], sending: ["sending"] },
    requires: ({ now }: { chunk: number; now: Date; leaseUntil: Date }) => [free(now)],
    effects: ({ chunk, leaseUntil }) => ({
      set: { state: "sending", chunk, leaseUntil: leaseUntil.getTime() },
      setOnce: { jobs: 0 },
      add: { claims: 1 },
    }),
  }),

  release: transition({
    says: "the worker that holds it gives it back unsent",
    leads: { sending: ["sending"] },
    requires: ({ heldUntil }: { heldUntil: Date }) => [
      { is: "equal", attribute: "leaseUntil", to: heldUntil.getTime() },
    ],
    effects: () => ({ set: { leaseUntil: 0 } }),
  }),

  /** A chunk that was sent or settled meanwhile stays so: the first job's outcome is waited for. */
  markSent: transition({
    says: "Klaviyo has taken it as a job",
    leads: { untaken: ["sent"], sending: ["sent"] },
    effects: ({ runId: _key, ...sent }: Extract<Chunk, { state: "sent" }>) => ({
      set: sent,
      remove: [...ofTheClaim],
    }),
  }),

  reopen: transition({
    says: "its job was cancelled, or held a part of it and is complete",
    leads: { sent: ["sending"] },
    requires: ({ jobId }: { jobId: string; parts?: ChunkParts | undefined }) => [
      { is: "equal", attribute: "jobId", to: jobId },
    ],
    effects: ({ parts }) => ({
      set: { state: "sending", leaseUntil: 0, parts },
      remove: [...ofTheJob],
    }),
  }),

  settle: transition({
    says: "its fate is known",
    leads: { untaken: ["settled"], sending: ["settled"], sent: ["settled"] },
    effects: (given: Settling) => settled(given),
  }),

  /** What becomes of one that Klaviyo has is not known yet. */
  settleUnlessSent: transition({
    says: "it is given up before Klaviyo has it",
    leads: { untaken: ["settled"], sending: ["settled"] },
    effects: (given: Settling) => settled(given),
  }),

  settleUnlessHeld: transition({
    says: "it is given up while nobody has it",
    leads: { untaken: ["settled"], sending: ["settled"] },
    requires: ({ now }: Settling & { now: Date }) => [free(now)],
    effects: (given) => settled(given),
  }),
};

export type ChunkChange = Change<ChunkStateKind, ChunkRecord>;
