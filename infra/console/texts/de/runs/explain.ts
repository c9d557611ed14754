import { pluralIn } from "../../plural";
import type { Texts } from "../../texts";

const plural = pluralIn("de");

/** Zum Nachschlagen einer Person. */
export const explain: Texts["explain"] = {
  title: (name) => `Warum ist diese Person auf der Liste von ${name}, oder nicht?`,
  description: "Sucht in den Segmenten und den letzten Läufen und fragt Klaviyo.",
  email: "Mailadresse",
  emailHint:
    "Sie steht in keiner Adresse und keinem Log; das Audit-Log hält fest, dass jemand nachgeschlagen wurde.",
  emailMissing: "Geben Sie eine Mailadresse ein.",
  look: "Nachschlagen",
  looking: "Es wird in den Segmenten gesucht und Klaviyo gefragt",
  onList: "Auf der Liste",
  notOnList: "Nicht auf der Liste",
  unknown: "Klaviyo konnte nicht gefragt werden",
  rows: "Zeilen in den Segmenten",
  rowsNone: "Keine Zeile der Segmente hat diese Adresse.",
  rowsMore: (count) =>
    plural(count, { one: "# weitere Zeile hat sie", other: "# weitere Zeilen haben sie" }),
  blankRows: (count) =>
    plural(count, {
      one: "# Zeile hat gar keine Adresse; zu wem sie gehört, ist nicht bekannt.",
      other: "# Zeilen haben gar keine Adresse; zu wem sie gehören, ist nicht bekannt.",
    }),
  columns: { segment: "Segment", file: "Datei", row: "Zeile", verdict: "Urteil" },
  verdicts: {
    used: "Verwendet: gewann",
    duplicate: "Doppelt: verlor",
    invalid: "Ungültige Adresse",
  },
  profile: "Was gesendet wird",
  profileHint: "Genau so, wie Klaviyo es bekommt.",
  profileNone: "Von dieser Person wird nichts gesendet.",
  tooLarge: "Das Profil ist größer, als Klaviyo es annimmt.",
  attribute: "Attribut",
  value: "Wert",
  leftOut: "Ausgelassene Werte",
  leftOutNone: "Kein Wert wird ausgelassen.",
  reason: "Grund",
  field: "Feld",
  runs: "Was die letzten Läufe daraus machten",
  runsNone: "Der Export ist noch nicht gelaufen.",
  run: "Lauf",
  status: "Stand",
  runVerdict: "Urteil",
  runVerdicts: {
    notMember: "Keine Zeile hatte die Adresse",
    invalid: "Die Adresse war ungültig",
    unchanged: "Unverändert: Klaviyo hatte sie schon",
    new: "Neu: importiert",
    changed: "Geändert: importiert",
    underWay: "Im Gang",
    notConfirmed: "Von Klaviyo nicht bestätigt oder nicht gesendet",
    leftAlone: "Verließ die Segmente und bleibt auf der Liste",
    removed: "Von der Liste genommen",
    removalUnconfirmed: "Entfernen nicht bestätigt",
    heldBack: "Ging; der Lauf wurde am Entfernen gehindert",
    expired: "Was der Lauf bereitlegte, ist nicht mehr da",
    notSearched: "Die Zeit reichte nicht, um nachzusehen",
    refused: "Abgelehnt",
    notRun: "Endete, bevor er die Zeilen gelesen hatte",
  },
  snapshotTitle: "Schnappschuss",
  snapshot: {
    holds: "Klaviyo hat sie für diesen Export bestätigt.",
    holdsNot: "Klaviyo hat sie für diesen Export nicht bestätigt.",
    none: "Dieser Export hat noch keinen Schnappschuss.",
    unknown: "Der Schnappschuss konnte nicht gelesen werden.",
  },
  klaviyo: "Was Klaviyo sagt",
  consent: "Einwilligung in Mails",
  suppressions: "Gesperrt",
  inList: "Auf der Liste",
  noProfile: "Das Konto hat kein Profil mit dieser Adresse.",
  yes: "Ja",
  no: "Nein",
  mayNotTitle: "Hier stehen personenbezogene Daten",
  mayNot: (role) =>
    `Ihre Rolle ist ${role}. Nachschlagen dürfen Administratoren, und Mitwirkende auf Verbindungen, die für sie freigegeben sind.`,
};
