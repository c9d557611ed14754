import type { Texts } from "../texts";

/** Zur Systemauffrischung. */
export const systemRefresh: Texts["systemRefresh"] = {
  title: "Systemauffrischung",
  description: "Wann alle Exporte laufen, die keinen eigenen Zeitplan haben.",
  active: "Eingeschaltet",
  activeHint: "Ist sie aus, laufen Exporte, die ihr folgen, nur auf Wunsch.",
  on: "Ein",
  off: "Aus",
  when: "Wann sie läuft",
  modes: {
    recurrence: "Zu diesen Zeiten",
    onRefresh: "Wenn die Segmente eines Exports aufgefrischt sind",
  },
  next: "Nächste Läufe",
  yours: "Ihre Zeit",
  zones: (zone) => `Zeit in ${zone}`,
  nextNone: "Sie ist aus: nichts läuft von selbst.",
  nextOnRefresh: "Jeder Export läuft, wenn alle seine Segmente aufgefrischt sind.",
  daylightSaving: (zone) =>
    `Gemeint ist die Uhr in ${zone}. Beginnt die Sommerzeit, entfällt eine Zeit, die es an diesem Tag nicht gibt. Endet sie, läuft eine Zeit, die zweimal kommt, einmal.`,
  changed: (time, by) => `Geändert ${time} von ${by}`,
  neverChanged: "Noch hat sie niemand eingestellt.",
  saved: "Gespeichert",
  onlyAdministrators: "Ändern können das Administratoren.",
  reload: "Neu laden",
  recurrence: {
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
  },
};
