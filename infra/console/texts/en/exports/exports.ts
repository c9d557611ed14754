import { pluralIn } from "../../plural";

const plural = pluralIn("en");

/** Of the list of exports. */
export const exports = {
  title: "Exports",
  description: "Each puts segments onto a list in Klaviyo.",
  create: "Create export",
  /** @param role the caller's */
  mayNotCreate: (role: string) =>
    `Only administrators and contributors create exports; your role is ${role}.`,
  filter: "Find exports by name",
  select: "Choose exports",
  selectAll: "Choose all on this page",
  /** @param name the export's */
  selectOne: (name: string) => `Choose ${name}`,
  none: "No exports yet",
  noneHint: "An export takes people from segments to a list in Klaviyo.",
  detached: "Detached",
  columns: {
    name: "Export",
    segments: "Segments",
    connection: "Connection",
    list: "List",
    lastRun: "Last run",
    status: "Status",
    nextRun: "Next run",
    schedule: "Runs",
    syncMode: "People who leave",
    updated: "Changed",
  },
  scheduleModes: {
    system: "With the system refresh",
    onRefresh: "With each refresh of its segments",
    own: "On its own schedule",
    off: "On demand only",
  },
  syncModes: { upsert: "Stay on the list", mirror: "Leave the list" },
  actions: {
    label: "Actions",
    run: "Run …",
    schedule: "Schedule …",
    edit: "Edit",
    duplicate: "Duplicate",
    delete: "Delete …",
  },
  runAll: {
    label: "Run all …",
    title: "Run all exports?",
    /** @param count how many would run */
    text: (count: number) =>
      `${plural(count, { one: "# export starts", other: "# exports start" })}: every one with a schedule that you may run. Those that run on demand only are left out, and one that is running gets no further run.`,
    none: "No export has a schedule that is on.",
    confirm: "Run all",
    /** @param count how many were started */
    started: (count: number) =>
      plural(count, { one: "# run was started.", other: "# runs were started." }),
  },
  scheduleMany: {
    /** @param count how many exports */
    title: (count: number) =>
      plural(count, { one: "Schedule # export", other: "Schedule # exports" }),
    change: "What to change",
    changes: {
      switchOn: "Switch their schedules on, with the times that they had",
      switchOff: "Switch their schedules off: they run on demand only",
      system: "Run them with the system refresh",
      onRefresh: "Run each when its segments have been refreshed",
      own: "Give them times of their own",
    },
    confirm: "Set schedules",
    /** @param count how many exports */
    done: (count: number) =>
      plural(count, {
        one: "The schedule of # export is set.",
        other: "The schedules of # exports are set.",
      }),
  },
  /** @param name the export's */
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteText:
    "The export and its schedule go. The list in Klaviyo and everybody on it stay. Its runs can still be looked up.",
  /** @param name the export's */
  deleted: (name: string) => `${name} is deleted.`,
};
