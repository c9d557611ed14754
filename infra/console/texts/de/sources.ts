import type { Texts } from "../texts";

/** Von den Quellen der Segmente. */
export const sources: Texts["sources"] = {
  title: "Quellen",
  description: "Woher Segmente kommen.",
  create: "Quelle hinzufügen",
  mayNotCreate: (role) => `Nur Administratoren fügen Quellen hinzu; Ihre Rolle ist ${role}.`,
  none: "Noch keine Quellen",
  noneHint:
    "Der Segment-Bucket ist immer da; Exportordner von Customer Insights werden hinzugefügt.",
  columns: {
    name: "Name",
    id: "Segmente beginnen mit",
    state: "Zustand",
    segments: "Segmente",
    refreshedAt: "Aktualisiert",
    place: "Ort",
  },
  states: {
    working: "Funktioniert",
    forbidden: "Kein Zugang",
    missing: "Nicht vorhanden",
    unreadable: "Nicht lesbar",
    unavailable: "Nicht erreichbar",
  },
  placeLabel: "Wo model.json liegt",
  places: {
    azure: "In Azures Speicher",
    s3: "In einem S3-Bucket",
    s3Hint:
      "In den es kopiert wird. Die Richtlinie des Buckets muss die Funktionen lesen und auflisten lassen.",
  },
  placeFields: {
    account: "Speicherkonto",
    container: "Container",
    bucket: "Bucket",
    folder: "Ordner mit model.json (darf leer sein)",
  },
  placeFaults: {
    account: "Der Name eines Speicherkontos hat 3 bis 24 Kleinbuchstaben und Ziffern.",
    container:
      "Der Name eines Containers hat 3 bis 63 Kleinbuchstaben, Ziffern und einzelne Bindestriche.",
    bucket: "Das ist kein Name eines Buckets.",
    folder: "Der Pfad eines Ordners hat keinen leeren Schritt, kein . und kein ..",
  },
  credential: {
    label: "Zugang",
    kinds: {
      none: "Die eigenen Rollen der Funktionen",
      federated: "Eine App von Microsoft Entra",
      sasToken: "SAS-Token",
      accountKey: "Kontoschlüssel",
    },
    hints: {
      federated: "Sie vertraut den Rollen der Funktionen, sodass kein Geheimnis gespeichert wird.",
      sasToken: "Des Containers, zum Lesen und Auflisten. Es liegt in AWS Secrets Manager.",
      accountKey: "Er öffnet das ganze Konto. Er liegt in AWS Secrets Manager.",
    },
    tenantId: "Verzeichnis-ID (Mandant)",
    clientId: "Anwendungs-ID (Client)",
    expiresAt: "Endet",
    notGuid: "Sie sieht aus wie 72f988bf-86f1-41af-91ab-2d7cd011db47.",
    notUsable: {
      sasToken:
        "Geben Sie ein SAS-Token ein, das lesen und auflisten lässt. Es enthält sp=rl und sig=.",
      accountKey: "Geben Sie den Schlüssel des Kontos ein, wie ihn das Portal zeigt.",
    },
  },
  nameMissing: "Geben Sie der Quelle einen Namen.",
  overview: "Überblick",
  checked: "Geprüft",
  verify: "Jetzt prüfen",
  replaceCredential: "Zugang ersetzen",
  segment: "Segment",
  fields: "Felder",
  table: "Tabelle",
  reason: "Warum",
  refused: "Nicht exportierbar",
  noTables: "Es wurde keine Tabelle gefunden.",
  deleteText:
    "Ihre Segmente sind dann fort, und ihr Token oder Schlüssel wird gelöscht. Was im Ordner liegt, bleibt. Es wird abgelehnt, solange Exporte ihre Segmente verwenden.",
  deleteTitle: (name) => `${name} entfernen?`,
  deleted: (name) => `${name} ist entfernt.`,
  created: (name, segments) =>
    segments === 1
      ? `${name} ist hinzugefügt, mit 1 Segment.`
      : `${name} ist hinzugefügt, mit ${segments} Segmenten.`,
  replaced: (name) => `${name} hat den neuen Zugang und wurde gelesen.`,
};
