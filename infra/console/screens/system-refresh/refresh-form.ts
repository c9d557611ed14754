import {
  systemScheduleSettingsSchema,
  type SystemScheduleSettings,
} from "../../../../shared/domain/schedules/schedule";
import type { RecurrenceFaults, TypedRecurrence } from "../../parts/recurrence/typed-recurrence";

/** The system refresh as somebody is changing it. */
export interface RefreshForm {
  readonly active: boolean;
  readonly mode: "recurrence" | "onRefresh";
  readonly recurrence: TypedRecurrence;
  /** Kept as it was: it is set by the command line. */
  readonly overdueAfterHours: number | undefined;
}

/** The settings as a form. @param timeZone that of the viewer, where there is none yet */
export function formOf(
  { active, recurrence, onRefresh }: SystemScheduleSettings,
  timeZone: string,
): RefreshForm {
  return {
    active,
    mode: onRefresh === undefined ? "recurrence" : "onRefresh",
    recurrence: {
      frequency: recurrence?.frequency ?? "daily",
      days: recurrence?.frequency === "weekly" ? recurrence.days : [],
      times: recurrence?.times ?? ["06:00"],
      timeZone: recurrence?.timeZone ?? timeZone,
    },
    overdueAfterHours: onRefresh?.overdueAfterHours,
  };
}

type Checked =
  | { readonly kind: "good"; readonly settings: SystemScheduleSettings }
  | { readonly kind: "faulty"; readonly faults: Readonly<Record<keyof RecurrenceFaults, boolean>> };

/** What is sent of a form; the times are kept while the refresh does not go by them, if they are times. */
export function settingsOf({ active, mode, recurrence, overdueAfterHours }: RefreshForm): Checked {
  const { frequency, days, times, timeZone } = recurrence;
  const typed =
    frequency === "daily" ? { frequency, times, timeZone } : { frequency, days, times, timeZone };
  const onRefresh = overdueAfterHours === undefined ? {} : { overdueAfterHours };
  const whole = systemScheduleSettingsSchema.safeParse(
    mode === "onRefresh" ? { active, recurrence: typed, onRefresh } : { active, recurrence: typed },
  );
  if (whole.success) {
    return { kind: "good", settings: whole.data };
  }
  if (mode === "onRefresh") {
    return { kind: "good", settings: { active, onRefresh } };
  }
  const at = (field: string) => whole.error.issues.some(({ path }) => path.includes(field));
  return {
    kind: "faulty",
    faults: { days: at("days"), times: at("times"), timeZone: at("timeZone") },
  };
}
