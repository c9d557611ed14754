import type { RunAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { rejectionsHint, runNumbers } from "./run-result";
import { properties, table } from "./table";
import { count, instant, seconds, statusText, universalTime } from "./words";

export function runTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  runs: readonly RunAnswer[],
  { none, ofSeveralExports }: { readonly none: string; readonly ofSeveralExports: boolean },
): string {
  return table<RunAnswer>(
    terminal,
    [
      { title: "RUN", value: ({ runId }) => runId, whole: true },
      ...(ofSeveralExports
        ? [{ title: "EXPORT", value: ({ settings }: RunAnswer) => settings.displayName }]
        : []),
      {
        title: "STATUS",
        whole: true,
        value: (run) =>
          statusText(
            terminal.colors,
            run.phase === undefined || run.timings.endedAt !== undefined
              ? run.status
              : `${run.status}, ${run.phase}`,
          ),
      },
      {
        title: "STARTED (UTC)",
        value: ({ timings }) => universalTime(timings.requestedAt) ?? "",
      },
      {
        title: "MEMBERS",
        value: ({ numbers }) => count(numbers.members),
        align: "right",
        dispensable: true,
      },
      {
        title: "IMPORTED",
        value: ({ numbers }) => count(numbers.imported),
        align: "right",
        dispensable: true,
      },
      {
        title: "REJECTED",
        value: ({ numbers: { blank, invalid, refused } }) => count(blank + invalid + refused),
        align: "right",
      },
      // What goes first where there is no room is last.
      {
        title: "TOOK",
        value: ({ timings }) => (timings.seconds === undefined ? "" : seconds(timings.seconds)),
        align: "right",
        dispensable: true,
      },
      {
        title: "BY",
        value: ({ trigger }) => (trigger === "scheduled" ? "schedule" : "hand"),
        dispensable: true,
      },
    ],
    runs,
    none,
  );
}

/** What a run waits for, since when, and until when it is tried. */
export function waitingText({
  message,
  since,
  until,
}: Pick<NonNullable<RunAnswer["waiting"]>, "message" | "since" | "until">): string {
  return `${message} (since ${instant(since) ?? since}${until === undefined ? "" : `, tried until ${instant(until) ?? until}`})`;
}

export function describeRun(
  terminal: Pick<Terminal, "colors" | "columns">,
  run: RunAnswer,
): string {
  const { timings, problem, stopping, waiting, warnings } = run;
  return [
    properties(terminal, [
      ["Run", run.runId],
      ["Status", statusText(terminal.colors, run.status)],
      ["Phase", timings.endedAt === undefined ? run.phase : undefined],
      ["Phases", run.phases.map(phaseText).join(", ")],
      ["Problem", problem === undefined ? undefined : `${problem.code}: ${problem.message}`],
      ["Waiting", waiting === undefined ? undefined : `${waiting.code}: ${waitingText(waiting)}`],
      ["Stopping", stopping === undefined ? undefined : `${stopping.code}: ${stopping.message}`],
      ["Segments", (run.segments ?? []).map(segmentText).join("\n")],
      ["Warnings", warnings.map(({ code, message }) => `${code}: ${message}`).join("\n")],
      ["Export", `${run.settings.displayName} (${run.exportId})`],
      ["Mode", run.mode],
      [
        "Started",
        `${instant(timings.requestedAt) ?? ""}, ${run.trigger === "scheduled" ? "by its schedule" : "by hand"}`,
      ],
      ["Ended", instant(timings.endedAt)],
      ["Took", timings.seconds === undefined ? undefined : seconds(timings.seconds)],
      [
        "Chunks",
        run.progress.chunks === null
          ? undefined
          : `${run.progress.settledChunks} of ${run.progress.chunks} (${run.progress.percent} %)`,
      ],
      ["Profiles", profilesText(run)],
      ["Pace", paceText(run)],
      ["Time left", timeLeftText(run)],
    ]),
    "",
    runNumbers(run),
    ...rejectionsHint(terminal, run),
  ].join("\n");
}

function phaseText({ phase, from, until }: RunAnswer["phases"][number]): string {
  return until === undefined
    ? `${phase} …`
    : `${phase} ${seconds((Date.parse(until) - Date.parse(from)) / 1_000)}`;
}

function profilesText({ progress: { profiles }, timings }: RunAnswer): string | undefined {
  if (profiles === null || timings.endedAt !== undefined) {
    return undefined;
  }
  const { toSend, prepared, sent, confirmed } = profiles;
  return `of ${count(toSend)}: ${count(prepared)} prepared, ${count(sent)} sent, ${count(confirmed)} confirmed`;
}

function paceText({ pace }: RunAnswer): string | undefined {
  return pace === undefined
    ? undefined
    : `${count(pace.sentPerSecond)} profiles a second sent, ${count(pace.confirmedPerSecond)} confirmed`;
}

function timeLeftText({ timeLeft }: RunAnswer): string | undefined {
  if (timeLeft === undefined) {
    return undefined;
  }
  const text = seconds(timeLeft.seconds);
  return timeLeft.restsOn === "pace" ? `about ${text}` : `${text} at least, by Klaviyo's limits`;
}

/** Which refresh was read, and how it is known to be whole. */
function segmentText({
  segment,
  refreshedAt,
  files,
  completeness,
}: NonNullable<RunAnswer["segments"]>[number]): string {
  return `${segment} of ${instant(refreshedAt) ?? ""}, ${files} ${files === 1 ? "file" : "files"}, ${wholeTexts[completeness]}`;
}

const wholeTexts = {
  proven: "whole by its marker",
  settled: "unchanged for long enough to be whole",
  unknown: "taken as whole",
} satisfies Record<NonNullable<RunAnswer["segments"]>[number]["completeness"], string>;
