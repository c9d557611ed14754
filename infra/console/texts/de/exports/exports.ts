import { pluralIn } from "../../plural";
import type { Texts } from "../../texts";

const plural = pluralIn("de");

/** Von der Liste der Exporte. */
export const exports: Texts["exports"] = {
  title: "Exporte",
  description: "Jeder bringt Segmente auf eine Liste in Klaviyo.",
  create: "Export anlegen",
  mayNotCreate: (role) =>
    `Nur Administratoren und Mitwirkende legen Exporte an; Ihre Rolle ist ${role}.`,
  filter: "Exporte nach Namen finden",
  select: "Exporte wählen",
  selectAll: "Alle auf dieser Seite wählen",
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
    schedule: "Zeitplan …",
    edit: "Bearbeiten",
    duplicate: "Duplizieren",
    delete: "Löschen …",
  },
  runAll: {
    label: "Alle starten …",
    title: "Alle Exporte starten?",
    text: (count) =>
      `${plural(count, { one: "# Export startet", other: "# Exporte starten" })}: alle mit einem Zeitplan, die Sie starten dürfen. Was nur auf Abruf läuft, bleibt aus, und was gerade läuft, bekommt keinen weiteren Lauf.`,
    none: "Kein Export hat einen Zeitplan, der an ist.",
    confirm: "Alle starten",
    started: (count) =>
      plural(count, { one: "# Lauf wurde gestartet.", other: "# Läufe wurden gestartet." }),
  },
  scheduleMany: {
    title: (count) =>
      plural(count, { one: "Zeitplan von # Export", other: "Zeitpläne von # Exporten" }),
    change: "Was sich ändern soll",
    changes: {
      switchOn: "Zeitpläne einschalten, mit den Zeiten von vorher",
      switchOff: "Zeitpläne ausschalten: nur noch auf Abruf",
      system: "Mit der Systemaktualisierung starten",
      onRefresh: "Jeden starten, wenn seine Segmente aktualisiert wurden",
      own: "Eigene Zeiten geben",
    },
    confirm: "Zeitpläne setzen",
    done: (count) =>
      plural(count, {
        one: "Der Zeitplan von # Export ist gesetzt.",
        other: "Die Zeitpläne von # Exporten sind gesetzt.",
      }),
  },
  deleteTitle: (name) => `${name} löschen?`,
  deleteText:
    "Der Export und sein Zeitplan verschwinden. Die Liste in Klaviyo und alle darauf bleiben. Seine Läufe lassen sich weiter nachschlagen.",
  deleted: (name) => `${name} ist gelöscht.`,
};
