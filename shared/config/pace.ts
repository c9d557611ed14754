import * as z from "zod";
import { CHUNK_MAX_PROFILES } from "../domain/runs/chunk";
import { defaultPace, type Pace } from "../domain/klaviyo/pace";

const seconds = (byDefault: number) => z.coerce.number().positive().default(byDefault);

/**
 * The pace may be set by environment variables. The stack sets none: they let proofs on the embedded
 * environment see in seconds what otherwise takes minutes.
 */
const paceVariablesSchema = z.object({
  PACE_LEASE_SECONDS: seconds(defaultPace.leaseSeconds),
  PACE_LONGEST_RETRY_SECONDS: seconds(defaultPace.longestRetrySeconds),
  PACE_ATTEMPTS: z.coerce.number().int().nonnegative().default(defaultPace.attempts),
  PACE_STILL_AFTER_SECONDS: seconds(defaultPace.stillAfterSeconds),
  PACE_CHUNK_PROFILES: z.coerce
    .number()
    .int()
    .min(1)
    .max(CHUNK_MAX_PROFILES)
    .default(defaultPace.chunkProfiles),
  PACE_REHEARSAL_MEMBERS: z.coerce.number().int().min(1).default(defaultPace.rehearsalMembers),
});

export function readPace(variables: Readonly<Record<string, string | undefined>>): Pace {
  const read = paceVariablesSchema.parse(variables);
  return {
    leaseSeconds: read.PACE_LEASE_SECONDS,
    longestRetrySeconds: read.PACE_LONGEST_RETRY_SECONDS,
    attempts: read.PACE_ATTEMPTS,
    stillAfterSeconds: read.PACE_STILL_AFTER_SECONDS,
    chunkProfiles: read.PACE_CHUNK_PROFILES,
    rehearsalMembers: read.PACE_REHEARSAL_MEMBERS,
  };
}
