import * as z from "zod";
import { roleSchema } from "../access/identity";
import { handlingSchema } from "./patience";
import { slotSchema } from "../schedules/recurrence";
import { parseJson } from "../text/parse-json";

/** The steps of a run that a queue drives; each has a queue of its own. */
const runId = z.string().min(1);
/** What becomes of every message that can't be handled at once. */
const handling = handlingSchema.optional();

/**
 * What travels on the queues: ids and counts, never a key or an email address. A message delivered many
 * times has the effect of one.
 */
const prepareMessageSchema = z.object({
  step: z.literal("prepare"),
  handling,
  runId,
  /** How often preparing was put off because Klaviyo was not available. */
  attempt: z.number().int().nonnegative().default(0),
});
const pushMessageSchema = z.object({
  step: z.literal("push"),
  handling,
  runId,
  chunk: z.number().int().positive(),
  /** How often the chunk was put off because Klaviyo was not available. */
  attempt: z.number().int().nonnegative(),
  /** Milliseconds since 1970: the chunk's turn is not near before. For turns beyond SQS's longest delay. */
  dueAt: z.number().optional(),
});
const confirmMessageSchema = z.object({
  step: z.literal("confirm"),
  handling,
  runId,
  /** The round of the run's confirmation loop that this message starts. */
  round: z.number().int().nonnegative(),
});
/** On the push queue too: a worker starts, so that none has to when the first chunk is staged. Nothing else is done. */
const wakeMessageSchema = z.object({ step: z.literal("wake"), handling, runId });
/**
 * How {@link wakeMessageSchema} is sent: as the first chunk's message with a mark. Versions that know no `wake` drop
 * that chunk while it is not staged, and push it if it is.
 */
const sentWakeSchema = z
  .object({ step: z.literal("push"), wake: z.literal(true), runId })
  .transform((sent): WakeMessage => ({ step: "wake", runId: sent.runId }));
/** Members are to be subscribed: goes on with the batch after the `done` first ones. */
const subscribeMessageSchema = z.object({
  step: z.literal("subscribe"),
  handling,
  runId,
  done: z.number().int().nonnegative(),
  /** How often this batch was put off because Klaviyo was not available. */
  attempt: z.number().int().nonnegative(),
});
/** What a run of an export would do is to be found out. */
const previewMessageSchema = z.object({
  step: z.literal("preview"),
  handling,
  exportId: z.string().min(1),
  previewId: z.string().min(1),
});
const settleMessageSchema = z.object({ step: z.literal("settle"), handling, runId });
/** On the settle queue too: the account is written ahead of its time, while the run is being pushed. */
const rehearseMessageSchema = z.object({ step: z.literal("rehearse"), handling, runId });

/** What the scheduler sends when a slot is due; `scheduledFor` is the instant that it is due at. */
export const dueMessageSchema = z.object({
  step: z.literal("due"),
  handling,
  slot: slotSchema,
  scheduledFor: z.iso.datetime(),
});
/** One export is to start. */
const startMessageSchema = z.object({
  step: z.literal("start"),
  handling,
  runId,
  exportId: z.string().min(1),
  connectionId: z.string().min(1),
  scheduledFor: z.iso.datetime().optional(),
  requestedBy: z.string().optional(),
  /** The role in which they asked; messages of older versions don't say it. */
  role: roleSchema.optional(),
});

const messagesByStep = z.discriminatedUnion("step", [
  prepareMessageSchema,
  previewMessageSchema,
  pushMessageSchema,
  wakeMessageSchema,
  confirmMessageSchema,
  subscribeMessageSchema,
  settleMessageSchema,
  rehearseMessageSchema,
  dueMessageSchema,
  startMessageSchema,
]);

export const messageSchema = z.union([sentWakeSchema, messagesByStep]);

/** A message that wakes a worker, in the form in which every version can read it. */
export function wakeToSend(runId: string): PushMessage & { readonly wake: true } {
  return { step: "push", runId, chunk: 1, attempt: 0, wake: true };
}

export type PrepareMessage = z.infer<typeof prepareMessageSchema>;
export type PushMessage = z.infer<typeof pushMessageSchema>;
export type WakeMessage = z.infer<typeof wakeMessageSchema>;
export type ConfirmMessage = z.infer<typeof confirmMessageSchema>;
export type PreviewMessage = z.infer<typeof previewMessageSchema>;
export type SubscribeMessage = z.infer<typeof subscribeMessageSchema>;
export type DueMessage = z.infer<typeof dueMessageSchema>;
export type StartMessage = z.infer<typeof startMessageSchema>;
/** A message about a run. */
export type RunMessage = Exclude<Message, DueMessage | PreviewMessage>;
export type Message = z.infer<typeof messagesByStep>;

/** The message of a body; undefined for what this version can't read. */
export function readMessage(body: string): Message | undefined {
  return messageSchema.safeParse(parseJson(body)).data;
}

const namesSchema = z.object({
  step: z.string().max(100).optional(),
  runId: z.string().max(200).optional(),
  exportId: z.string().max(200).optional(),
});

/** What can be told of a message that can't be read: ids alone, whatever else is in it. */
export function namesIn(body: string): z.infer<typeof namesSchema> {
  return { ...namesSchema.safeParse(parseJson(body)).data };
}

/** What a message is about, as log lines name it. */
export function idsOf(message: Message): {
  scheduledFor?: string;
  exportId?: string;
  previewId?: string;
  runId?: string;
  chunk?: number;
} {
  switch (message.step) {
    case "due":
      return { scheduledFor: message.scheduledFor };
    case "preview":
      return { exportId: message.exportId, previewId: message.previewId };
    case "push":
      return { runId: message.runId, chunk: message.chunk };
    case "start":
    case "prepare":
    case "wake":
    case "confirm":
    case "subscribe":
    case "settle":
    case "rehearse":
      return { runId: message.runId };
  }
}
