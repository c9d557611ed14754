import type { RunStore } from "../../../../ports";
import type { RunChange } from "./run-items";

/** The part of the store of runs that keeps how far a run has come with subscribing, within the run's item. */
export function createSubscribingStore({
  get,
  change,
}: {
  get: RunStore["get"];
  change: (runId: string, update: RunChange) => Promise<boolean>;
}): Pick<RunStore, "beginSubscribing" | "claimSubscribing" | "keepSubscribing"> {
  return {
    async beginSubscribing(runId, progress, at) {
      return change(runId, {
        condition: "attribute_not_exists(subscribing)",
        UpdateExpression: "SET subscribing = :progress, #phase = :subscribing, movedAt = :at",
        names: { "#phase": "phase" },
        values: {
          ":progress": progress,
          ":subscribing": "subscribing",
          ":at": at.toISOString(),
        },
      });
    },

    async claimSubscribing(runId, now, leaseUntil) {
      const claimed = await change(runId, {
        condition: "subscribing.leaseUntil <= :now",
        UpdateExpression: "SET subscribing.leaseUntil = :until",
        values: { ":now": now.getTime(), ":until": leaseUntil.getTime() },
      });
      return claimed ? (await get(runId))?.subscribing : undefined;
    },

    async keepSubscribing(runId, heldUntil, progress, at) {
      return change(runId, {
        condition: "subscribing.leaseUntil = :held",
        UpdateExpression: "SET subscribing = :progress, movedAt = :at",
        values: { ":held": heldUntil, ":progress": progress, ":at": at.toISOString() },
      });
    },
  };
}
