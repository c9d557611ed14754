import type { Texts } from "../../texts";

/** Zum Vergleich zweier Läufe. */
export const comparison: Texts["comparison"] = {
  title: "Zwei Läufe vergleichen",
  description: "Worin sich Zahlen, Einstellungen und Warnungen unterscheiden.",
  first: "Erster Lauf",
  second: "Zweiter Lauf",
  choose: "Lauf wählen",
  chooseHint: "Wählen Sie zwei Läufe eines Exports, um sie nebeneinander zu sehen.",
  swap: "Tauschen",
  facts: {
    title: "Angabe",
    status: "Stand",
    requested: "Angefordert",
    took: "Dauerte",
    mode: "Art",
  },
  numbers: "Zahlen",
  number: "Zahl",
  difference: "Unterschied",
  settings: "Verschiedene Einstellungen",
  setting: "Einstellung",
  settingsSame: "Beide Läufe hatten dieselben Einstellungen.",
  warnings: "Warnungen",
  warning: "Warnung",
  warningsNone: "Keiner der Läufe hat Warnungen.",
  yes: "Ja",
  no: "Nein",
  absent: "Nicht gesetzt",
  others: "Es sind Läufe verschiedener Exporte.",
};
