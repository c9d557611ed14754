import type { Texts } from "../texts";

/** Von Segmenten. */
export const segments: Texts["segments"] = {
  title: "Segmente",
  description: "Gruppen von Personen, aus allen Quellen.",
  filter: "Segmente nach Namen finden",
  trend: "Zeilen in den letzten Aktualisierungen: Mitglieder blau, andere grau",
  none: "Noch keine Segmente",
  noneHint:
    "Ein Segment erscheint, wenn seine Dateien in den Segment-Bucket gelegt werden oder wenn eine Quelle hinzukommt.",
  columns: {
    name: "Segment",
    refreshedAt: "Aktualisiert",
    files: "Dateien",
    bytes: "Größe",
    source: "Quelle",
  },
  overview: "Überblick",
  rows: "Zeilen",
  members: "Mitglieder",
  emailField: "Gezählt nach",
  fields: "Felder",
  field: "Feld",
  type: "Art",
  types: {
    text: "Text",
    number: "Zahl",
    boolean: "Ja oder nein",
    date: "Datum",
    list: "Liste",
    object: "Objekt",
  },
  refreshes: "Letzte Aktualisierungen",
  refreshesHint: "Bis zu zehn, die sich jemand angesehen hat.",
  users: "Exporte, die es verwenden",
  usersNone: "Kein Export, den Sie sehen dürfen, verwendet dieses Segment.",
  firstRows: "Erste Zeilen",
  showRows: "Anzeigen",
  rowsHidden: "Noch nicht angezeigt.",
  cut: "Lange Zellen oder weitere Felder sind abgeschnitten.",
};
