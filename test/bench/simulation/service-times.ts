import * as z from "zod";

const duration = z.number().nonnegative();

/** How long the steps take, in seconds of one function; the rest of the simulation is computed. */
export const serviceTimesSchema = z.object({
  /** Prepare, of which the first is for any number of profiles. */
  prepareFixedSeconds: duration,
  prepareSecondsPerMillion: duration,
  settleFixedSeconds: duration,
  settleSecondsPerMillion: duration,
  /** One round of confirming. */
  confirmSeconds: duration,
  /** From the slot of a chunk to its record: post and write. */
  pushSeconds: duration.default(0.2),
});
export type ServiceTimes = z.infer<typeof serviceTimesSchema>;
