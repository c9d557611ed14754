/** Of the list of exports. */
export const exports = {
  title: "Exports",
  description: "Each puts segments onto a list in Klaviyo.",
  create: "Create export",
  filter: "Find exports by name",
  anyStatus: "Any",
  preferences: "Columns",
  select: "Choose an export",
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
    edit: "Edit",
    duplicate: "Duplicate",
    delete: "Delete …",
  },
  /** @param name the export's */
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteText:
    "The export and its schedule go. The list in Klaviyo and everybody on it stay. Its runs can still be looked up.",
  /** @param name the export's */
  deleted: (name: string) => `${name} is deleted.`,
};
