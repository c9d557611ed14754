import type { AnswerOf } from "../../client/operations";
import type { Terminal } from "../terminal/terminal";
import { properties, table } from "./table";
import { counted, instant, paragraph } from "./words";

type ExplanationAnswer = AnswerOf<"explainProfile">;

/** The reason first, then what it rests on. */
export function describeExplanation(
  terminal: Pick<Terminal, "colors" | "columns">,
  { reason, segments, runs, snapshot, klaviyo }: ExplanationAnswer,
): string {
  return [
    paragraph(reason.sentence, terminal.columns),
    "",
    properties(terminal, [
      ["Reason", reason.code],
      ["On the list", onListText(klaviyo)],
      ["Klaviyo", klaviyoText(klaviyo)],
      ["Snapshot", snapshotTexts[snapshot]],
      ...segmentProperties(segments),
    ]),
    ...(segments.kind === "searched" && segments.leftOut.length > 0
      ? [
          "",
          table(
            terminal,
            [
              { title: "LEFT OUT", value: ({ attribute }) => attribute },
              { title: "FIELD", value: ({ field }) => field },
              { title: "WHY", value: ({ text }) => text },
            ],
            segments.leftOut,
            "",
          ),
        ]
      : []),
    "",
    table(
      terminal,
      [
        { title: "RUN", value: ({ runId }) => runId, whole: true },
        { title: "STARTED", value: ({ requestedAt }) => instant(requestedAt) ?? "" },
        { title: "STATUS", value: ({ status }) => status },
        { title: "VERDICT", value: ({ verdict }) => verdictText(verdict) },
      ],
      runs,
      "The export has never run.",
    ),
  ].join("\n");
}

function segmentProperties(
  segments: ExplanationAnswer["segments"],
): [string, string | undefined][] {
  if (segments.kind === "notSearched") {
    return [["Segments", segments.problem.message]];
  }
  const { rows, rowCount, profile } = segments;
  return [
    [
      "Rows",
      rowCount === 0
        ? "none has the address"
        : rows
            .map(({ segment, file, row, verdict }) => `${segment}, ${file}, row ${row}: ${verdict}`)
            .join("\n"),
    ],
    ["More", rowCount > rows.length ? counted(rowCount - rows.length, "further row") : undefined],
    ["Sent as", profile === undefined ? undefined : JSON.stringify(profile)],
  ];
}

const snapshotTexts = {
  holds: "has them: Klaviyo confirmed them for this export",
  holdsNot: "does not have them",
  none: "there is none",
  unknown: "could not be read",
} satisfies Record<ExplanationAnswer["snapshot"], string>;

function onListText(klaviyo: ExplanationAnswer["klaviyo"]): string {
  return klaviyo.kind === "notAsked" ? "not known" : klaviyo.onList ? "yes" : "no";
}

function klaviyoText(klaviyo: ExplanationAnswer["klaviyo"]): string {
  if (klaviyo.kind === "notAsked") {
    return klaviyo.problem.message;
  }
  if (klaviyo.profile === null) {
    return "has no profile with the address";
  }
  const { consent, suppressions } = klaviyo.profile;
  return `${consent}${suppressions.length === 0 ? "" : `, suppressed: ${suppressions.join(", ")}`}`;
}

function verdictText(verdict: ExplanationAnswer["runs"][number]["verdict"]): string {
  switch (verdict.kind) {
    case "refused":
      return `refused: ${verdict.text}`;
    case "notRun":
      return verdict.problem === undefined ? "did not run" : `did not run: ${verdict.problem.code}`;
    default:
      return verdict.kind;
  }
}
