import { Option, type Command } from "commander";
import * as z from "zod";
import { check } from "../../../../shared/contract/faults";
import {
  recurrenceSchema,
  weekdays,
  type Recurrence,
} from "../../../../shared/domain/schedules/recurrence";
import { usageFailure } from "../../failure";
import { severalOrCommas, wholeNumber } from "./option-values";

export const recurrenceOptionsSchema = z.object({
  days: z.array(z.string()).optional(),
  times: z.array(z.string()).optional(),
  timeZone: z.string().optional(),
});
export type RecurrenceOptions = z.infer<typeof recurrenceOptionsSchema>;

export function addRecurrenceOptions(command: Command): Command {
  return command
    .option("--times <HH:MM,…>", "up to four times a day", severalOrCommas)
    .addOption(
      new Option(
        "--days <day,…>",
        `only on these days: ${weekdays.join(", ")} (every day unless given)`,
      ).argParser(severalOrCommas),
    )
    .option(
      "--time-zone <name>",
      `time zone of the times, such as Europe/Berlin (this machine's unless given)`,
    );
}

export const onRefreshOptionsSchema = z.object({
  onRefresh: z.boolean().optional(),
  overdueAfter: z.number().optional(),
});

export function onRefreshOption(): Option {
  return new Option("--on-refresh", "run when all segments have been refreshed since the last run");
}

export function overdueOption(): Option {
  return new Option(
    "--overdue-after <hours>",
    "with --on-refresh: tell administrators of a segment that was not refreshed for so long",
  ).argParser(wholeNumber);
}

/** Undefined when runs are not to follow refreshes. Throws a usage failure for hours without them. */
export function onRefreshOf({
  onRefresh,
  overdueAfter,
}: z.infer<typeof onRefreshOptionsSchema>): { overdueAfterHours?: number } | undefined {
  if (onRefresh !== true) {
    if (overdueAfter !== undefined) {
      throw usageFailure("--on-refresh is missing: --overdue-after only says more about it.");
    }
    return undefined;
  }
  return overdueAfter === undefined ? {} : { overdueAfterHours: overdueAfter };
}

/** Undefined when no option speaks of times. Throws a usage failure for times that can't be. */
export function recurrenceOf({ days, times, timeZone }: RecurrenceOptions): Recurrence | undefined {
  if (days === undefined && times === undefined && timeZone === undefined) {
    return undefined;
  }
  if (times === undefined) {
    throw usageFailure("--times is missing: --days and --time-zone only say more about it.");
  }
  const checked = check(recurrenceSchema, {
    ...(days === undefined ? { frequency: "daily" } : { frequency: "weekly", days }),
    times,
    timeZone: timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw usageFailure(`--${path[0] === "timeZone" ? "time-zone" : String(path[0])}: ${text}`);
  }
  return checked.value;
}
