import type { Texts } from "../texts";

export const recurrence: Texts["recurrence"] = {
  frequency: "Wie oft",
  daily: "Jeden Tag",
  weekly: "An diesen Tagen",
  days: "Tage",
  weekdays: {
    monday: "Montag",
    tuesday: "Dienstag",
    wednesday: "Mittwoch",
    thursday: "Donnerstag",
    friday: "Freitag",
    saturday: "Samstag",
    sunday: "Sonntag",
  },
  times: "Zeiten",
  timesHint: "Bis zu vier, etwa 06:00 bis 23:59.",
  time: (index) => `Zeit ${index}`,
  addTime: "Zeit hinzufügen",
  removeTime: (index) => `Zeit ${index} entfernen`,
  timeZone: "Zeitzone",
  faults: {
    days: "Wählen Sie einen Tag.",
    times: "Schreiben Sie jede Zeit als HH:MM, und keine doppelt.",
    timeZone: "Wählen Sie eine Zeitzone.",
  },
};
