import * as z from "zod";
import { localAccountId, localRegion } from "../../aws-identity";
import type { UnderstoodRequest } from "../aws-request";

const entriesSchema = z
  .array(
    z.object({
      EventBusName: z.string().default("default").catch("default"),
      Source: z.string().optional().catch(undefined),
      DetailType: z.string().optional().catch(undefined),
    }),
  )
  .catch([]);

/** A request to EventBridge: an event needs its bus; a bus is named by its name or its ARN. */
export function understandEventBridge(
  action: string,
  input: Readonly<Record<string, unknown>>,
): UnderstoodRequest {
  const needs = entriesSchema.parse(input["Entries"] ?? []).map((entry) => ({
    action: `events:${action}`,
    resource: entry.EventBusName.startsWith("arn:")
      ? entry.EventBusName
      : `arn:aws:events:${localRegion}:${localAccountId}:event-bus/${entry.EventBusName}`,
    context: {
      ...(entry.Source === undefined ? {} : { "events:source": [entry.Source] }),
      ...(entry.DetailType === undefined ? {} : { "events:detail-type": [entry.DetailType] }),
    },
  }));
  const any = { action: `events:${action}`, resource: "*", context: {} };
  return { service: "events", action, needs: needs.length === 0 ? [any] : needs };
}

/** A request to SNS. */
export function understandSns(
  action: string,
  input: Readonly<Record<string, string>>,
): UnderstoodRequest {
  const resource = input["TopicArn"] ?? input["TargetArn"] ?? "*";
  return { service: "sns", action, needs: [{ action: `sns:${action}`, resource, context: {} }] };
}
