import { describe, expect, it } from "@jest/globals";
import type { Message } from "../../../../../../shared/domain/runs/messages";
import type { DeadLetter } from "../../../../../../shared/ports";
import { settleDeadLetters } from "../../../../../../shared/use-cases/runs/watch/settle-dead-letters";
import { aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakePreviewStore } from "../../../../../support/fakes/stores/preview-store";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

const runId = "run-unknown";
const due: Message = {
  step: "due",
  slot: { time: "06:30", days: ["monday"], timeZone: "Europe/Berlin" },
  scheduledFor: "2026-11-02T08:00:00.000Z",
};

/** One of each, so that a new step can't be forgotten. */
const messages: { [Step in Message["step"]]: Extract<Message, { step: Step }> } = {
  due,
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

/** A queue of these bodies, as they were sent, and what comes of looking into it. */
function aQueueOf(...bodies: readonly unknown[]) {
  const waiting = bodies.map((body, position): DeadLetter => ({
    ...{ messageId: `message-${position}`, receipt: `receipt-${position}`, receiveCount: 1 },
    body: JSON.stringify(body),
  }));
  const unseen = [...waiting];
  const mails: { subject: string; body: string }[] = [];
  const runs = fakeRunStore(aRun());
  const log = fakeLog();
  const dependencies = {
    ...{ runs, log, exports: fakeExportStore(), previews: fakePreviewStore() },
    ...{ queues: fakeQueues(), clock: fakeClock(), stage: "production" },
    deadLetters: {
      receive: async () => unseen.splice(0, 10),
      remove: async (letter: DeadLetter) => {
        waiting.splice(waiting.indexOf(letter), 1);
      },
    },
    announcer: {
      mail: async (mail: { subject: string; body: string }) => {
        mails.push(mail);
      },
    },
  };
  return { ...{ waiting, mails, runs, log, dependencies } };
}

describe("the watch, looking for dead letters", () => {
  it.each(Object.values(messages))("takes a message of step $step", async (message) => {
    const { waiting, dependencies } = aQueueOf(message);
    await settleDeadLetters(dependencies);
    expect(waiting).toEqual([]);
  });

  it("has the run of a letter end, which is told as the ends of runs are", async () => {
    const { mails, runs, dependencies } = aQueueOf({ step: "prepare", runId: "run-1", attempt: 0 });
    await settleDeadLetters(dependencies);
    expect(runs.stored.get("run-1")).toMatchObject({
      ...{ status: "failed", problem: { code: "internalError" } },
    });
    expect(mails).toEqual([]);
  });

  it("tells administrators of all starts that are lost, in one mail, since no run does", async () => {
    const { waiting, mails, dependencies } = aQueueOf(due, messages.start, messages.wake);
    await settleDeadLetters(dependencies);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body).toContain("2026-11-02T08:00:00.000Z");
    expect(mails[0]?.body).toContain("export-1");
    expect(waiting).toEqual([]);
  });

  it("names twenty at most in a mail, and says how many more there are", async () => {
    const starts = Array.from({ length: 23 }, (_, number) => ({
      ...messages.start,
      exportId: `export-${number}-`,
    }));
    const { mails, dependencies } = aQueueOf(...starts);
    await settleDeadLetters(dependencies);
    const body = mails[0]?.body ?? "";
    expect(body.match(/export-\d+-/g)).toHaveLength(20);
    expect(body).toContain("and 3 more");
  });

  it("keeps letters of which nobody could be told for the next round", async () => {
    const { waiting, dependencies } = aQueueOf(due);
    const silent = {
      ...dependencies,
      announcer: {
        mail: async () => {
          throw new Error("no mail");
        },
      },
    };
    await expect(settleDeadLetters(silent)).rejects.toThrow("no mail");
    expect(waiting).toHaveLength(1);
  });

  it("leaves a letter that can't be settled, settles the others, and fails", async () => {
    const { waiting, runs, log, dependencies } = aQueueOf(
      { step: "prepare", runId: "run-broken", attempt: 0 },
      { step: "prepare", runId: "run-1", attempt: 0 },
    );
    const get = runs.get;
    runs.get = async (id) => {
      if (id === "run-broken") throw new Error("broken");
      return get(id);
    };
    await expect(settleDeadLetters(dependencies)).rejects.toThrow("broken");
    expect(waiting.map(({ messageId }) => messageId)).toEqual(["message-0"]);
    expect(runs.stored.get("run-1")?.status).toBe("failed");
    expect(log.lines.map(({ event }) => event)).toContain("messageFailed");
  });

  it.each([
    ["of a step of tomorrow", { step: "verify", runId, email: "ann@example.org" }, { runId }],
    ["whose parts have changed", { step: "push", runId, chunks: [1, 2] }, { step: "push", runId }],
    ["that is no message at all", ["ann@example.org"], {}],
  ])(
    "takes a message %s off the queue, and tells no more than its ids",
    async (_what, body, ids) => {
      const { waiting, mails, log, dependencies } = aQueueOf(body);

      await settleDeadLetters(dependencies);

      expect(waiting).toEqual([]);
      expect(log.lines).toContainEqual(
        expect.objectContaining({
          event: "messageUnreadable",
          details: expect.objectContaining(ids),
        }),
      );
      expect(mails).toHaveLength(1);
      expect(JSON.stringify([log.lines, mails])).not.toContain("ann@");
    },
  );
});
