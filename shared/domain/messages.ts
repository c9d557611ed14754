import * as z from "zod";

/** The steps of a run that a queue drives; each has a queue and a dead-letter queue of its own. */
const runId = z.string().min(1);

/**
 * What travels on the queues: ids and counts, never a key or an email address. A message delivered many
 * times has the effect of one.
 */
export const prepareMessageSchema = z.object({
  step: z.literal("prepare"),
  runId,
  /** How often preparing was put off because Klaviyo was not available. */
  attempt: z.number().int().nonnegative().default(0),
});
export const pushMessageSchema = z.object({
  step: z.literal("push"),
  runId,
  chunk: z.number().int().positive(),
  /** How often the chunk was put off because Klaviyo was not available. */
  attempt: z.number().int().nonnegative(),
  /** Milliseconds since 1970: the chunk's turn is not near before. For turns beyond SQS's longest delay. */
  dueAt: z.number().optional(),
});
export const confirmMessageSchema = z.object({
  step: z.literal("confirm"),
  runId,
  /** The round of the run's confirmation loop that this message starts. */
  round: z.number().int().nonnegative(),
});
export const settleMessageSchema = z.object({ step: z.literal("settle"), runId });

export const messageSchema = z.discriminatedUnion("step", [
  prepareMessageSchema,
  pushMessageSchema,
  confirmMessageSchema,
  settleMessageSchema,
]);

export type PrepareMessage = z.infer<typeof prepareMessageSchema>;
export type PushMessage = z.infer<typeof pushMessageSchema>;
export type ConfirmMessage = z.infer<typeof confirmMessageSchema>;
export type Message = z.infer<typeof messageSchema>;
