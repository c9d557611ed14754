import type { PaceAnswer } from "../../api/answers";
import type { Terminal } from "../../terminal/terminal";
import { properties, table } from "../table";
import { count, counted, instant, paragraph } from "../words";

/** How much of Klaviyo's limits is used, and which runs use it. Kinds of calls that nobody makes are left out. */
export function describePace(
  terminal: Pick<Terminal, "colors" | "columns">,
  { calls, heldUntil, runs, otherRuns, limits }: PaceAnswer,
): string {
  const used = calls.filter(({ steady, heldUntil: held }) => steady.used > 0 || held !== undefined);
  return [
    table(
      terminal,
      [
        { title: "CALL", value: ({ call }) => call, whole: true },
        { title: "LAST SECOND", value: ({ burst }) => share(burst), align: "right" },
        { title: "LAST MINUTE", value: ({ steady }) => share(steady), align: "right" },
        { title: "HELD UNTIL", value: ({ heldUntil: held }) => instant(held) ?? "" },
      ],
      used,
      "No calls were made to Klaviyo in the last minute.",
    ),
    "",
    table(
      terminal,
      [
        { title: "RUN", value: ({ runId }) => runId, whole: true },
        { title: "EXPORT", value: ({ exportName }) => exportName },
        { title: "STATUS", value: ({ status, phase }) => phase ?? status },
        { title: "CALLS", value: (run) => count(run.calls), align: "right" },
        {
          title: "WAITS",
          value: ({ waiting, nextCallAt }) =>
            waiting?.code ?? (nextCallAt === undefined ? "" : "for its turn"),
        },
      ],
      runs,
      "No run is going that you may see.",
    ),
    ...(otherRuns === 0
      ? []
      : ["", `${counted(otherRuns, "other run")} over the account, on connections not shared.`]),
    ...(heldUntil === undefined
      ? []
      : [
          "",
          paragraph("Klaviyo has asked for patience; calls go on by themselves.", terminal.columns),
        ]),
    "",
    properties(terminal, [
      ["Profile limit", `${count(limits.profilesPerRun)} members a run`],
      ["New lists", `${count(limits.listsPerDay)} a day, which Klaviyo counts`],
    ]),
  ].join("\n");
}

function share({ used, limit }: { used: number; limit: number }): string {
  return `${count(used)} of ${count(limit)}`;
}
