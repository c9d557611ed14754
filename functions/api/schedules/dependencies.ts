import type {
  Calendar,
  ConnectionStore,
  ExportStore,
  SettingsStore,
  Timetable,
} from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
export interface SchedulesApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "list" | "setSchedule" | "listMended">;
  readonly settings: SettingsStore;
  readonly timetable: Timetable;
  readonly calendar: Calendar;
}
