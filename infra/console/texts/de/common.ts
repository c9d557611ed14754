import type { Texts } from "../texts";

/** Was auf vielen Seiten steht. */
export const common: Texts["common"] = {
  product: "Klaviyo-Segmentexport",
  language: "Deutsch",
  actions: {
    add: "Hinzufügen",
    cancel: "Abbrechen",
    clearFilters: "Filter löschen",
    close: "Schließen",
    copied: "Kopiert",
    copy: "Kopieren",
    delete: "Löschen",
    edit: "Bearbeiten",
    refresh: "Aktualisieren",
    reload: "Neu laden",
    retry: "Noch einmal versuchen",
    save: "Speichern",
    signIn: "Anmelden",
    signOut: "Abmelden",
    view: "Ansehen",
  },
  pages: { first: "Erste Seite", next: "Nächste Seite" },
  states: {
    loading: "Wird geladen",
    saving: "Wird gespeichert",
    none: "Keine",
    never: "Nie",
    unknown: "Unbekannt",
    noneMatch: "Nichts passt",
    noneMatchHint: "Kein Eintrag entspricht den Filtern.",
    lastData: (time) => `Was Sie sehen, wurde ${time} gelesen.`,
  },
  failures: {
    offlineTitle: "Die API ist nicht erreichbar",
    offline: "Prüfen Sie Ihre Verbindung. Es wird von selbst weiter versucht.",
    foreignTitle: "Die API hat nicht richtig geantwortet",
    foreign:
      "Etwas zwischen Ihnen und der API hat an ihrer Stelle geantwortet. Versuchen Sie es in einer Minute noch einmal.",
    throttledTitle: "Zu viele Anfragen",
    throttled:
      "Die API nimmt nur eine bestimmte Zahl von Anfragen pro Sekunde an. Warten Sie zehn Sekunden und versuchen Sie es dann noch einmal.",
    forbiddenTitle: "Das dürfen Sie nicht",
    forbidden: (role) =>
      `Ihre Rolle ist ${role}. Fragen Sie eine Administratorin oder einen Administrator.`,
    notFoundTitle: "Das gibt es hier nicht",
    notFound: "Es wurde gelöscht, oder die Adresse stimmt nicht.",
    conflictTitle: "Das geht gerade nicht",
    staleTitle: "Jemand anderes war schneller",
    stale:
      "Was Sie geändert haben, wurde inzwischen von jemand anderem geändert. Laden Sie es neu und sehen Sie sich den Unterschied an.",
    problemTitle: "Das hat nicht geklappt",
    unexpectedTitle: "Die Konsole hat einen Fehler gemacht",
    unexpected:
      "Laden Sie die Seite neu. Wenn es wieder geschieht, sagen Sie Ihrer Administration, was Sie getan haben.",
    code: "Code",
    request: "Anfrage",
  },
  culprits: {
    user: "Das können Sie beheben",
    external: "Das liegt an Klaviyo oder am Netz",
    system: "Das liegt bei den Betreibern dieses Systems",
  },
  commandLine: "Kommandozeile",
  commandLineHint: "Dasselbe im Terminal",
  personalData: "Personenbezogene Daten",
  personalDataHint: "Von echten Menschen. Das Audit-Log hält fest, dass sie Ihnen gezeigt wurden.",
  roles: { Administrator: "Administrator", Contributor: "Mitwirkender", Viewer: "Betrachter" },
};
