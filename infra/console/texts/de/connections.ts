import type { Texts } from "../texts";

/** Von Verbindungen. */
export const connections: Texts["connections"] = {
  title: "Verbindungen",
  description: "Jede führt zu einem Konto in Klaviyo.",
  create: "Verbindung anlegen",
  mayNotCreate: (role) => `Nur Administratoren fügen Verbindungen hinzu; Ihre Rolle ist ${role}.`,
  none: "Noch keine Verbindungen",
  noneHint: "Ohne Verbindung lässt sich nichts exportieren. Administratoren legen sie an.",
  columns: {
    name: "Name",
    state: "Zustand",
    account: "Konto",
    sharing: "Darf verwendet werden von",
    lastUsedAt: "Zuletzt von einem Lauf verwendet",
  },
  states: {
    working: "Funktioniert",
    neverUsed: "Funktioniert, noch nicht verwendet",
    keyRefused: "Schlüssel abgelehnt",
    signInEnded: "Anmeldung beendet",
    scopesMissing: "Rechte fehlen",
    secretUnreachable: "Schlüssel nicht lesbar",
    otherAccount: "Anderes Konto",
  },
  sharing: {
    administrators: "Administratoren",
    administratorsAndContributors: "Administratoren und Mitwirkenden",
  },
  keySources: {
    typed: "API-Schlüssel",
    ownSecret: "Ein eigenes Geheimnis",
    signIn: "Anmeldung bei Klaviyo",
  },
  overview: "Überblick",
  checked: "Geprüft",
  profileLimit: "Höchstens Mitglieder eines Laufs",
  retires: "Klaviyo stellt die API-Fassung ein am",
  scopes: "Rechte",
  consent: "Einwilligung",
  verify: "Jetzt prüfen",
  replaceKey: "Schlüssel ersetzen",
  wayIn: {
    label: "Zugang",
    apiKey: "API-Schlüssel",
    apiKeyHint:
      "Ein privater Schlüssel des Kontos. Er liegt in AWS Secrets Manager und wird nie angezeigt.",
    signIn: "Bei Klaviyo anmelden",
    signInHint: "Klaviyo fragt Sie, welches Konto verwendet werden darf, und wofür.",
    key: "Privater API-Schlüssel",
  },
  goToKlaviyo: "Zu Klaviyo",
  nameMissing: "Geben Sie der Verbindung einen Namen.",
  keyMissing: "Geben Sie den privaten Schlüssel des Kontos ein. Er beginnt mit pk_.",
  agreeMissing: "Eine Verbindung braucht Ihre Einwilligung.",
  signInTitle: "Anmeldung bei Klaviyo",
  finishing: "Die Anmeldung wird abgeschlossen",
  notFinishedTitle: "Die Anmeldung ist nicht abgeschlossen",
  notBegunHere:
    "Sie wurde nicht in diesem Tab begonnen oder ist schon erledigt. Beginnen Sie sie bei der Verbindung neu.",
  backToExport: "Zurück zum Export",
  refusedThere:
    "Klaviyo meldet, dass sie dort abgelehnt wurde. Beginnen Sie sie bei der Verbindung neu.",
  created: (name) => `${name} ist angelegt und funktioniert.`,
  replaced: (name) => `${name} hat den neuen Schlüssel.`,
  signedIn: (name) => `${name} ist bei Klaviyo angemeldet.`,
};
