import { Option, type Command } from "commander";
import * as z from "zod";
import { check } from "../../../../shared/contract/faults";
import {
  recurrenceSchema,
  weekdays,
  type Recurrence,
} from "../../../../shared/domain/schedules/recurrence";
import { usageFailure } from "../../failure";
import { severalOrCommas } from "./option-values";

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
