import * as z from "zod";
import { problemSchema } from "../problems/problem";

/** Klaviyo API reference, bulk import: at most 10,000 profiles a job. */
export const CHUNK_MAX_PROFILES = 10_000;
/** Klaviyo API reference, bulk import: at most 5 MB a body, counted here as 5,000,000 UTF-8 bytes. */
export const CHUNK_MAX_BYTES = 5_000_000;
/** Klaviyo API reference, bulk import: at most 100 KB a profile, counted here as 100,000 UTF-8 bytes. */
export const PROFILE_MAX_BYTES = 100_000;

/** Klaviyo API reference, removing profiles from a list: at most 1,000 ids a call. */
export const REMOVAL_CHUNK_MAX_PROFILES = 1_000;

const count = z.number().int().nonnegative();

/**
 * What became of a chunk's profiles; the three add up to the size of a chunk to import, and those of
 * `removals` to that of a removal chunk.
 */
const chunkOutcomeSchema = z.object({
  imported: count,
  refused: count,
  unsent: count,
  /** Of a removal chunk: either all of it was taken off the list or had gone, or all of it is `unremoved`. */
  removals: z.object({ removed: count, notFound: count, unremoved: count }).optional(),
  /** Values that profiles of the chunk went without, or that Klaviyo says it ignored; none if absent. */
  leftOut: count.optional(),
  /** Of a chunk that goes in parts and was given up: the profiles before this position are not among the unsent. */
  sentUpTo: count.optional(),
  /** Why profiles are unsent or unremoved. */
  problem: problemSchema.optional(),
});
export type ChunkOutcome = z.infer<typeof chunkOutcomeSchema>;

/**
 * What became of the first profiles of a chunk that goes to Klaviyo in parts, because an answer that refused it did
 * not say for whose sake. Klaviyo has completed the jobs of all parts before position `upTo`.
 */
const chunkPartsSchema = z.object({
  upTo: count,
  imported: count,
  refused: count,
  /** Jobs that these parts took. */
  jobs: count,
  /** As in the outcome of a chunk. */
  leftOut: count.optional(),
});
export type ChunkParts = z.infer<typeof chunkPartsSchema>;

const chunkBase = {
  runId: z.string(),
  /** Counted from 1. */
  chunk: z.number().int().positive(),
  /** Times that the chunk was given to Klaviyo as a job. */
  jobs: count,
  /** The parts that are done, of a chunk that goes in parts. */
  parts: chunkPartsSchema.optional(),
};

/**
 * A chunk on its way, from the moment a worker takes it. A chunk without a record has not been taken.
 * `sending`: a worker holds it until `leaseUntil` (milliseconds), after which another may take it.
 * `sent`: Klaviyo took it as job `jobId`. `settled`: its outcome is known and final.
 */
export const chunkSchema = z.discriminatedUnion("state", [
  z.object({
    ...chunkBase,
    state: z.literal("sending"),
    leaseUntil: z.number(),
    /** Times that a worker has taken it. */
    claims: count.optional(),
  }),
  z.object({
    ...chunkBase,
    state: z.literal("sent"),
    jobId: z.string(),
    sentAt: z.iso.datetime(),
    /** Profiles in the job: those of the chunk, or of its part, less those refused at once. */
    profiles: count,
    refused: count,
    /** The job holds a part: what comes before this position and after the parts that are done. */
    upTo: count.optional(),
    /** Values that profiles of the chunk went without; see {@link chunkOutcomeSchema}. */
    leftOut: count.optional(),
  }),
  z.object({ ...chunkBase, state: z.literal("settled"), outcome: chunkOutcomeSchema }),
]);
export type Chunk = z.infer<typeof chunkSchema>;

/**
 * What became of a settled chunk. Of one that was given up after some of its parts, those are not unsent: their
 * profiles have their fate.
 */
export function outcomeOf({ outcome, parts }: Extract<Chunk, { state: "settled" }>): ChunkOutcome {
  return parts === undefined || outcome.unsent === 0
    ? outcome
    : {
        ...outcome,
        imported: outcome.imported + parts.imported,
        refused: outcome.refused + parts.refused,
        unsent: outcome.unsent - parts.upTo,
        sentUpTo: parts.upTo,
        leftOut: parts.leftOut,
      };
}

/** A profile that Klaviyo refused, by its position in the chunk as staged (from 0). */
export const refusalSchema = z.object({
  /** Null when Klaviyo's error could not be matched to a profile of the chunk. */
  position: z.number().int().nonnegative().nullable(),
  code: z.string(),
  detail: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;
