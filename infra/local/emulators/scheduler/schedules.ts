import { randomUUID } from "node:crypto";
import { localAccountId, localRegion } from "../../aws-identity";
import type { Clock } from "../../clock";
import { AwsServiceError } from "../aws-error";
import { parseExpression } from "./expression";
import type { Schedule, ScheduleInput, ScheduleTarget } from "./schedule";

/**
 * Brings a due schedule's input to its target; a rejection is logged by who passes this.
 *
 * @param groupArn of the schedule's group, on whose behalf the scheduler takes on the target's role.
 */
export type Deliver = (target: ScheduleTarget, input: string, groupArn: string) => Promise<void>;

export interface ScheduleGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
}

/** The schedules and groups there are; due ones are delivered while they are enabled. */
export interface Schedules {
  create(name: string, input: ScheduleInput): Schedule;
  get(group: string, name: string): Schedule;
  update(name: string, input: ScheduleInput): Schedule;
  remove(group: string, name: string): void;
  list(): readonly Schedule[];
  createGroup(name: string): ScheduleGroup;
  getGroup(name: string): ScheduleGroup;
  removeGroup(name: string): void;
  listGroups(): readonly ScheduleGroup[];
  close(): void;
}

export function createSchedules(clock: Clock, deliver: Deliver): Schedules {
  const schedules = new Map<string, Schedule>();
  const timers = new Map<string, () => void>();
  const groups = new Map<string, ScheduleGroup>();
  const keyOf = (group: string, name: string): string => `${group}/${name}`;
  const arn = (resource: string): string =>
    `arn:aws:scheduler:${localRegion}:${localAccountId}:${resource}`;

  const createGroup = (name: string): ScheduleGroup => {
    if (groups.has(name)) throw conflict(`Schedule group ${name} already exists.`);
    const group = { name, arn: arn(`schedule-group/${name}`), createdAt: clock.now() };
    groups.set(name, group);
    return group;
  };
  createGroup("default");

  const getGroup = (name: string): ScheduleGroup => {
    const group = groups.get(name);
    if (group === undefined) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  };

  const get = (group: string, name: string): Schedule => {
    const schedule = schedules.get(keyOf(group, name));
    if (schedule === undefined) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  };

  const forget = (key: string): void => {
    timers.get(key)?.();
    timers.delete(key);
    schedules.delete(key);
  };

  const nextAfter = (schedule: Schedule, instant: number): number | undefined => {
    const { input } = schedule;
    const start = input.StartDate === undefined ? undefined : input.StartDate * 1000;
    const expression = parseExpression(
      input.ScheduleExpression,
      input.ScheduleExpressionTimezone,
      start ?? schedule.createdAt,
    );
    const due = expression.next(Math.max(instant, (start ?? 0) - 1));
    if (due === undefined) return undefined;
    return input.EndDate !== undefined && due > input.EndDate * 1000 ? undefined : due;
  };

  const arm = (schedule: Schedule, after: number): void => {
    const key = keyOf(schedule.input.GroupName, schedule.name);
    timers.get(key)?.();
    timers.delete(key);
    if (schedule.input.State === "DISABLED") return;
    const due = nextAfter(schedule, after);
    if (due === undefined) {
      if (schedule.input.ActionAfterCompletion === "DELETE") forget(key);
      return;
    }
    timers.set(
      key,
      clock.at(due, () => {
        void deliver(
          schedule.input.Target,
          inputFor(schedule, due),
          arn(`schedule-group/${schedule.input.GroupName}`),
        );
        arm(schedule, Math.max(due, clock.now()));
      }),
    );
  };

  const store = (name: string, input: ScheduleInput, before?: Schedule): Schedule => {
    const now = clock.now();
    getGroup(input.GroupName);
    if (input.EndDate !== undefined && input.EndDate * 1000 <= now) {
      throw invalid("The EndDate you specify must be in the future.");
    }
    if ((input.StartDate ?? 0) >= (input.EndDate ?? Infinity)) {
      throw invalid("The EndDate you specify must be later than the StartDate.");
    }
    checkTarget(input.Target);
    const schedule: Schedule = {
      name,
      arn: arn(`schedule/${input.GroupName}/${name}`),
      input,
      createdAt: before?.createdAt ?? now,
      changedAt: now,
    };
    // Throws before anything is stored when the expression is not valid.
    nextAfter(schedule, now);
    schedules.set(keyOf(input.GroupName, name), schedule);
    // One millisecond back, so that a rate's first time, now, is in it.
    arm(schedule, now - 1);
    return schedule;
  };

  return {
    create: (name, input) => {
      const before = schedules.get(keyOf(input.GroupName, name));
      if (before === undefined) return store(name, input);
      const token = input.ClientToken;
      if (token !== undefined && token === before.input.ClientToken) return before;
      throw conflict(`Schedule ${name} already exists.`);
    },
    get,
    update: (name, input) => store(name, input, get(input.GroupName, name)),
    remove: (group, name) => {
      get(group, name);
      forget(keyOf(group, name));
    },
    list: () => [...schedules.values()],
    createGroup,
    getGroup,
    removeGroup: (name) => {
      getGroup(name);
      if (name === "default") throw invalid("The default schedule group can't be deleted.");
      for (const [key, schedule] of schedules) {
        if (schedule.input.GroupName === name) forget(key);
      }
      groups.delete(name);
    },
    listGroups: () => [...groups.values()],
    close: () => {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

function checkTarget(target: ScheduleTarget): void {
  if (target.Input === undefined || !target.Arn.includes(":lambda:")) return;
  try {
    JSON.parse(target.Input);
  } catch {
    throw invalid("Invalid Target Input: a Lambda function's input must be JSON.");
  }
}

/** The target's input with its context attributes filled in, or the event sent without one. */
function inputFor(schedule: Schedule, due: number): string {
  const scheduledTime = new Date(due).toISOString().replace(/\.\d+Z$/, "Z");
  const executionId = randomUUID();
  const { Input } = schedule.input.Target;
  if (Input === undefined) {
    return JSON.stringify({
      version: "0",
      id: executionId,
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account: localAccountId,
      time: scheduledTime,
      region: localRegion,
      resources: [schedule.arn],
      detail: "{}",
    });
  }
  return Input.replaceAll("<aws.scheduler.schedule-arn>", schedule.arn)
    .replaceAll("<aws.scheduler.scheduled-time>", scheduledTime)
    .replaceAll("<aws.scheduler.execution-id>", executionId)
    .replaceAll("<aws.scheduler.attempt-number>", "1");
}

const notFound = (message: string): AwsServiceError =>
  new AwsServiceError("ResourceNotFoundException", message, 404);
const conflict = (message: string): AwsServiceError =>
  new AwsServiceError("ConflictException", message, 409);
const invalid = (message: string): AwsServiceError =>
  new AwsServiceError("ValidationException", message);
