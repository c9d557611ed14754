import { describe, expect, it } from "@jest/globals";
import type { Context, SQSEvent } from "aws-lambda";
import { queueHandler } from "../../../../functions/middleware/queue-handler";
import { AwsFailure } from "../../../../shared/adapters/aws/aws-failure";
import { troubleOf } from "../../../../shared/adapters/aws/aws-trouble";
import type { Message } from "../../../../shared/domain/runs/messages";
import { aRun } from "../../../support/builders";
import { fakeClock } from "../../../support/fakes/clock-and-ids";
import { fakeLog } from "../../../support/fakes/log";
import { fakeRunStore } from "../../../support/fakes/stores/run-store";

const message: Message = { step: "settle", runId: "run-1" };
const throttled = new AwsFailure("UpdateItem", "ThrottlingException");

/** A function whose handling fails so, with the calls to SQS that fail. */
async function handled(
  error: Error | undefined,
  { given = message, refuses = [] }: { given?: object; refuses?: readonly string[] } = {},
) {
  const calls: [string, unknown, number?][] = [];
  const refuse = (name: string): void => {
    if (refuses.includes(name)) {
      throw new AwsFailure("SendMessage", "ServiceUnavailable");
    }
  };
  const runs = fakeRunStore(aRun({ runId: "run-1", status: "running" }));
  const handler = queueHandler(
    ["settle"],
    () => ({
      ...{ runs, clock: fakeClock(), log: fakeLog(), troubleOf },
      retryIn: async (_received: unknown, seconds: number) => {
        refuse("retryIn");
        calls.push(["retryIn", undefined, seconds]);
      },
      putBack: async (_received: unknown, put: Message, seconds: number) => {
        refuse("putBack");
        calls.push(["putBack", put, seconds]);
      },
      giveUp: async (_received: unknown, put: Message) => {
        refuse("giveUp");
        calls.push(["giveUp", put]);
      },
    }),
    async () => {
      if (error !== undefined) {
        throw error;
      }
    },
  );
  const record = {
    ...{ messageId: "message-1", receiptHandle: "receipt-1", body: JSON.stringify(given) },
    attributes: { ApproximateReceiveCount: "3" },
  };
  const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
  const { batchItemFailures } = await handler(
    { Records: [record] } as unknown as SQSEvent,
    context,
  );
  return { calls, isDone: batchItemFailures.length === 0, run: runs.stored.get("run-1") };
}

describe("a message that can't be handled", () => {
  it("is put off by a new message while AWS is in trouble, and its run shows that", async () => {
    const { calls, isDone, run } = await handled(throttled);
    expect(isDone).toBe(true);
    expect(calls).toMatchObject([
      ["putBack", { ...message, handling: { troubles: 1, faults: 0 } }, expect.any(Number)],
    ]);
    expect(run?.trouble?.what).toBe("UpdateItem: ThrottlingException");
    expect(run?.movedAt).toBe(run?.trouble?.at);
  });

  it("comes back itself when SQS does not take the new one either", async () => {
    const one = await handled(throttled, { refuses: ["putBack"] });
    expect([one.isDone, one.calls]).toEqual([false, [["retryIn", undefined, 8]]]);
    // It comes back after its visibility timeout.
    const other = await handled(throttled, { refuses: ["putBack", "retryIn"] });
    expect([other.isDone, other.calls]).toEqual([false, []]);
  });

  it("is tried again a few times for a fault of our own, then handed to the dead letters", async () => {
    const { calls, isDone, run } = await handled(new TypeError("a bug"));
    expect([isDone, calls[0]?.[0]]).toEqual([true, "putBack"]);
    expect(run).not.toHaveProperty("trouble");
    const last = await handled(new TypeError("a bug"), {
      given: { ...message, handling: { faults: 2 } },
    });
    expect(last.calls).toMatchObject([["giveUp", { handling: { faults: 3, givenUp: "fault" } }]]);
  });

  it("is given up when AWS's trouble has lasted for its hours", async () => {
    const { calls } = await handled(throttled, {
      given: { ...message, handling: { troubledSince: 0, troubles: 300 } },
    });
    expect(calls).toMatchObject([["giveUp", { handling: { givenUp: "trouble" } }]]);
  });

  it("comes back by SQS's count when it can't even be read", async () => {
    const { calls, isDone } = await handled(undefined, { given: { step: "unknown" } });
    expect([isDone, calls]).toEqual([false, [["retryIn", undefined, 8]]]);
  });
});
