import * as z from "zod";
import { callPaceSchema } from "../../domain/klaviyo/account-pace";
import { runSchema } from "../../domain/runs/run";
import { waitedForSchema } from "../../domain/runs/lifecycle/waiting";
import { componentSchemas } from "../components";

const count = z.number().int().nonnegative();

const pacedRunSchema = z.object({
  ...runSchema.pick({ runId: true, exportId: true, status: true, phase: true }).shape,
  exportName: z.string(),
  calls: count.describe("Its calls that hand chunks to Klaviyo, of the last minute"),
  nextCallAt: z.iso
    .datetime()
    .optional()
    .describe("When it may hand over its next chunk; absent when at once, or when it has none"),
  waiting: z
    .object({ for: waitedForSchema, since: z.iso.datetime(), code: z.string() })
    .optional()
    .describe("What keeps it from getting on, beside its turn"),
});

/** The pace of a connection's account as the API shows it. */
export const paceAnswerSchema = z
  .object({
    at: z.iso.datetime(),
    calls: z
      .array(callPaceSchema)
      .describe("How much of Klaviyo's limits is used, of each kind of call"),
    heldUntil: z.iso
      .datetime()
      .optional()
      .describe("Klaviyo has asked for patience: until when the last kind of call is held back"),
    runs: z.array(pacedRunSchema).describe("Runs over the account that are going or waiting"),
    otherRuns: count.describe("Further such runs, over connections that the caller may not see"),
    limits: z.object({
      profilesPerRun: count.describe("The connection's profile limit"),
      listsPerDay: count.describe("Lists that Klaviyo lets the account make a day"),
    }),
  })
  .register(componentSchemas, { id: "Pace" });
