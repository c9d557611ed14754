import { pluralIn } from "../plural";

const plural = pluralIn("en");

/** Of the home screen. */
export const home = {
  title: "Home",
  failing: "Failed or skipped",
  failingNone: "No export failed or was skipped at its last run.",
  running: "Running",
  runningNone: "Nothing is running.",
  next: "Next runs",
  nextNone: "No export is going to run by itself.",
  connections: "Connections that need you",
  connectionsNone: "Every connection works.",
  failingCount: (count: number) =>
    plural(count, { one: "# export failed", other: "# exports failed" }),
};
