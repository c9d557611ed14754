import * as z from "zod";
import { roleSchema } from "../access/identity";
import { handlingSchema } from "./patience";
import { slotSchema } from "../schedules/recurrence";

/** The steps of a run that a queue drives; each has a queue and a dead-letter queue of its own. */
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

export const messageSchema = z.discriminatedUnion("step", [
  prepareMessageSchema,
  previewMessageSchema,
  pushMessageSchema,
  confirmMessageSchema,
  subscribeMessageSchema,
  settleMessageSchema,
  rehearseMessageSchema,
  dueMessageSchema,
  startMessageSchema,
]);

export type PrepareMessage = z.infer<typeof prepareMessageSchema>;
export type PushMessage = z.infer<typeof pushMessageSchema>;
export type ConfirmMessage = z.infer<typeof confirmMessageSchema>;
export type PreviewMessage = z.infer<typeof previewMessageSchema>;
export type SubscribeMessage = z.infer<typeof subscribeMessageSchema>;
export type DueMessage = z.infer<typeof dueMessageSchema>;
export type StartMessage = z.infer<typeof startMessageSchema>;
/** A message about a run. */
export type RunMessage = Exclude<Message, DueMessage | PreviewMessage>;
export type Message = z.infer<typeof messageSchema>;
