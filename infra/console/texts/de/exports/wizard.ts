import type { Texts } from "../../texts";
import { pluralIn } from "../../plural";
import { mapping } from "./mapping";

const plural = pluralIn("de");

/** Vom Einrichten eines Exports. */
export const wizard: Texts["wizard"] = {
  titles: { new: "Neuer Export", edit: "Export bearbeiten", duplicate: "Export duplizieren" },
  mayNot: (role) =>
    `Nur Administratoren und Mitwirkende richten Exporte ein; Ihre Rolle ist ${role}.`,
  nothingStarts:
    "Speichern startet nichts. Der Export läuft, wenn sein Zeitplan es sagt oder wenn ihn jemand startet.",
  steps: {
    connection: {
      title: "Verbindung",
      description: "Das Klaviyo-Konto, in das exportiert wird.",
    },
    list: { title: "Liste", description: "Die Klaviyo-Liste, auf die die Mitglieder kommen." },
    segments: {
      title: "Segmente",
      description: "Wessen Mitglieder exportiert werden. Mehrere Segmente kommen auf eine Liste.",
    },
    mapping: {
      title: "Zuordnung",
      description:
        "Welches Feld der Segmente welches Feld in Klaviyo füllt. Anderes wird nie gesendet.",
    },
    delivery: {
      title: "Abgänge und Einwilligung",
      description: "Was aus Personen wird, die die Segmente verlassen, und wer E-Mails abonniert.",
    },
    schedule: { title: "Zeitplan", description: "Wann der Export von selbst läuft." },
    review: {
      title: "Benennen und speichern",
      description: "Was gespeichert wird, und Profile, wie sie gesendet werden.",
    },
  },
  navigation: {
    label: "Schritte",
    step: (step) => `Schritt ${step}`,
    collapsed: (step, steps) => `Schritt ${step} von ${steps}`,
    next: "Weiter",
    previous: "Zurück",
    cancel: "Abbrechen",
    save: "Export speichern",
    optional: "freiwillig",
    jump: (title) => `Zu ${title}`,
  },
  draft: {
    kept: "Ihr Entwurf ist wieder da",
    keptText: "Sie hatten dies schon begonnen. Machen Sie weiter, oder beginnen Sie neu.",
    discard: "Neu beginnen",
  },
  leave: {
    title: "Verlassen, ohne zu speichern?",
    text: "Ihre Angaben sind nicht gespeichert. Dieser Tab behält sie als Entwurf, bis er geschlossen wird.",
    leave: "Verlassen",
    stay: "Bleiben",
  },
  missing: {
    displayName: "Geben Sie dem Export einen Namen.",
    connectionId: "Wählen Sie eine Verbindung.",
    listId: "Wählen Sie eine Liste.",
    segments: "Wählen Sie ein Segment.",
    email: "Wählen Sie das Feld mit der E-Mail-Adresse.",
    consentedAtField: "Wählen Sie das Feld, das sagt, wann eingewilligt wurde.",
    agree: "Zum Abonnieren braucht es Ihre Bestätigung.",
    other: "Hier fehlt etwas.",
  },
  faultsOf: (count) =>
    plural(count, {
      one: "Eine Angabe muss geändert werden",
      other: "# Angaben müssen geändert werden",
    }),
  connection: {
    label: "Verbindung",
    none: "Es gibt keine Verbindung, die Sie benutzen dürfen",
    noneAdministrator: "Verbinden Sie zuerst ein Klaviyo-Konto.",
    noneOther:
      "Die Administration verbindet ein Konto oder gibt eine Verbindung für Beitragende frei.",
    create: "Konto verbinden",
    account: "Klaviyo-Konto",
    state: "Stand",
    states: {
      neverUsed: "Nie benutzt",
      working: "Funktioniert",
      attention: "Braucht Aufmerksamkeit",
    },
    limit: "Profilgrenze",
    limitValue: (profiles) => `${profiles} Profile pro Lauf`,
    permissions: "Sie dürfen sie",
    permission: {
      view: "ansehen",
      use: "benutzen",
      edit: "bearbeiten",
      verify: "prüfen",
      replaceKey: "mit neuem Schlüssel versehen",
      detach: "von Exporten lösen",
      delete: "löschen",
    },
  },
  list: {
    label: "Liste",
    placeholder: "Liste wählen",
    search: "Liste finden",
    empty: "Das Konto hat noch keine Liste.",
    noneMatch: "Keine Liste mit diesem Namen",
    more: "Listen werden geladen",
    failed: "Die Listen konnten nicht gelesen werden",
    create: "Liste anlegen",
    createTitle: "Liste in Klaviyo anlegen",
    createText:
      "Sie entsteht sofort in Klaviyo und bleibt dort, ob Sie den Export speichern oder nicht.",
    name: "Name",
    nameMissing: "Geben Sie der Liste einen Namen.",
    created: (name) => `„${name}“ ist in Klaviyo angelegt.`,
    mirrored: "Ein anderer Export spiegelt diese Liste",
    mirroredText: (names) =>
      `${names} nimmt alle von der Liste, die nicht in den eigenen Segmenten sind. Die API lässt keinen zweiten Export daneben zu.`,
    shared: (names) => `${names} setzt auch Mitglieder auf diese Liste.`,
    sharedTitle: "Andere Exporte benutzen diese Liste",
  },
  segments: {
    label: "Segmente",
    filter: "Segmente finden",
    name: "Segment",
    source: "Quelle",
    refreshed: "Aktualisiert",
    size: "Größe",
    members: "Mitglieder",
    chosen: (count) => plural(count, { one: "# Segment gewählt", other: "# Segmente gewählt" }),
    none: "Noch keine Segmente",
    noneHint: "Ein Segment erscheint, wenn Dateien in seinen Ordner gelegt werden.",
    more: "Die ersten hundert sind zu sehen. Andere finden Sie über ihren Namen.",
    reading: "Das Segment wird gelesen",
    unknownMembers: "Kein Feld enthält Adressen",
    failed: "Konnte nicht gelesen werden",
    overLimit: "Über der Grenze der Verbindung",
    overLimitText: (names, limit) =>
      `${names} hat mehr Mitglieder als die ${limit}, die die Verbindung annimmt. Läufe würden übersprungen.`,
    remove: (name) => `${name} herausnehmen`,
    select: (name) => `${name} wählen`,
    missing: "Nicht mehr da",
  },
  mapping,
  delivery: {
    syncMode: "Wer die Segmente verlässt",
    syncModes: { upsert: "Bleibt auf der Liste", mirror: "Verlässt die Liste" },
    syncModeHints: {
      upsert: "Der Export fügt hinzu und aktualisiert. Er nimmt niemanden von der Liste.",
      mirror: "Die Liste ist, was die Segmente sind. Aus dem Konto wird niemand entfernt.",
    },
    threshold: "Administration benachrichtigen, wenn ein Lauf mehr Zeilen zurückweist als",
    thresholdHint: "Leer: nie.",
    subscription: "E-Mail-Marketing",
    subscriptions: {
      none: "Niemanden abonnieren lassen",
      new: "Mitglieder abonnieren lassen",
      historical: "Mitglieder abonnieren lassen, mit früherer Einwilligung",
    },
    subscriptionHints: {
      none: "Mitglieder sind auf der Liste. Ob sie E-Mails bekommen, bleibt wie in Klaviyo.",
      new: "Double-Opt-in und Flows von Klaviyo gelten, wie die Liste dort eingestellt ist.",
      historical:
        "Die Einwilligung wurde früher eingeholt: Klaviyo fragt nicht nach. Der Zeitpunkt der Einwilligung ist nötig.",
    },
    consentedAt: "Feld mit dem Zeitpunkt der Einwilligung",
    customSource: "Herkunft der Einwilligung",
    customSourceHint: "Klaviyo zeigt sie am Profil.",
    consentField: "Feld, das sagt, wer E-Mails zugestimmt hat",
    consentFieldHint: "Es wird nie gesendet. Wer danach nicht zustimmt, wird nicht abonniert.",
    noConsentField: "keines",
    meaning: "Ein Ja heißt dort",
    meanings: { agreed: "hat zugestimmt", refused: "hat abgelehnt" },
    agree: "Das bestätige ich",
    wordingLanguage: "Der Wortlaut wird so aufbewahrt, auf Englisch.",
  },
  schedule: {
    label: "Wann er läuft",
    modes: {
      system: "Mit der Systemaktualisierung",
      onRefresh: "Wenn alle seine Segmente aktualisiert sind",
      own: "Zu eigenen Zeiten",
      off: "Nur auf Wunsch",
    },
    systemOff:
      "Die Systemaktualisierung ist aus. Der Export läuft nicht von selbst, bis die Administration sie einschaltet.",
    systemOnRefresh:
      "Die Systemaktualisierung folgt den Segmenten: Der Export läuft, wenn alle seine Segmente aktualisiert sind.",
    overdue:
      "Administration benachrichtigen, wenn ein Segment so viele Stunden nicht aktualisiert wurde",
    overdueHint: "Leer: nie.",
    next: "Die nächsten fünf Läufe",
    nextNone: "Er läuft nicht von selbst.",
    nextWaits: "Er läuft, wenn seine Segmente aktualisiert sind.",
    yours: "Ihre Zeit",
    zones: (zone) => `In ${zone}`,
  },
  review: {
    name: "Name",
    preview: "Nach dem Speichern Vorschau zeigen",
    previewHint:
      "Zählt, was ein Lauf täte, und zeigt zehn Profile, wie sie gesendet würden. Sie sendet nichts.",
    settings: "Was gespeichert wird",
    change: (title) => `${title} bearbeiten`,
    mapped: (count) =>
      plural(count, { one: "# Feld neben der E-Mail", other: "# Felder neben der E-Mail" }),
    sample: "Die ersten Profile, wie sie gesendet werden",
    commandHint: "Ohne die Konsole",
  },
  saved: (name) => `„${name}“ ist gespeichert. Nichts wurde gestartet.`,
  scheduleFailed: "Der Export ist gespeichert, sein Zeitplan aber nicht gesetzt",
  stale: {
    title: "Jemand anderes hat diesen Export geändert",
    text: "Vergleichen Sie, und behalten Sie dann Ihre oder übernehmen Sie die andere Fassung.",
    setting: "Einstellung",
    yours: "Ihre",
    theirs: "Die andere",
    keepYours: "Meine speichern",
    takeTheirs: "Die andere übernehmen",
    same: "Beide haben dieselben Einstellungen.",
  },
  notThere: "keine",
};
