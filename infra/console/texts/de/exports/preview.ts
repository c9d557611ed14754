import type { Texts } from "../../texts";
import { pluralIn } from "../../plural";

const plural = pluralIn("de");

/** Zu einer Vorschau: was ein Lauf jetzt täte. */
export const preview: Texts["preview"] = {
  title: (name) => `Vorschau von ${name}`,
  description: "Was ein Lauf jetzt täte. Nichts wird gesendet.",
  running: "Die Segmente werden gelesen und verglichen",
  runningHint: "Große Segmente dauern einige Minuten. Sie können diese Seite verlassen.",
  failed: "Ein Lauf würde enden, ohne etwas zu senden",
  goes: "Nichts würde diesen Lauf aufhalten.",
  stops: "Dieser Lauf würde angehalten, bevor etwas gesendet wird",
  expires: "Eine Vorschau enthält personenbezogene Daten. Sie wird eine Stunde aufbewahrt.",
  actions: {
    start: "Lauf starten",
    full: "Vollen Lauf starten",
    again: "Neue Vorschau",
    previewFull: "Vorschau des vollen Laufs",
    export: "Export",
  },
  startHint: "Sendet, was neu und geändert ist",
  fullHint: "Sendet auch unveränderte Mitglieder",
  numbers: {
    title: "Was geschehen würde",
    new: { name: "Neu", meaning: "kommen auf die Liste" },
    changed: { name: "Geändert", meaning: "auf der Liste, neu gesendet" },
    unchanged: { name: "Unverändert", meaning: "wie von Klaviyo bestätigt, nicht gesendet" },
    tooLarge: { name: "Zu groß", meaning: "größer, als Klaviyo annimmt, nicht gesendet" },
    leaving: { name: "Abgänge", meaning: "verlassen die Liste" },
  },
  account: {
    title: "Zeilen",
    sentence: (rows, blank, invalid, duplicates, members) =>
      `${rows} Zeilen − ${blank} leere − ${invalid} ungültige − ${duplicates} doppelte = ${members} Mitglieder`,
  },
  estimate: {
    title: "Aufrufe an Klaviyo",
    calls: (count) => plural(count, { one: "# Aufruf", other: "# Aufrufe" }),
    seconds: (duration) => `Mindestens ${duration}, nach Klaviyos Grenzen`,
    atOnce: "Klaviyos Grenzen lassen alle auf einmal zu",
    parts: {
      importJobs: "Importaufträge",
      statusPolls: "Statusabfragen",
      lookups: "Nachfragen",
      removals: "Entfernungen",
      subscriptions: "Abonnements",
    },
  },
  profiles: {
    title: "Die ersten Profile, wie sie gesendet werden",
    none: "Kein Profil würde gesendet.",
    one: (number) => `Profil ${number}`,
  },
  changes: {
    title: "Was sich an Profilen auf der Liste ändert",
    email: "E-Mail",
    attribute: "Klaviyo-Feld",
    before: "Jetzt in Klaviyo",
    after: "So wird es gesendet",
  },
  leavers: {
    title: "Wer von der Liste genommen würde",
    some: (shown, all) => `Die ersten ${shown} von ${all}`,
  },
  rejections: {
    title: "Die ersten ausgesonderten Zeilen",
    segment: "Segment",
    file: "Datei",
    row: "Zeile",
    email: "E-Mail",
    reason: "Grund",
  },
  readings: {
    title: "Wie Felder gelesen werden",
    decimal: { ".": "Dezimalpunkt", ",": "Dezimalkomma" },
    dateOrder: { dayFirst: "Tag vor Monat", monthFirst: "Monat vor Tag" },
    countryCode: (code) => `Telefonnummern mit ${code} als +${code}…`,
    empty: (words) => `${words} als leer`,
    unclear: { decimal: "Dezimalzeichen unklar", format: "Reihenfolge von Tag und Monat unklar" },
  },
  warnings: "Warnungen",
};
