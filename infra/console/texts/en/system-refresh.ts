/** Of the system refresh. */
export const systemRefresh = {
  title: "System refresh",
  description: "When every export runs that has no schedule of its own.",
  active: "Active",
  activeHint: "While it is off, exports that follow it run on demand only.",
  on: "On",
  off: "Off",
  when: "When it runs",
  modes: {
    recurrence: "At these times",
    onRefresh: "When an export's segments have been refreshed",
  },
  next: "Next runs",
  yours: "Your time",
  zones: (zone: string) => `Time in ${zone}`,
  nextNone: "It is off: nothing runs by itself.",
  nextOnRefresh: "Each export runs when all of its segments have been refreshed.",
  daylightSaving: (zone: string) =>
    `Times are those of the clock in ${zone}. When daylight saving time begins, a time that does not exist on that day is skipped. When it ends, a time that comes twice runs once.`,
  changed: (time: string, by: string) => `Changed ${time} by ${by}`,
  neverChanged: "Nobody has set it yet.",
  saved: "Saved",
  onlyAdministrators: "Administrators can change this.",
  reload: "Load it again",
};
