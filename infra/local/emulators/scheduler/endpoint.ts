import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import * as z from "zod";
import { frontedListener } from "../../front/fronted-service";
import type { AwsFront } from "../../front/front";
import { jsonInput } from "../../front/needs/json-input";
import { understandScheduler } from "../../front/needs/scheduler";
import { serveOnLoopback, type LoopbackServer } from "../../loopback-server";
import type { RequestCounter } from "../../request-statistics";
import { AwsServiceError, parseInput } from "../aws-error";
import { nameSchema, scheduleSchema, type Schedule } from "./schedule";
import type { ScheduleGroup, Schedules } from "./schedules";

interface Call {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Operation {
  readonly action: string;
  readonly run: (call: Call) => object;
}

/** EventBridge Scheduler for the real SDK client (protocol REST-JSON). */
export function startScheduler(
  schedules: Schedules,
  counter: RequestCounter,
  front: AwsFront,
): Promise<LoopbackServer> {
  const operations = schedulerOperations(schedules);
  const read = (request: IncomingMessage) => {
    const url = new URL(request.url ?? "/", "http://scheduler");
    const [, collection = "", encodedName = ""] = url.pathname.split("/");
    const kind = encodedName === "" ? collection : `${collection}/*`;
    return {
      operation: operations[`${request.method ?? "GET"} ${kind}`],
      collection,
      name: decodeURIComponent(encodedName),
      query: url.searchParams,
    };
  };
  return serveOnLoopback(
    frontedListener(front, {
      name: "scheduler",
      understand: (request, body) => {
        const { operation, collection, name, query } = read(request);
        const action = operation?.action ?? "Unknown";
        counter.count("scheduler", action, body.length);
        const subject = { collection, name, group: query.get("groupName") };
        return understandScheduler(action, subject, jsonInput(body));
      },
      answer: (request, body) => {
        const { operation, name, query } = read(request);
        if (operation === undefined) {
          throw new AwsServiceError("ResourceNotFoundException", "No such operation.", 404);
        }
        if (name !== "") parseInput(nameSchema, name);
        return {
          status: 200,
          headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID() },
          body: JSON.stringify(operation.run({ name, query, body: parseJson(body) })),
        };
      },
    }),
  );
}

function schedulerOperations(schedules: Schedules): Readonly<Record<string, Operation>> {
  const groupOf = (query: URLSearchParams): string => query.get("groupName") ?? "default";
  return {
    "POST schedules/*": {
      action: "CreateSchedule",
      run: ({ name, body }) => ({
        ScheduleArn: schedules.create(name, parseInput(scheduleSchema, body)).arn,
      }),
    },
    "PUT schedules/*": {
      action: "UpdateSchedule",
      run: ({ name, body }) => ({
        ScheduleArn: schedules.update(name, parseInput(scheduleSchema, body)).arn,
      }),
    },
    "GET schedules/*": {
      action: "GetSchedule",
      run: ({ name, query }) => describeSchedule(schedules.get(groupOf(query), name)),
    },
    "DELETE schedules/*": {
      action: "DeleteSchedule",
      run: ({ name, query }) => {
        schedules.remove(groupOf(query), name);
        return {};
      },
    },
    "GET schedules": {
      action: "ListSchedules",
      run: ({ query }) => {
        const { page, NextToken } = pageOf(
          schedules
            .list()
            .filter(({ input }) => matches(query.get("ScheduleGroup"), input.GroupName))
            .filter(({ input }) => matches(query.get("State"), input.State))
            .filter(({ name }) => name.startsWith(query.get("NamePrefix") ?? "")),
          query,
        );
        return { Schedules: page.map(summarizeSchedule), NextToken };
      },
    },
    "POST schedule-groups/*": {
      action: "CreateScheduleGroup",
      run: ({ name }) => ({ ScheduleGroupArn: schedules.createGroup(name).arn }),
    },
    "GET schedule-groups/*": {
      action: "GetScheduleGroup",
      run: ({ name }) => describeGroup(schedules.getGroup(name)),
    },
    "DELETE schedule-groups/*": {
      action: "DeleteScheduleGroup",
      run: ({ name }) => {
        schedules.removeGroup(name);
        return {};
      },
    },
    "GET schedule-groups": {
      action: "ListScheduleGroups",
      run: ({ query }) => {
        const { page, NextToken } = pageOf(
          schedules
            .listGroups()
            .filter(({ name }) => name.startsWith(query.get("NamePrefix") ?? "")),
          query,
        );
        return { ScheduleGroups: page.map(describeGroup), NextToken };
      },
    },
  };
}

function matches(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

const pageSchema = z.object({
  MaxResults: z.coerce.number().int().min(1).max(100).default(100),
  NextToken: z.coerce.number().int().min(0).default(0),
});

function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
): { readonly page: readonly Item[]; readonly NextToken: string | undefined } {
  const { MaxResults, NextToken } = parseInput(pageSchema, Object.fromEntries(query));
  const end = NextToken + MaxResults;
  return {
    page: items.slice(NextToken, end),
    NextToken: end < items.length ? String(end) : undefined,
  };
}

function describeSchedule(schedule: Schedule): object {
  // The token is of the request, not of the schedule.
  const { ClientToken: _token, ...input } = schedule.input;
  return { Name: schedule.name, Arn: schedule.arn, ...times(schedule), ...input };
}

function summarizeSchedule(schedule: Schedule): object {
  return {
    Name: schedule.name,
    Arn: schedule.arn,
    GroupName: schedule.input.GroupName,
    State: schedule.input.State,
    Target: { Arn: schedule.input.Target.Arn },
    ...times(schedule),
  };
}

function times(schedule: Schedule): object {
  return {
    CreationDate: schedule.createdAt / 1000,
    LastModificationDate: schedule.changedAt / 1000,
  };
}

function describeGroup(group: ScheduleGroup): object {
  return {
    Name: group.name,
    Arn: group.arn,
    State: "ACTIVE",
    CreationDate: group.createdAt / 1000,
    LastModificationDate: group.createdAt / 1000,
  };
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsServiceError("ValidationException", "The body is not JSON.");
  }
}
