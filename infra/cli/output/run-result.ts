import type { RunAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { hint } from "./hints";
import { numbersTable, removalMeanings, runMeanings, subscriptionMeanings } from "./numbers";
import { problemHint } from "./problem-hints";
import { paragraph, seconds, statusText } from "./words";

interface Told {
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** The API's messages speak of its own fields; these are the options that set them. */
const optionsAgainst: Readonly<Record<string, string>> = { removalGuard: "--allow-mass-removal" };

/** What went wrong or should be known, in the colour of how bad it is. */
export function told(
  { colors, columns }: Pick<Terminal, "colors" | "columns">,
  color: "red" | "yellow",
  { code, message, params }: Told,
  exportName?: string,
): string {
  const option = optionsAgainst[code];
  const more = problemHint({ code, params });
  return [
    paragraph(`${colors[color](code)}: ${message}`, columns),
    ...(option === undefined
      ? []
      : [`Here that is: ${hint("runs", "start", exportName ?? "EXPORT", option)}`]),
    ...(more === undefined ? [] : [more]),
  ].join("\n");
}

/** How a run went, in numbers that add up. */
export function runResult(terminal: Pick<Terminal, "colors" | "columns">, run: RunAnswer): string {
  const {
    timings,
    problem,
    warnings,
    settings: { displayName },
  } = run;
  const after = timings.seconds === undefined ? "" : ` after ${seconds(timings.seconds)}`;
  return [
    `Run ${run.runId} ended ${statusText(terminal.colors, run.status)}${after}.`,
    ...(problem === undefined ? [] : [told(terminal, "red", problem, displayName)]),
    ...warnings.map((warning) => told(terminal, "yellow", warning, displayName)),
    "",
    runNumbers(run),
    ...rejectionsHint(terminal, run),
  ].join("\n");
}

/** Warnings of values that profiles went without; a report names them. */
const droppedValueWarnings: ReadonlySet<string> = new Set(["valuesDropped", "fieldDropped"]);

/** Where the rows are told that did not reach the list, and the values that did not, when there are any. */
export function rejectionsHint(
  { columns }: Pick<Terminal, "columns">,
  { runId, numbers, removals, links, warnings }: RunAnswer,
): string[] {
  const { blank, invalid, duplicates, refused, unsent } = numbers;
  const rows = blank + invalid + duplicates + refused + unsent + removals.unremoved;
  const hints = [
    ...(rows === 0 ? [] : [`Which rows, and why: ${hint("rejections", runId)}`]),
    ...(warnings.some(({ code }) => droppedValueWarnings.has(code))
      ? [`Which values, and why: ${hint("rejections", runId, "--dropped-values")}`]
      : []),
  ];
  return links.rejections === undefined || hints.length === 0
    ? []
    : ["", ...hints.map((line) => paragraph(line, columns))];
}

/** A run's numbers; those of removing and subscribing where the export does that. */
export function runNumbers({ numbers, removals, subscriptions, settings }: RunAnswer): string {
  return numbersTable([
    { numbers, meanings: runMeanings },
    ...(settings.syncMode === "mirror" ? [{ numbers: removals, meanings: removalMeanings }] : []),
    ...(subscriptions === undefined
      ? []
      : [{ numbers: subscriptions, meanings: subscriptionMeanings }]),
  ]);
}
