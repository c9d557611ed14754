import type { Texts } from "../../texts";
import { pluralIn } from "../../plural";

const plural = pluralIn("de");

/** Zu Läufen: ihr Stand, ihre Schritte und Zahlen. */
export const runs: Texts["runs"] = {
  title: "Läufe",
  description: "Von allen Exporten, die neuesten zuerst.",
  status: {
    queued: "Wartet",
    running: "Läuft",
    successful: "Erfolgreich",
    completedWithWarnings: "Mit Warnungen beendet",
    failed: "Fehlgeschlagen",
    skipped: "Übersprungen",
    canceled: "Abgebrochen",
  },
  phase: {
    preparing: "Vorbereiten",
    pushing: "Senden",
    confirming: "Bestätigen",
    removing: "Entfernen",
    subscribing: "Abonnieren",
  },
  trigger: { onDemand: "Auf Wunsch", scheduled: "Nach Plan" },
  mode: { incremental: "Änderungen", full: "Alles" },
  numbers: {
    rows: "Zeilen",
    blank: "Leer",
    invalid: "Ungültig",
    duplicates: "Doppelt",
    members: "Mitglieder",
    unchanged: "Unverändert",
    imported: "Importiert",
    refused: "Abgelehnt",
    unsent: "Nicht gesendet",
    open: "Noch offen",
  },
  account: {
    label: "Abrechnung",
    adds: "Die Zahlen gehen auf.",
    addsNot: "Die Zahlen gehen nicht auf. Sagen Sie es den Betreibern dieses Systems.",
    none: "Noch nichts gezählt",
  },
  columns: {
    run: "Angefordert",
    export: "Export",
    status: "Stand",
    trigger: "Auslöser",
    mode: "Art",
    duration: "Dauer",
    members: "Mitglieder",
    imported: "Importiert",
    rejected: "Zurückgewiesen",
    account: "Abrechnung",
  },
  count: (count) => plural(count, { one: "# Lauf", other: "# Läufe" }),
  none: "Noch keine Läufe",
  noneHint: "Ein Lauf erscheint hier, wenn ein Export läuft, nach Plan oder auf Wunsch.",
  filter: "Läufe finden",
};
