import { pluralIn } from "../../plural";
import type { Texts } from "../../texts";

const plural = pluralIn("de");

/** Zum Bericht der Zurückweisungen eines Laufs. */
export const rejections: Texts["rejections"] = {
  title: (name) => `Zurückweisungen von ${name}`,
  description: "Zeilen, die nicht auf die Liste kamen, und warum.",
  back: "Lauf",
  download: "CSV herunterladen",
  downloadDropped: "Ausgelassene Werte herunterladen",
  downloadReady: "Die Links gelten 15 Minuten.",
  counts: {
    title: "Nach Code",
    rows: (count) => plural(count, { one: "# Zeile", other: "# Zeilen" }),
    incomplete:
      "Der Bericht ist lang: mehr als 50.000 Zeilen oder 500 Codes; der Rest ist hier nicht gezählt.",
    all: "Alle",
  },
  columns: {
    segment: "Segment",
    file: "Datei",
    row: "Zeile",
    email: "Mailadresse",
    category: "Kategorie",
    refusedBy: "Abgelehnt von",
    code: "Code",
    text: "Grund",
  },
  refusedBy: { export: "diesem Export", klaviyo: "Klaviyo" },
  category: {
    blank: "Leer",
    invalid: "Ungültig",
    duplicate: "Doppelt",
    unsent: "Nicht gesendet",
    unremoved: "Nicht entfernt",
    refused: "Abgelehnt",
  },
  rows: "Zeilen",
  anyCategory: "Jede Kategorie",
  anySegment: "Jedes Segment",
  find: "Auf dieser Seite finden",
  last: "Hier endet der Bericht.",
  searchOn: "Bisher nichts gefunden. Der Bericht geht weiter: sehen Sie im nächsten Teil nach.",
  none: "Keine Zurückweisungen",
  noneHint: "Jede Zeile dieses Laufs kam auf die Liste.",
  expiredTitle: "Dieser Bericht ist abgelaufen",
  expired:
    "Berichte enthalten personenbezogene Daten und werden nur eine Zeit lang aufbewahrt. Ein neuer Lauf schreibt einen neuen.",
  notAvailableTitle: "Es gibt keinen Bericht",
  notAvailable: "Der Lauf ist im Gang, oder er endete, bevor er seine Zeilen gelesen hatte.",
  mayNotTitle: "Zurückweisungen sind personenbezogene Daten",
  mayNot: (role) =>
    `Ihre Rolle ist ${role}. Sehen dürfen sie Administratoren, und Mitwirkende auf Verbindungen, die für sie freigegeben sind.`,
};
