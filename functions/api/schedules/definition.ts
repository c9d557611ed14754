import type { ApiDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "api",
  label: "schedules-api",
  description: "Shows and sets when the system refresh and the exports run by themselves",
  memory: 1024,
  needs: [
    "connections",
    {
      need: "exports",
      instead: [{ sid: "ScheduleExports", actions: ["GetItem", "UpdateItem", "Scan"] }],
      because: "It sets the times of one export, or of all.",
    },
    {
      need: "settings",
      instead: [{ sid: "SystemSchedule", actions: ["GetItem", "PutItem"] }],
      because: "It sets when the system refresh is.",
    },
    "timetable",
    "people",
    "audit",
  ],
} as const satisfies ApiDefinition;
