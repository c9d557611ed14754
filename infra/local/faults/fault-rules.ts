import * as z from "zod";

/** How often a request is hit: 0 never, 1 always. */
const rate = z.number().min(0).max(1);
const where = {
  service: z.enum(["dynamodb", "s3", "sqs", "secretsmanager", "scheduler", "events", "sns", "sts"]),
  /**
   * Operations by their names in the API reference. Without it all but those by which event sources read
   * their queues, which AWS itself repeats for as long as it takes.
   */
  actions: z.array(z.string()).optional(),
  /** At most so many hits; without it, no end. */
  limit: z.number().int().nonnegative().optional(),
};

const awsFaultRuleSchema = z.discriminatedUnion("kind", [
  /** Refused in the service's own words for too many requests. */
  z.strictObject({ kind: z.literal("throttle"), ...where, rate }),
  /** Refused by the service's own failure; nothing was done. */
  z.strictObject({ kind: z.literal("serverError"), ...where, rate }),
  /** Everything is refused for a time, counted from when the faults are set. */
  z.strictObject({
    kind: z.literal("outage"),
    ...where,
    afterMilliseconds: z.number().nonnegative().default(0),
    milliseconds: z.number().positive(),
  }),
  /** The request takes effect, and the connection ends without an answer. */
  z.strictObject({ kind: z.literal("lostAnswer"), ...where, rate }),
  /** Half of the answer comes, then nothing more, and the connection stays open. */
  z.strictObject({ kind: z.literal("stall"), ...where, rate }),
  /** The answer comes late, by a time between the two. */
  z.strictObject({
    kind: z.literal("slow"),
    ...where,
    rate,
    leastMilliseconds: z.number().nonnegative(),
    mostMilliseconds: z.number().nonnegative(),
  }),
]);
export type AwsFaultRule = z.output<typeof awsFaultRuleSchema>;
export type NewAwsFaultRule = z.input<typeof awsFaultRuleSchema>;

export const awsFaultSettingsSchema = z.strictObject({
  /** What is drawn is drawn from it. */
  seed: z.number().int().default(0),
  rules: z.array(awsFaultRuleSchema).default([]),
});
export type AwsFaultSettings = z.input<typeof awsFaultSettingsSchema>;
