import * as z from "zod";
import { problemSchema } from "./problem";

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
export const chunkOutcomeSchema = z.object({
  imported: count,
  refused: count,
  unsent: count,
  /** Of a removal chunk: either all of it was taken off the list or had gone, or all of it is `unremoved`. */
  removals: z.object({ removed: count, notFound: count, unremoved: count }).optional(),
  /** Why profiles are unsent or unremoved. */
  problem: problemSchema.optional(),
});
export type ChunkOutcome = z.infer<typeof chunkOutcomeSchema>;

const chunkBase = {
  runId: z.string(),
  /** Counted from 1. */
  chunk: z.number().int().positive(),
  /** Times that the chunk was given to Klaviyo as a job. */
  jobs: count,
};

/**
 * A chunk on its way, from the moment a worker takes it. A chunk without a record has not been taken.
 * `sending`: a worker holds it until `leaseUntil` (milliseconds), after which another may take it.
 * `sent`: Klaviyo took it as job `jobId`. `settled`: its outcome is known and final.
 */
export const chunkSchema = z.discriminatedUnion("state", [
  z.object({ ...chunkBase, state: z.literal("sending"), leaseUntil: z.number() }),
  z.object({
    ...chunkBase,
    state: z.literal("sent"),
    jobId: z.string(),
    sentAt: z.iso.datetime(),
    /** Profiles in the job: the chunk's size less those refused at once. */
    profiles: count,
    refused: count,
  }),
  z.object({ ...chunkBase, state: z.literal("settled"), outcome: chunkOutcomeSchema }),
]);
export type Chunk = z.infer<typeof chunkSchema>;

/** A profile that Klaviyo refused, by its position in the chunk as staged (from 0). */
export const refusalSchema = z.object({
  /** Null when Klaviyo's error could not be matched to a profile of the chunk. */
  position: z.number().int().nonnegative().nullable(),
  code: z.string(),
  detail: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;
