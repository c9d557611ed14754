import type { Role } from "../../../../../shared/domain/access/identity";
import { fixedReasons, type NamedReason } from "../../../../../shared/domain/problems/reasons";
import type { RunStatus } from "../../../../../shared/domain/runs/run";
import type { SegmentLimits } from "../../../../../shared/domain/segments/segment-limits";
import { common } from "../common";
import { runs } from "../runs/runs";
import { dropped } from "./rows";

/** Was der Parameter `reason` sagt, wo er immer dasselbe sagt. */
const reasons: Record<keyof typeof fixedReasons, string> = {
  limitReached: "seine Grenze der Anfragen war erreicht",
  limitUsedUp: "seine Grenze der Anfragen ist ausgeschöpft",
  signInLimitReached: "seine Grenze der Anmeldungen war erreicht",
  noAnswer: "keine Antwort",
  noConnection: "keine Verbindung",
  unexpectedAnswer: "eine Antwort von unerwarteter Form",
  answerWithoutBody: "eine Antwort ohne Inhalt",
  answerWithoutToken: "eine Antwort ohne Token",
  endlessPages: "Seiten ohne Ende",
  wholeListRead: "die ganze Liste muss gelesen werden, was eine Weile dauert",
  namedMissing: "was die Anfrage nennt, gibt es nicht",
  runGoing: "er ist nicht beendet",
  endedUnwritten: "er endete, bevor einer geschrieben war",
  modelCutOff: "sein model.json ist abgeschnitten oder wird gerade geschrieben",
  organisationForbids:
    "eine Richtlinie der AWS-Organisation verbietet der Funktion, zu beweisen, wer sie ist",
  bucketForbids:
    "die Richtlinie des Buckets oder die seines Schlüssels lässt die Funktionen nicht lesen",
  noFilesListed: "es nennt keine Dateien",
  azureTokenForeign:
    "das Speicherkonto nimmt keine Token dieses Mandanten an, oder das Token ist abgelaufen",
  azureKeyUnreadable: "das Token oder der Schlüssel ist nicht lesbar",
  azureKeyWrong: "das Token oder der Schlüssel ist falsch oder abgelaufen",
  azureRoleMissing:
    "die App hat keine Rolle, die sie dort lesen und auflisten lässt, etwa Storage Blob Data Reader, oder die Netzregeln des Kontos lassen sie nicht hinein",
  azureRightMissing:
    "das Token darf dort nicht lesen und auflisten, oder die Netzregeln des Kontos lassen es nicht hinein",
  azureAddressForeign: "das Token gilt für andere Adressen als die der Funktionen",
  azureTokenForOthers: "das Token gilt nicht für Container und Blobs",
  azureTokenNotHttps: "das Token gilt nicht für https",
};

/** Dasselbe, wo es etwas nennt. */
export const named: Record<NamedReason, string> = {
  longerThan: "es ist länger als {bytes} Byte",
  markerMissing: "seine Markierung „{marker}“ ist nicht da",
  markerAlone: "seine Markierung „{marker}“ ist da, aber keine Datei mit Zeilen",
  markerOlder: "seine Markierung „{marker}“ ist älter als einige seiner Dateien",
  stillWriting: "„{writing}“ gehört zu einem Vorgang, der noch schreibt oder abgebrochen ist",
  listedMissing: "„{marker}“ nennt {listed}, was nicht da ist",
  listedUnclear: "{listed} ist nicht eindeutig eine der Dateien des Segments",
  status: "es antwortet {status}",
  entraCode: "es sagt AADSTS{code}",
};

const fixedTexts = new Map<string, string>(Object.entries(fixedReasons));

const whats: Record<keyof SegmentLimits, string> = {
  files: "Dateien",
  bytes: "Byte",
  rows: "Zeilen",
  columns: "Spalten",
};

/** Was gespeichert ist, wie die API es nennt. */
const kinds = {
  connection: "Verbindung",
  export: "Export",
  run: "Lauf",
  chunk: "Teil eines Laufs",
  preview: "Vorschau",
  "audit entry": "Eintrag des Audit-Logs",
  "list's keepers": "Exporte einer Liste",
  setting: "Einstellung",
  source: "Quelle",
  "kept answer": "aufbewahrte Antwort",
};

const roles: Record<Role, string> = common.roles;
const statuses: Record<RunStatus, string> = runs.status;

const fixed = new Map<string, string>(
  Object.entries(reasons).map(([name, text]) => [fixedTexts.get(name) ?? name, text]),
);

/** Werte von Parametern, die selbst Wörter sind, nach dem Namen des Parameters. */
const words: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["kind", new Map(Object.entries(kinds))],
  ["reason", new Map([...Object.entries(dropped), ...fixed])],
  ["refreshedAt", new Map([["never", "nie"]])],
  ["role", new Map(Object.entries(roles))],
  ["status", new Map(Object.entries(statuses))],
  ["what", new Map(Object.entries(whats))],
]);

const numbers = new Intl.NumberFormat("de");
const instants = new Intl.DateTimeFormat("de", { dateStyle: "medium", timeStyle: "short" });
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Schreibt den Wert eines Parameters. */
export function write(name: string, value: string | number): string {
  if (typeof value === "number") {
    return numbers.format(value);
  }
  if (name === "reasons") {
    return value
      .split(", ")
      .map((each) => write("reason", each))
      .join("; oder ");
  }
  return (
    words.get(name)?.get(value) ?? (INSTANT.test(value) ? instants.format(new Date(value)) : value)
  );
}
