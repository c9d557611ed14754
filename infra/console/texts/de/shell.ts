import type { Texts } from "../texts";

/** Zu dem, was jede Seite umgibt, und zum Anmelden. */
export const shell: Texts["shell"] = {
  skip: "Zum Inhalt springen",
  navigation: {
    label: "Navigation",
    open: "Navigation öffnen",
    close: "Navigation schließen",
    home: "Start",
    exports: "Exporte",
    runs: "Läufe",
    segments: "Segmente",
    connections: "Verbindungen",
    sources: "Quellen",
    systemRefresh: "Systemaktualisierung",
    audit: "Protokoll",
  },
  help: { label: "Hilfe", open: "Hilfe öffnen", close: "Hilfe schließen" },
  notifications: "Meldungen",
  breadcrumbs: "Pfad",
  preferences: {
    label: "Einstellungen",
    theme: "Farben",
    light: "Hell",
    dark: "Dunkel",
    system: "Wie das System",
    density: "Dichte",
    comfortable: "Bequem",
    compact: "Dicht",
    language: "Sprache",
  },
  account: { label: "Ihr Konto", role: "Rolle", stage: "Umgebung" },
  menu: {
    label: "Suchen",
    placeholder: "Wohin, oder was?",
    empty: "Nichts heißt so",
    hint: "Strg K",
  },
  shortcuts: {
    label: "Tastenkürzel",
    menu: "Befehlsmenü öffnen",
    help: "Diese Tastenkürzel zeigen",
    go: "Zu Start, Exporten, Läufen, Segmenten, Verbindungen gehen",
    close: "Schließen, was offen ist",
  },
  signIn: {
    title: "Anmelden",
    issuer: (issuer) => `Sie melden sich bei ${issuer} an.`,
    whom: "Wenn Sie dort kein Konto haben, fragen Sie die Administration dieses Systems.",
    signedOut: "Sie sind abgemeldet.",
    failed: "Das Anmelden hat nicht geklappt. Versuchen Sie es noch einmal.",
    failedTitle: "Nicht angemeldet",
  },
  ended: {
    title: "Ihre Sitzung ist zu Ende",
    text: "Melden Sie sich wieder an, um hier weiterzumachen. Was Sie eingegeben haben, bleibt.",
  },
  noRole: {
    title: "Sie haben hier keine Rolle",
    text: "Sie sind angemeldet, aber niemand hat Ihnen in diesem System eine Rolle gegeben. Bitten Sie seine Administration, Sie in eine der Gruppen Administrator, Contributor oder Viewer aufzunehmen.",
  },
  starting: {
    failedTitle: "Die Konsole kann nicht starten",
    failed:
      "Ihre Einstellungen waren nicht zu lesen. Laden Sie die Seite neu, oder sagen Sie es Ihrer Administration.",
  },
  newVersion: {
    title: "Es gibt eine neuere Version dieser Konsole",
    text: "Laden Sie die Seite neu, um sie zu bekommen. Speichern Sie vorher, was Sie gerade eingeben.",
  },
};
