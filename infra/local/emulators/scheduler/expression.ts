import { Cron } from "croner";
import { AwsServiceError } from "../aws-error";
import { instantOf, isSecondPass, wallClockAt } from "./wall-clock";

/** When a schedule is due, without regard to its start, end and state. */
export interface Expression {
  /** The first moment after `instant` (milliseconds), or undefined when there is none. */
  next(instant: number): number | undefined;
}

const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * Reads `at(…)`, `rate(…)` or `cron(…)` as EventBridge Scheduler does (user guide, "Schedule
 * types").
 *
 * @param origin where a rate is counted from: the start date, or when the schedule was made.
 * @throws ValidationException when the expression or the time zone is not valid.
 */
export function parseExpression(text: string, timeZone: string, origin: number): Expression {
  try {
    wallClockAt(0, timeZone);
  } catch {
    throw new AwsServiceError("ValidationException", `Invalid Timezone ${timeZone}.`);
  }
  const parts = /^(at|rate|cron)\((.*)\)$/.exec(text);
  const [, kind, content = ""] = parts ?? [];
  const expression =
    kind === "at"
      ? parseAt(content, timeZone)
      : kind === "rate"
        ? parseRate(content, origin)
        : kind === "cron"
          ? parseCron(content, timeZone)
          : undefined;
  if (expression !== undefined) return expression;
  throw new AwsServiceError("ValidationException", `Invalid Schedule Expression ${text}.`);
}

function parseAt(content: string, timeZone: string): Expression | undefined {
  const fields = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(content);
  if (fields === null || Number.isNaN(Date.parse(`${content}Z`))) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(1)
    .map(Number);
  const due = instantOf({ year, month, day, hour, minute, second }, timeZone);
  return { next: (instant) => (due > instant ? due : undefined) };
}

function parseRate(content: string, origin: number): Expression | undefined {
  const fields = /^([1-9]\d*) (minute|hour|day)s?$/.exec(content);
  const [, count, unit] = fields ?? [];
  if (unit !== "minute" && unit !== "hour" && unit !== "day") return undefined;
  const interval = Number(count) * unitMilliseconds[unit];
  return {
    next: (instant) =>
      instant < origin
        ? origin
        : origin + (Math.floor((instant - origin) / interval) + 1) * interval,
  };
}

function parseCron(content: string, timeZone: string): Expression | undefined {
  const fields = content.trim().split(/\s+/);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  // Exactly one of the two names the day, the other one says "?" (same guide, cron-based).
  if (fields.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  const cron = newCron(["0", ...fields.map((field) => (field === "?" ? "*" : field))].join(" "), {
    timezone: timeZone,
  });
  if (cron === undefined) return undefined;
  return {
    next: (instant) => {
      let due = cron.nextRun(new Date(instant));
      // The library moves a time that summer time leaves out behind the gap, and runs some twice
      // when it ends. Scheduler skips the one and runs the other once (same guide, "Daylight
      // savings time").
      while (due !== null) {
        if (cron.match(due) && !isSecondPass(due.getTime(), timeZone)) return due.getTime();
        due = cron.nextRun(due);
      }
      return undefined;
    },
  };
}

function newCron(pattern: string, options: { readonly timezone: string }): Cron | undefined {
  try {
    return new Cron(pattern, {
      ...options,
      mode: "7-part",
      paused: true,
      // Weekdays are 1 (Sunday) to 7 there, and steps may be written 0/10.
      alternativeWeekdays: true,
      sloppyRanges: true,
    });
  } catch {
    return undefined;
  }
}
