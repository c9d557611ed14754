import * as z from "zod";
import type { KlaviyoFault } from "../klaviyo/klaviyo-fault";
import { refusalSchema } from "./chunk";
import { readProfilePointer } from "../klaviyo/profile-pointer";
import { valueShape } from "../profiles/value-shape";

const position = z.number().int().nonnegative();

/** A value that a profile goes without, since Klaviyo does not take it. */
export const leftOutValueSchema = z.object({
  /** The profile's position in the chunk as staged; null where Klaviyo did not say whose value it ignored. */
  position: position.nullable(),
  /** The way to the value within the profile: `["attributes", "phone_number"]`. */
  value: z.array(z.string()).min(1),
  /** What the value looks like ({@link valueShape}); blank where it is not known which one it is. */
  shape: z.string().default(""),
  code: z.string(),
  detail: z.string(),
});
export type LeftOutValue = z.infer<typeof leftOutValueSchema>;

/**
 * What Klaviyo's answers have told of a chunk's profiles while it did not take the chunk. It outlives the invocation
 * that learnt it: an answer may name one profile of hundreds, and each costs a call.
 */
export const chunkFindingsSchema = z.object({
  refused: z.array(refusalSchema.extend({ position })),
  leftOut: z.array(leftOutValueSchema),
  /** The part that is sent next ends before this position; absent, it goes to the chunk's end. */
  end: position.optional(),
  /** Before this position is somebody at fault whom no answer named. */
  suspect: position.optional(),
  /** Answers that named somebody since the part was last made smaller. */
  rounds: z.number().int().nonnegative(),
  /** Profiles that were found at fault by sending them alone, since no answer named them. */
  foundAlone: z.number().int().nonnegative(),
});
export type ChunkFindings = z.infer<typeof chunkFindingsSchema>;

export const noFindings: ChunkFindings = { refused: [], leftOut: [], rounds: 0, foundAlone: 0 };

/** Positions from `from` on and before `end`. */
export interface PositionRange {
  readonly from: number;
  readonly end: number;
}

/** Answers that name somebody, one after another, before only half of the profiles is sent. */
const ROUNDS_BEFORE_HALVING = 20;

/** Profiles refused without a word on which, one by one, before the request itself is held to be at fault. */
const MOST_FOUND_ALONE = 20;

/** The positions of a range that are not refused, in order. */
export function sendable(
  { refused }: ChunkFindings,
  { from, end }: PositionRange,
): readonly number[] {
  const out = new Set(refused.map((refusal) => refusal.position));
  return Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index).filter(
    (candidate) => !out.has(candidate),
  );
}

/** What an answer that refused a part makes of what is known. */
export type Learning =
  | { kind: "learnt"; findings: ChunkFindings }
  /** The answer names nobody; half of the part is to be sent, or who is alone in it is at fault. */
  | { kind: "unnamed"; findings: ChunkFindings }
  /** Whoever is sent, the request is refused. */
  | { kind: "hopeless" };

/**
 * Learns from the faults that an answer names: whose value it was is sent without the value, who is named otherwise
 * is refused. Where nobody is named, or again and again somebody, the part is halved, so that whoever is at fault is
 * found within a few calls and the others are not kept waiting.
 *
 * @param part the rest of the chunk from its first position that Klaviyo has not taken yet
 * @param valueOf a value of a profile as it was sent; undefined when it has none there
 */
export function learn(
  findings: ChunkFindings,
  part: PositionRange,
  faults: readonly KlaviyoFault[],
  valueOf: (position: number, value: readonly string[]) => unknown,
): Learning {
  const sent = sendable(findings, partOf(findings, part));
  const refused = new Map<number, ChunkFindings["refused"][number]>();
  const leftOut: LeftOutValue[] = [];
  for (const { code, detail, pointer } of faults) {
    const named = readProfilePointer(pointer);
    const at = named === null ? undefined : sent[named.position];
    if (named === null || at === undefined) {
      continue;
    }
    const value = named.value === undefined ? undefined : valueOf(at, named.value);
    if (named.value !== undefined && value !== undefined) {
      const shape = valueShape(value);
      leftOut.push({ position: at, value: [...named.value], shape, code, detail });
    } else if (!refused.has(at)) {
      refused.set(at, { position: at, code, detail });
    }
  }
  if (refused.size > 0 || leftOut.length > 0) {
    const rounds = findings.rounds + 1;
    const learnt = {
      ...findings,
      rounds,
      refused: [...findings.refused, ...refused.values()],
      leftOut: [...findings.leftOut, ...leftOut.filter(({ position: at }) => !isIn(refused, at))],
    };
    return {
      kind: "learnt",
      findings: rounds < ROUNDS_BEFORE_HALVING ? learnt : halved(learnt, part),
    };
  }
  const [alone, ...others] = sent;
  if (alone === undefined || !faults.every(({ pointer }) => mayConcernProfiles(pointer))) {
    return { kind: "hopeless" };
  }
  if (others.length > 0) {
    const { end } = partOf(findings, part);
    return { kind: "unnamed", findings: { ...halved(findings, part), suspect: end } };
  }
  const foundAlone = findings.foundAlone + 1;
  if (foundAlone > MOST_FOUND_ALONE && part.from === 0) {
    return { kind: "hopeless" };
  }
  const [{ code, detail } = { code: "invalid", detail: "" }] = faults;
  return {
    kind: "unnamed",
    findings: {
      ...withoutEnd(findings),
      foundAlone,
      refused: [...findings.refused, { position: alone, code, detail }],
    },
  };
}

/** What a value's attribute is called in a mapping: `location.city`, `properties.Points`. */
export function attributeOf({ value: [part = "", ...names] }: Pick<LeftOutValue, "value">): string {
  // Beside the attributes a profile has patches of its custom properties.
  return part === "attributes" ? names.join(".") : "properties";
}

/** The part that is sent next: of what is left, all or the beginning. */
export function partOf({ end }: Pick<ChunkFindings, "end">, rest: PositionRange): PositionRange {
  return { from: rest.from, end: Math.min(end ?? rest.end, rest.end) };
}

/** The same findings, with all that is left as the next part. */
export function withoutEnd({
  end: _end,
  suspect: _suspect,
  ...findings
}: ChunkFindings): ChunkFindings {
  return { ...findings, rounds: 0 };
}

/**
 * The findings once Klaviyo has taken the part before `taken`. Somebody at fault who is sought among those after it
 * is sought on there.
 */
export function afterTaking(findings: ChunkFindings, taken: number): ChunkFindings {
  const { suspect = 0 } = findings;
  const rest = { from: taken, end: suspect };
  const among = sendable(findings, rest).length;
  if (among === 0) {
    return withoutEnd(findings);
  }
  const { end: _end, ...known } = findings;
  return among === 1 ? { ...known, end: suspect, rounds: 0 } : halved(known, rest);
}

/** The next part has the first half of those that the last one had. */
function halved(findings: ChunkFindings, rest: PositionRange): ChunkFindings {
  const sent = sendable(findings, partOf(findings, rest));
  const middle = sent[Math.ceil(sent.length / 2)];
  return middle === undefined ? withoutEnd(findings) : { ...findings, end: middle, rounds: 0 };
}

function isIn(refused: ReadonlyMap<number, unknown>, at: number | null): boolean {
  return at !== null && refused.has(at);
}

/** Pointers at the request as a whole or at its profiles; others name what all parts have in common. */
function mayConcernProfiles(pointer: string | null): boolean {
  return (
    pointer === null ||
    /^\/?(?:data\/?)?(?:attributes\/?)?$/.test(pointer) ||
    pointer.startsWith("/data/attributes/profiles")
  );
}
