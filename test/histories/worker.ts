import { messageSchema, type Message } from "../../shared/domain/runs/messages";
import type { RunQueues } from "../../shared/ports";
import type { Random } from "../chaos/random";
import { aroundCalls } from "../support/around-calls";

/** What a killed worker leaves behind: nothing after this. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** How often a call is where a worker dies. */
export interface Danger {
  rate: number;
  kills: number;
}

/** A part of the system in whose calls workers die, before the call has had its effect or after. */
export function deadly<Part extends object>(part: Part, random: Random, danger: Danger): Part {
  const strike = (): void => {
    if (danger.rate > 0 && random.chance(danger.rate / 2)) {
      danger.kills += 1;
      throw new Killed("the worker was killed");
    }
  };
  return aroundCalls(part, async (_method, call) => {
    strike();
    const result = await call();
    strike();
    return result;
  });
}

interface Waiting {
  readonly message: Message;
  readonly dueAt: number;
  readonly receives: number;
}

/** All queues in one, by the time at which messages are due. */
export interface MessageLine extends RunQueues {
  readonly waiting: Waiting[];
  next(): Waiting | undefined;
  /** Puts a message there as it is. */
  put(message: Message, delaySeconds: number): void;
  comeBack(waiting: Waiting, delayMilliseconds: number): void;
  /** The same by a new message, which nobody has tried to handle more often than the one before. */
  putOff(waiting: Waiting, delayMilliseconds: number): void;
}

export function createMessageLine(now: () => number): MessageLine {
  const waiting: Waiting[] = [];
  const add = (message: unknown, delaySeconds = 0): void => {
    // Through text, as on a queue.
    const sent = messageSchema.parse(JSON.parse(JSON.stringify(message)));
    waiting.push({ message: sent, dueAt: now() + delaySeconds * 1_000, receives: 0 });
  };
  return {
    waiting,
    next() {
      const first = waiting.toSorted((one, other) => one.dueAt - other.dueAt)[0];
      if (first !== undefined) {
        waiting.splice(waiting.indexOf(first), 1);
      }
      return first;
    },
    comeBack(held, delayMilliseconds) {
      waiting.push({ ...held, receives: held.receives + 1, dueAt: now() + delayMilliseconds });
    },
    putOff(held, delayMilliseconds) {
      waiting.push({ ...held, dueAt: now() + delayMilliseconds });
    },
    put: add,
    again: async (_group, message, delaySeconds) => {
      add(message, delaySeconds);
    },
    prepare: async (_group, runId, { attempt, delaySeconds } = { attempt: 0, delaySeconds: 0 }) => {
      add({ step: "prepare", runId, attempt }, delaySeconds);
    },
    preview: async (_group, message) => {
      add({ step: "preview", ...message });
    },
    push: async (_group, messages) => {
      for (const { delaySeconds, ...message } of messages) {
        add({ step: "push", ...message }, delaySeconds);
      }
    },
    wake: async (_group, runId) => {
      add({ step: "wake", runId });
    },
    confirm: async (_group, message, delaySeconds) => {
      add({ step: "confirm", ...message }, delaySeconds);
    },
    subscribe: async (_group, message, delaySeconds) => {
      add({ step: "subscribe", ...message }, delaySeconds);
    },
    settle: async (_group, runId) => {
      add({ step: "settle", runId });
    },
    rehearse: async (_group, runId) => {
      add({ step: "rehearse", runId });
    },
  };
}
