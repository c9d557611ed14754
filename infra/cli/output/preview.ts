import * as z from "zod";
import type { PreviewAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { numbersTable, previewMeanings } from "./numbers";
import { readingTexts } from "./fields/readings";
import { told } from "./run-result";
import { table } from "./table";
import { count, counted, paragraph, seconds } from "./words";

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
    changes = [],
    warnings = [],
    readings = [],
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
    ...readings.flatMap(({ field, ...reading }) => {
      const texts = readingTexts(reading);
      return texts.length === 0
        ? []
        : [paragraph(`Field “${field}” is read so: ${texts.join("; ")}.`, terminal.columns)];
    }),
    "",
    numbersTable([{ numbers: numbers ?? {}, meanings: previewMeanings }]),
    "",
    ...(profiles.length === 0
      ? ["No profile would be sent."]
      : [
          colors.bold(`The first ${counted(profiles.length, "profile")} as sent`),
          ...profiles.map((profile) => profileLine(terminal, profile)),
        ]),
    ...(changes.length === 0
      ? []
      : ["", colors.bold("What changes of profiles on the list"), changeTable(terminal, changes)]),
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
    ...estimateLines(preview).map((line) => paragraph(line, terminal.columns)),
  ].join("\n");
}

/** A profile's address and the values that are sent with it: by their names in Klaviyo. */
function profileLine({ columns }: Pick<Terminal, "columns">, profile: unknown): string {
  const { attributes, meta } = profileSchema.parse(profile);
  const { email, ...values } = attributes;
  const cleared = meta?.patch_properties?.unset ?? [];
  const told = [
    ...Object.entries(values).flatMap(([name, value]) => valueTexts(name, value)),
    ...cleared.map((name) => `properties.${name} is cleared`),
  ];
  return [
    `  ${email ?? ""}`,
    ...(told.length === 0 ? [] : [paragraph(`    ${told.join(", ")}`, columns)]),
  ].join("\n");
}

const profileSchema = z.object({
  attributes: z.record(z.string(), z.unknown()).and(z.object({ email: z.string().optional() })),
  meta: z
    .object({ patch_properties: z.object({ unset: z.array(z.string()).optional() }).optional() })
    .optional(),
});

/** Parts of the location and properties each by their own name, as a mapping says them. */
function valueTexts(name: string, value: unknown): string[] {
  const isGroup = name === "location" || name === "properties";
  return isGroup && typeof value === "object" && value !== null
    ? Object.entries(value).map(([part, inner]) => `${name}.${part} ${valueText(inner)}`)
    : [`${name} ${valueText(value)}`];
}

function valueText(value: unknown): string {
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}

/** One line a field; the address stands with the first. */
function changeTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  changes: NonNullable<PreviewAnswer["changes"]>,
): string {
  return table(
    terminal,
    [
      { title: "EMAIL", value: ({ email }) => email },
      { title: "FIELD", value: ({ attribute }) => attribute },
      { title: "NOW", value: ({ before }) => changedText(before) },
      { title: "WILL BE", value: ({ after }) => changedText(after) },
    ],
    changes.flatMap(({ email, fields }) =>
      fields.map((field, index) => ({ ...field, email: index === 0 ? email : "" })),
    ),
    "",
  );
}

function changedText(value: unknown): string {
  return value === null || value === undefined ? "–" : valueText(value);
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
