import { describe, expect, it } from "@jest/globals";
import type { Context, SQSEvent } from "aws-lambda";
import { createHandler } from "../../../../functions/jobs/settle-dead-letters/handler";
import type { Message } from "../../../../shared/domain/runs/messages";
import { fakeClock } from "../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../support/fakes/log";
import { fakeQueues } from "../../../support/fakes/run-parts";
import { fakePreviewStore } from "../../../support/fakes/stores/preview-store";
import { fakeRunStore } from "../../../support/fakes/stores/run-store";

const runId = "run-unknown";

/** One of each, so that a new step can't be forgotten. */
const messages: { [Step in Message["step"]]: Extract<Message, { step: Step }> } = {
  due: {
    step: "due",
    slot: { time: "06:30", days: ["monday"], timeZone: "Europe/Berlin" },
    scheduledFor: "2026-11-02T08:00:00.000Z",
  },
  start: { step: "start", runId, exportId: "export-1", connectionId: "connection-1" },
  prepare: { step: "prepare", runId, attempt: 0 },
  preview: { step: "preview", exportId: "export-1", previewId: "preview-1" },
  push: { step: "push", runId, chunk: 1, attempt: 0 },
  wake: { step: "wake", runId },
  confirm: { step: "confirm", runId, round: 0 },
  subscribe: { step: "subscribe", runId, done: 0, attempt: 0 },
  settle: { step: "settle", runId },
  rehearse: { step: "rehearse", runId },
};

function anEvent(message: Message): SQSEvent {
  return {
    Records: [
      {
        messageId: "message-1",
        receiptHandle: "receipt-1",
        body: JSON.stringify(message),
        attributes: { ApproximateReceiveCount: "1" },
      },
    ],
  } as SQSEvent;
}

describe("the function on the dead-letter queues", () => {
  it.each(Object.values(messages))("takes a message of step $step", async (message) => {
    const handler = createHandler(() => ({
      exports: fakeExportStore(),
      runs: fakeRunStore(),
      previews: fakePreviewStore(),
      queues: fakeQueues(),
      clock: fakeClock(),
      log: fakeLog(),
      retryIn: async () => {},
    }));
    const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
    expect(await handler(anEvent(message), context)).toEqual({ batchItemFailures: [] });
  });

  it.each([
    ["of a step of tomorrow", { step: "verify", runId, email: "ann@example.org" }, { runId }],
    ["whose parts have changed", { step: "push", runId, chunks: [1, 2] }, { step: "push", runId }],
    ["that is no message at all", ["ann@example.org"], {}],
  ])(
    "takes a message %s off the queue, and tells no more than its ids",
    async (_what, body, ids) => {
      const log = fakeLog();
      const handler = createHandler(() => ({
        exports: fakeExportStore(),
        runs: fakeRunStore(),
        previews: fakePreviewStore(),
        queues: fakeQueues(),
        clock: fakeClock(),
        log,
        retryIn: async () => {},
      }));
      const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

      expect(await handler(anEvent(body as never), context)).toEqual({ batchItemFailures: [] });

      expect(log.lines).toMatchObject([{ event: "messageUnreadable", details: ids }]);
      expect(JSON.stringify(log.lines)).not.toContain("ann@");
    },
  );
});
