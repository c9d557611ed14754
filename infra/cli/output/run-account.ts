import type { Terminal } from "../terminal/terminal";
import { count, seconds, statusText } from "./words";

/** What the known numbers mean, in the order in which they add up. */
const meanings: Readonly<Record<string, { indent: string; meaning: string }>> = {
  rows: { indent: "", meaning: "rows in the segments' files" },
  blank: { indent: "  ", meaning: "without an email" },
  invalid: { indent: "  ", meaning: "with an email that can't be one" },
  duplicates: { indent: "  ", meaning: "with the email of an earlier row" },
  members: { indent: "", meaning: "profiles left, of which" },
  unchanged: { indent: "  ", meaning: "Klaviyo had confirmed before" },
  imported: { indent: "  ", meaning: "Klaviyo imported" },
  refused: { indent: "  ", meaning: "Klaviyo refused" },
  unsent: { indent: "  ", meaning: "were not sent" },
  leavers: { indent: "", meaning: "left the segments" },
  removed: { indent: "", meaning: "taken off the list" },
  notFound: { indent: "", meaning: "were to be taken off the list and were not on it" },
  subscribed: { indent: "", meaning: "subscribed to email marketing" },
};

interface Told {
  readonly code: string;
  readonly message: string;
}

/** The parts of a run that its account is made of. */
export interface AccountableRun {
  readonly runId: string;
  readonly status: string;
  readonly numbers: object;
  readonly timings: { readonly seconds?: number | undefined };
  readonly problem?: Told | undefined;
  readonly warnings: readonly Told[];
  readonly links: { readonly rejections?: string | undefined };
}

/** How a run went, in numbers that add up. */
export function runAccount({ colors }: Pick<Terminal, "colors">, run: AccountableRun): string {
  const { timings, problem, warnings } = run;
  const after = timings.seconds === undefined ? "" : ` after ${seconds(timings.seconds)}`;
  return [
    `Run ${run.runId} ended ${statusText(colors, run.status)}${after}.`,
    ...(problem === undefined ? [] : [`${colors.red(problem.code)}: ${problem.message}`]),
    ...warnings.map(({ code, message }) => `${colors.yellow(code)}: ${message}`),
    "",
    numbersTable(run.numbers),
    ...(run.links.rejections === undefined
      ? []
      : ["", `Which rows, and why: klaviyo-export rejections ${run.runId}`]),
  ].join("\n");
}

/** One line a number; those that this command has no words for are shown by their names. */
export function numbersTable(numbers: object): string {
  const counts = Object.entries(numbers).filter(([, value]) => typeof value === "number");
  const labels = counts.map(([name, value]) => {
    const { indent, meaning } = meanings[name] ?? { indent: "", meaning: "" };
    return { label: `${indent}${name}`, value: count(Number(value)), meaning };
  });
  const [names, values] = [
    Math.max(12, ...labels.map(({ label }) => label.length)),
    Math.max(...labels.map(({ value }) => value.length)),
  ];
  return labels
    .map(({ label, value, meaning }) =>
      `  ${label.padEnd(names)}  ${value.padStart(values)}  ${meaning}`.trimEnd(),
    )
    .join("\n");
}
