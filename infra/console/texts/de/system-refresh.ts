import type { Texts } from "../texts";

/** Zur Systemaktualisierung. */
export const systemRefresh: Texts["systemRefresh"] = {
  title: "Systemaktualisierung",
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
};
