import * as z from "zod";
import { SCOPES } from "../http/operations";

/** What `/simulator/…` answers (inspection-requests.ts), for whoever asks from another process. */

const count = z.number().int().nonnegative();

export const inspectedListSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  members: count,
});

export const inspectedAccountSchema = z.object({
  id: z.string(),
  organizationName: z.string(),
  keys: z.array(
    z.object({ key: z.string(), scopes: z.array(z.enum(SCOPES)), revoked: z.boolean() }),
  ),
  lists: z.array(inspectedListSchema),
  profiles: count,
});

export const accountsAnswerSchema = z.object({ accounts: z.array(inspectedAccountSchema) });

export const jobsAnswerSchema = z.object({
  importJobs: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      // JSON leaves out what is undefined.
      listId: z.string().optional(),
      total: count,
      failed: count,
      createdAt: z.number(),
      completeAt: z.number(),
    }),
  ),
});

export const statisticsAnswerSchema = z.object({
  requests: count,
  answers: z.record(z.string(), z.record(z.string(), count)),
  bytesReceived: count,
  importJobs: count,
  throttled: count,
  profilesAccepted: count,
});

export const processAnswerSchema = z.object({ pid: count, processorSeconds: z.number() });
