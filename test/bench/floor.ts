import { CHUNK_MAX_PROFILES } from "../../shared/domain/runs/chunk";
import { endpointLimits, type EndpointLimits } from "../../shared/domain/klaviyo/rate-limit";

/** Profiles of the largest bodies that Klaviyo takes; more than 5 MB of profiles make more jobs. */
export function jobsFor(profiles: number, profilesPerJob = CHUNK_MAX_PROFILES): number {
  return Math.ceil(profiles / profilesPerJob);
}

/**
 * The least time, in seconds, in which Klaviyo's documented limits let so many calls of one endpoint be made:
 * whole minutes of the steady limit, and the rest at the burst limit. Calls fill the seconds that they are
 * counted in: ten calls at 10 a second take a second (design: 100 jobs take 10 s).
 */
export function floorSeconds(
  calls: number,
  { burst, steady }: EndpointLimits = endpointLimits.createImportJob,
): number {
  if (calls <= 0) return 0;
  const fullMinutes = Math.ceil(calls / steady) - 1;
  return fullMinutes * 60 + (calls - fullMinutes * steady) / burst;
}

/** The least time between the first and the last of so many calls, where those of each second come at once. */
export function leastSpanSeconds(
  calls: number,
  { burst, steady }: EndpointLimits = endpointLimits.createImportJob,
): number {
  const last = Math.max(0, calls - 1);
  return Math.floor(last / steady) * 60 + Math.floor((last % steady) / burst);
}
