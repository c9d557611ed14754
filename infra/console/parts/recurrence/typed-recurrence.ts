import type { Weekday } from "../../../../shared/domain/schedules/recurrence";

/** A recurrence as somebody is typing it: it need not be one yet. */
export interface TypedRecurrence {
  readonly frequency: "daily" | "weekly";
  readonly days: readonly Weekday[];
  readonly times: readonly string[];
  readonly timeZone: string;
}

/** Which fields of what was typed are wrong. */
export type RecurrenceFaults = Partial<Readonly<Record<"days" | "times" | "timeZone", boolean>>>;
