import * as z from "zod";

// Shapes and limits: EventBridge Scheduler API reference, CreateSchedule.
const name = z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/, {
  error: "Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$",
});
// The JSON protocol carries times as seconds since 1970; templates as ISO 8601.
const time = z.union([z.number(), z.iso.datetime().transform((text) => Date.parse(text) / 1000)]);

const targetSchema = z.looseObject({
  Arn: z.string().min(1).max(1600),
  RoleArn: z.string().min(1).max(1600),
  Input: z.string().min(1).optional(),
  SqsParameters: z.object({ MessageGroupId: z.string().optional() }).optional(),
  RetryPolicy: z.object({}).loose().optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
});

export type ScheduleTarget = z.output<typeof targetSchema>;

export const scheduleSchema = z.object({
  GroupName: name.default("default"),
  ScheduleExpression: z.string().min(1).max(256),
  ScheduleExpressionTimezone: z.string().min(1).max(50).default("UTC"),
  FlexibleTimeWindow: z.discriminatedUnion("Mode", [
    z.object({ Mode: z.literal("OFF") }),
    z.object({
      Mode: z.literal("FLEXIBLE"),
      MaximumWindowInMinutes: z.coerce.number().int().min(1).max(1440),
    }),
  ]),
  Target: targetSchema,
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  ActionAfterCompletion: z.enum(["NONE", "DELETE"]).default("NONE"),
  StartDate: time.optional(),
  EndDate: time.optional(),
  Description: z.string().max(512).optional(),
  KmsKeyArn: z.string().optional(),
  ClientToken: z.string().min(1).max(64).optional(),
});

/** What a caller says about a schedule; times in seconds. */
export type ScheduleInput = z.output<typeof scheduleSchema>;

export const nameSchema = name;

export interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly input: ScheduleInput;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
}
