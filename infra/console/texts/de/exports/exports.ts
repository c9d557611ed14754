import type { Texts } from "../../texts";

/** Von der Liste der Exporte. */
export const exports: Texts["exports"] = {
  title: "Exporte",
  description: "Jeder bringt Segmente auf eine Liste in Klaviyo.",
  create: "Export anlegen",
  filter: "Exporte nach Namen finden",
  anyStatus: "Jeder",
  preferences: "Spalten",
  select: "Einen Export wählen",
  selectOne: (name) => `${name} wählen`,
  none: "Noch keine Exporte",
  noneHint: "Ein Export bringt Personen aus Segmenten auf eine Liste in Klaviyo.",
  detached: "Getrennt",
  columns: {
    name: "Export",
    segments: "Segmente",
    connection: "Verbindung",
    list: "Liste",
    lastRun: "Letzter Lauf",
    status: "Status",
    nextRun: "Nächster Lauf",
    schedule: "Läuft",
    syncMode: "Wer das Segment verlässt",
    updated: "Geändert",
  },
  scheduleModes: {
    system: "Mit der Systemaktualisierung",
    onRefresh: "Mit jeder Aktualisierung seiner Segmente",
    own: "Nach eigenem Zeitplan",
    off: "Nur auf Abruf",
  },
  syncModes: { upsert: "Bleibt auf der Liste", mirror: "Verlässt die Liste" },
  actions: {
    label: "Aktionen",
    run: "Starten …",
    edit: "Bearbeiten",
    duplicate: "Duplizieren",
    delete: "Löschen …",
  },
  deleteTitle: (name) => `${name} löschen?`,
  deleteText:
    "Der Export und sein Zeitplan verschwinden. Die Liste in Klaviyo und alle darauf bleiben. Seine Läufe lassen sich weiter nachschlagen.",
  deleted: (name) => `${name} ist gelöscht.`,
};
