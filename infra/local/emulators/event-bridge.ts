import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { AwsFront } from "../front/front";
import { understandEventBridge } from "../front/needs/announcing";
import type { LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";
import type { Announcements } from "./announcements";
import { parseInput } from "./aws-error";
import { startJsonService } from "./json-service";

// Shapes and limits: EventBridge API reference, PutEvents.
const putEventsSchema = z.object({
  Entries: z
    .array(
      z.object({
        EventBusName: z.string().min(1).default("default"),
        Source: z.string().optional(),
        DetailType: z.string().optional(),
        Detail: z.string().optional(),
        Time: z.number().optional(),
      }),
    )
    .min(1)
    .max(10),
});

type Entry = z.output<typeof putEventsSchema>["Entries"][number];

/** EventBridge as far as putting events on a bus; they are kept, and no rule sees them. */
export function startEventBridge(
  announcements: Announcements,
  counter: RequestCounter,
  front: AwsFront,
): Promise<LoopbackServer> {
  const keep = (entry: Entry): object => {
    const { EventBusName: bus, Source: source, DetailType: detailType, Detail } = entry;
    // An entry that is not valid is answered as such, beside those that were taken.
    if (source === undefined || detailType === undefined || Detail === undefined) {
      return {
        ErrorCode: "InvalidArgument",
        ErrorMessage: "Parameter Source, DetailType or Detail is missing.",
      };
    }
    try {
      const detail: unknown = JSON.parse(Detail);
      announcements.events.push({ bus, source, detailType, detail });
      return { EventId: randomUUID() };
    } catch {
      return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    }
  };
  const PutEvents = (input: unknown): object => {
    const Entries = parseInput(putEventsSchema, input).Entries.map(keep);
    return {
      Entries,
      FailedEntryCount: Entries.filter((entry) => "ErrorCode" in entry).length,
    };
  };
  return startJsonService(
    {
      service: "events",
      targetPrefix: "AWSEvents.",
      actions: { PutEvents },
      understand: understandEventBridge,
    },
    counter,
    front,
  );
}
