import type { PreviewAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { numbersTable, previewMeanings } from "./numbers";
import { told } from "./run-account";
import { table } from "./table";
import { count, counted, seconds } from "./words";

/** Characters of a profile that are shown where the terminal's width is not known. */
const DEFAULT_WIDTH = 110;

/** What a run would do, for a person; personal data included. */
export function describePreview(
  terminal: Pick<Terminal, "colors" | "columns">,
  preview: PreviewAnswer,
): string {
  const { colors } = terminal;
  const {
    problem,
    numbers,
    profiles = [],
    rejections = [],
    leavers = [],
    warnings = [],
    stop,
  } = preview;
  if (problem !== undefined) {
    return `A run would end without sending anything.\n${told(terminal, "red", problem)}`;
  }
  const rejected = (numbers?.blank ?? 0) + (numbers?.invalid ?? 0) + (numbers?.duplicates ?? 0);
  return [
    stop === undefined
      ? colors.green("Nothing would stop this run.")
      : `This run would be stopped before anything is sent.\n${told(terminal, "red", stop)}`,
    ...warnings.map((warning) => told(terminal, "yellow", warning)),
    "",
    numbersTable([{ numbers: numbers ?? {}, meanings: previewMeanings }]),
    "",
    ...(profiles.length === 0
      ? ["No profile would be sent."]
      : [
          colors.bold(`The first ${counted(profiles.length, "profile")} as sent`),
          ...profiles.map((profile) => profileLine(terminal, profile)),
        ]),
    ...(leavers.length === 0
      ? []
      : [
          "",
          colors.bold(
            leavers.length < (numbers?.leaving ?? 0)
              ? `The first ${counted(leavers.length, "profile")} of ${count(numbers?.leaving ?? 0)} taken off the list`
              : `${counted(leavers.length, "profile")} taken off the list`,
          ),
          ...leavers.map((email) => `  ${email}`),
        ]),
    ...(rejections.length === 0
      ? []
      : [
          "",
          colors.bold(
            rejections.length < rejected
              ? `The first ${counted(rejections.length, "row")} of ${count(rejected)} set aside`
              : `${counted(rejected, "row")} set aside`,
          ),
          rejectionTable(terminal, rejections),
        ]),
    ...estimateLines(preview),
  ].join("\n");
}

/** One line a profile, cut off where the line ends: `-o json` has all of it. */
function profileLine({ columns }: Pick<Terminal, "columns">, profile: unknown): string {
  const shown: unknown =
    typeof profile === "object" && profile !== null && "attributes" in profile
      ? profile.attributes
      : profile;
  const text = JSON.stringify(shown);
  const width = (columns ?? DEFAULT_WIDTH) - 2;
  return `  ${text.length > width ? `${text.slice(0, width - 1)}…` : text}`;
}

function rejectionTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  rejections: NonNullable<PreviewAnswer["rejections"]>,
): string {
  return table(
    terminal,
    [
      { title: "SEGMENT", value: ({ segment }) => segment },
      { title: "FILE", value: ({ file }) => file },
      { title: "ROW", value: ({ row }) => String(row), align: "right" },
      { title: "EMAIL", value: ({ email }) => email ?? "" },
      { title: "CODE", value: ({ code }) => code },
    ],
    rejections,
    "",
  );
}

function estimateLines({ estimate }: PreviewAnswer): string[] {
  if (estimate === undefined) {
    return [];
  }
  const { importJobs, statusPolls, lookups, removals, subscriptions } = estimate.calls;
  const calls = [
    ...(importJobs === 0
      ? []
      : [counted(importJobs, "import job"), `${count(statusPolls)} to ask for their state`]),
    ...(lookups === 0 ? [] : [counted(lookups, "look-up")]),
    ...(removals === 0 ? [] : [counted(removals, "removal")]),
    ...(subscriptions === 0 ? [] : [counted(subscriptions, "subscription call")]),
  ];
  const all = importJobs + statusPolls + lookups + removals + subscriptions;
  return [
    "",
    `${counted(all, "call")} to Klaviyo${all === 0 ? "" : `: ${calls.join(", ")}`}.`,
    estimate.seconds === 0
      ? "Klaviyo's limits allow all of them at once; reading the files and its own processing take their time."
      : `Klaviyo's limits make them take at least ${seconds(estimate.seconds)}; reading the files and its own processing come on top.`,
  ];
}
