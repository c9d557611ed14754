import * as z from "zod";
import { CHUNK_MAX_PROFILES } from "../domain/runs/chunk";
import { defaultTuning, type Tuning } from "../domain/runs/tuning";

const seconds = (byDefault: number) => z.coerce.number().positive().default(byDefault);

/**
 * The tuning may be set by environment variables. The stack sets none: they let proofs on the embedded
 * environment see in seconds what otherwise takes minutes.
 */
const tuningVariablesSchema = z.object({
  TUNING_LEASE_SECONDS: seconds(defaultTuning.leaseSeconds),
  TUNING_LONGEST_RETRY_SECONDS: seconds(defaultTuning.longestRetrySeconds),
  TUNING_ATTEMPTS: z.coerce.number().int().nonnegative().default(defaultTuning.attempts),
  TUNING_STILL_AFTER_SECONDS: seconds(defaultTuning.stillAfterSeconds),
  TUNING_CHUNK_PROFILES: z.coerce
    .number()
    .int()
    .min(1)
    .max(CHUNK_MAX_PROFILES)
    .default(defaultTuning.chunkProfiles),
  TUNING_REHEARSAL_MEMBERS: z.coerce.number().int().min(1).default(defaultTuning.rehearsalMembers),
});

export function readTuning(variables: Readonly<Record<string, string | undefined>>): Tuning {
  const read = tuningVariablesSchema.parse(variables);
  return {
    leaseSeconds: read.TUNING_LEASE_SECONDS,
    longestRetrySeconds: read.TUNING_LONGEST_RETRY_SECONDS,
    attempts: read.TUNING_ATTEMPTS,
    stillAfterSeconds: read.TUNING_STILL_AFTER_SECONDS,
    chunkProfiles: read.TUNING_CHUNK_PROFILES,
    rehearsalMembers: read.TUNING_REHEARSAL_MEMBERS,
  };
}
