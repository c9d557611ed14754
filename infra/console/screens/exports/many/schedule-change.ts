import { exportScheduleSchema } from "../../../../../shared/domain/schedules/schedule";
import type { RequestOf } from "../../../../client/operations";
import type { TypedRecurrence } from "../../../parts/recurrence/typed-recurrence";

/** What may be done with the schedules of several exports. */
export const scheduleChanges = ["switchOn", "switchOff", "system", "onRefresh", "own"] as const;
export type ScheduleChange = (typeof scheduleChanges)[number];

type Body = RequestOf<"scheduleExports">["body"];
type Checked =
  | { readonly kind: "good"; readonly body: Body }
  | {
      readonly kind: "faulty";
      readonly faults: Readonly<Record<"days" | "times" | "timeZone", boolean>>;
    };

/** What is sent to change the schedules of these exports, or which of the typed fields is at fault. */
export function bodyOf(
  exportIds: readonly string[],
  change: ScheduleChange,
  { frequency, days, times, timeZone }: TypedRecurrence,
): Checked {
  const ids = [...exportIds];
  switch (change) {
    case "switchOn":
    case "switchOff":
      return { kind: "good", body: { exportIds: ids, change } };
    case "system":
    case "onRefresh":
      return {
        kind: "good",
        body: { exportIds: ids, change: "replace", schedule: { mode: change } },
      };
    case "own": {
      const recurrence =
        frequency === "daily"
          ? { frequency, times, timeZone }
          : { frequency, days, times, timeZone };
      const schedule = exportScheduleSchema.safeParse({ mode: "own", recurrence });
      if (schedule.success) {
        return {
          kind: "good",
          body: { exportIds: ids, change: "replace", schedule: schedule.data },
        };
      }
      const at = (field: string) => schedule.error.issues.some(({ path }) => path.includes(field));
      return {
        kind: "faulty",
        faults: { days: at("days"), times: at("times"), timeZone: at("timeZone") },
      };
    }
  }
}
