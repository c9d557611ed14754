import type { Texts } from "../texts";
import { pluralIn } from "../plural";

const plural = pluralIn("de");

/** Zur Startseite. */
export const home: Texts["home"] = {
  title: "Start",
  failing: "Fehlgeschlagen oder übersprungen",
  failingNone: "Kein Export ist beim letzten Lauf fehlgeschlagen oder übersprungen worden.",
  running: "Läuft gerade",
  runningNone: "Nichts läuft.",
  next: "Nächste Läufe",
  nextNone: "Kein Export wird von selbst laufen.",
  connections: "Verbindungen, die Sie brauchen",
  connectionsNone: "Jede Verbindung geht.",
  failingCount: (count) =>
    plural(count, { one: "# Export fehlgeschlagen", other: "# Exporte fehlgeschlagen" }),
};
