import type { SegmentWait } from "../../../shared/domain/schedules/refresh-decision";
import type { ExportAnswer } from "../api/answers";
import { mappingText } from "../configuration/mapping-fields";
import type { Terminal } from "../terminal/terminal";
import { questionText } from "./fields/mapping-questions";
import { properties, table } from "./table";
import { counted, instant, scheduleText, statusText, universalTime, userText } from "./words";

export function exportTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  exports: readonly ExportAnswer[],
  none: string,
): string {
  return table(
    terminal,
    [
      { title: "EXPORT", value: ({ displayName }) => displayName },
      { title: "SEGMENTS", value: ({ segments }) => segments.join(", ") },
      { title: "CONNECTION", value: connectionText },
      { title: "LIST", value: ({ listName, listId }) => listName ?? listId },
      { title: "LAST RUN (UTC)", value: (shown) => lastRunText(terminal, shown, universalTime) },
      {
        title: "NEXT RUN (UTC)",
        value: ({ nextRun }) => universalTime(nextRun) ?? "–",
        dispensable: true,
      },
      { title: "RUNS", value: ({ schedule }) => scheduleText(schedule), dispensable: true },
      { title: "ID", value: ({ exportId }) => exportId, dispensable: true },
    ],
    exports,
    none,
  );
}

/** Settings that this text has lines of its own for; further ones are shown by their names. */
const withOwnLine: ReadonlySet<string> = new Set([
  ...["displayName", "connectionId", "connection", "listId", "segments", "mapping", "schedule"],
  ...[
    "listName",
    "exportId",
    "version",
    "nextRun",
    "waitingFor",
    "overLimit",
    "lastRun",
    "lastRunId",
    "currentRunId",
    "permissions",
  ],
  ...[
    "syncMode",
    "rejectionThreshold",
    "subscription",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
    "detached",
    "unclear",
    "undescribed",
  ],
]);

export function describeExport(
  terminal: Pick<Terminal, "colors" | "columns">,
  shown: ExportAnswer,
): string {
  const others = Object.entries(shown).filter(([name]) => !withOwnLine.has(name));
  return properties(terminal, [
    ["Export", shown.displayName],
    ["ID", shown.exportId],
    ["Connection", connectionText(shown)],
    ["List", withId(shown.listName, shown.listId)],
    ["Segments", shown.segments.join(", ")],
    ["Mapping", mappingText(shown.mapping)],
    ["Unclear", (shown.unclear ?? []).map((question) => questionText(question)).join("\n")],
    [
      "Over limit",
      (shown.overLimit ?? [])
        .map(
          ({ segment, members }) =>
            `${segment} has ${counted(members, "member")}, more than the connection's limit: runs are skipped`,
        )
        .join("\n"),
    ],
    ["Sync mode", shown.syncMode],
    [
      "Tells",
      shown.rejectionThreshold === undefined
        ? undefined
        : `administrators when a run rejects more than ${counted(shown.rejectionThreshold, "row")}`,
    ],
    ["Subscribes", subscriptionText(shown.subscription)],
    ...others.map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
    ["Runs", scheduleText(shown.schedule)],
    ["Next run", instant(shown.nextRun)],
    ["Waits for", (shown.waitingFor ?? []).map(waitText).join("\n")],
    ["Last run", lastRunText(terminal, shown)],
    ["", shown.lastRun?.problem?.message],
    ["You may", shown.permissions.join(", ")],
    ["Changed", `${instant(shown.updatedAt) ?? ""}, by ${userText(shown, shown.updatedBy)}`],
  ]);
}

function waitText(wait: NonNullable<ExportAnswer["waitingFor"]>[number]): string {
  const since =
    wait.refreshedAt === undefined ? "" : `, refreshed ${instant(wait.refreshedAt) ?? ""}`;
  return `${wait.segment}: ${waitReasons[wait.reason]}${since}${wait.overdue === true ? ", overdue" : ""}`;
}

const waitReasons = {
  notRefreshed: "not refreshed since the last run",
  unfinished: "its writer has not ended",
  notStill: "changed a moment ago",
  missing: "has no files",
  unreadable: "can't be read",
} as const satisfies Record<SegmentWait["reason"], string>;

/** `Newsletter (LiSt01)`; the id alone of what has no name that is known. */
function withId(name: string | undefined, id: string): string {
  return name === undefined ? id : `${name} (${id})`;
}

function subscriptionText(subscription: ExportAnswer["subscription"]): string | undefined {
  if (subscription === undefined) {
    return undefined;
  }
  const { acknowledgement, customSource } = subscription;
  return [
    subscription.historicalImport
      ? `members to email marketing; they consented at “${subscription.consentedAtField}”`
      : "members to email marketing",
    ...(customSource === undefined ? [] : [`source “${customSource}”`]),
    `acknowledged by ${acknowledgement.agreedBy}, ${instant(acknowledgement.agreedAt) ?? ""}, wording ${acknowledgement.wordingVersion}`,
  ].join("\n");
}

function connectionText({ connectionId, connection }: ExportAnswer): string {
  if (connectionId === null) {
    return "detached";
  }
  return connection?.displayName ?? "not shared with you";
}

function lastRunText(
  { colors }: Pick<Terminal, "colors">,
  { lastRun }: ExportAnswer,
  timeText = instant,
): string {
  return lastRun === null
    ? "–"
    : `${statusText(colors, lastRun.status)}, ${timeText(lastRun.requestedAt) ?? ""}`;
}
