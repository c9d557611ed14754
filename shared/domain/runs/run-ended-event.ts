import * as z from "zod";
import { culpritSchema, problemCodeSchema } from "../problems/problem";
import {
  removalNumbersSchema,
  runNumbersSchema,
  runSchema,
  terminalStatusSchema,
  type Run,
} from "./run";
import { subscriptionNumbersSchema } from "../exports/subscription";

/** `source` and `detail-type` of the event, as rules name them. */
export const RUN_ENDED_SOURCE = "klaviyo-segment-export";
export const RUN_ENDED_DETAIL_TYPE = "Run Ended";

/**
 * The `detail` of the EventBridge event of each run that ends. Ids, codes and counts only: no names, no
 * texts, no user. A reader must expect the same event more than once; `runId` tells.
 */
export const runEndedEventSchema = z.object({
  /** Raised when a field changes its meaning or goes; new fields come without. */
  version: z.literal(1),
  stage: z.string(),
  runId: z.string(),
  exportId: z.string(),
  connectionId: z.string(),
  ...runSchema.pick({
    trigger: true,
    mode: true,
    scheduledFor: true,
    requestedAt: true,
    startedAt: true,
  }).shape,
  endedAt: z.iso.datetime(),
  status: terminalStatusSchema,
  numbers: runNumbersSchema,
  removals: removalNumbersSchema,
  /** Of a run whose export subscribes its members and that has got so far. */
  subscriptions: subscriptionNumbersSchema.optional(),
  /** Why the run is not successful. */
  problem: z.object({ culprit: culpritSchema, code: problemCodeSchema }).optional(),
});
export type RunEndedEvent = z.infer<typeof runEndedEventSchema>;

/** The event of a run that has ended. Throws for one that has not. */
export function runEndedEvent(stage: string, run: Run): RunEndedEvent {
  return runEndedEventSchema.parse({
    ...run,
    version: 1,
    stage,
    connectionId: run.settings.connectionId,
    subscriptions: run.subscribing?.numbers,
  });
}
