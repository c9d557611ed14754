import type { SourceAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { properties, table } from "./table";
import { count, instant, stateText } from "./words";

type Place = SourceAnswer["place"];

/** Where a source lies: `s3://bucket/folder`, or `account/container/folder` of Azure. */
function placeLine(place: Place): string {
  const path = place.kind === "s3" ? [place.bucket] : [place.account, place.container];
  const whole = [...path, ...(place.folder === "" ? [] : [place.folder])].join("/");
  return place.kind === "s3" ? `s3://${whole}` : `Azure: ${whole}`;
}

export function sourceTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  sources: readonly SourceAnswer[],
): string {
  return table(
    terminal,
    [
      { title: "SOURCE", value: ({ displayName }) => displayName },
      { title: "ID", value: ({ sourceId }) => sourceId, whole: true },
      { title: "STATE", value: ({ state }) => stateText(terminal.colors, state) },
      {
        title: "SEGMENTS",
        value: ({ tableCount }) => (tableCount === undefined ? "" : count(tableCount)),
        align: "right",
      },
      { title: "REFRESHED", value: ({ refreshedAt }) => instant(refreshedAt) ?? "" },
      { title: "PLACE", value: ({ place }) => placeLine(place), dispensable: true },
    ],
    sources,
    "There is no source.",
  );
}

/** A source, with the tables that were found in it. */
export function describeSource(
  terminal: Pick<Terminal, "colors" | "columns">,
  source: SourceAnswer,
): string {
  const { tables = [], refused = [], tableCount = 0 } = source;
  return [
    properties(terminal, [
      ["Source", source.displayName],
      ["ID", source.sourceId],
      ["Place", placeLine(source.place)],
      ["Let in by", credentialText(source.credential)],
      ["App", source.credential.clientId],
      ["Tenant", source.credential.tenantId],
      ["State", stateLine(terminal, source)],
      ["Problem", source.problem?.message],
      ["Refreshed", instant(source.refreshedAt)],
      ["Segments", source.builtIn ? undefined : count(tableCount)],
    ]),
    ...(tables.length === 0
      ? []
      : [
          "",
          table(
            terminal,
            [
              { title: "SEGMENT", value: ({ name }) => `${source.sourceId}:${name}`, whole: true },
              { title: "FIELDS", value: ({ fields }) => count(fields), align: "right" },
            ],
            [...tables],
            "",
          ),
          ...(tableCount > tables.length ? [`and ${count(tableCount - tables.length)} more`] : []),
        ]),
    ...(refused.length === 0
      ? []
      : [
          "",
          table(
            terminal,
            [
              { title: "CAN'T BE EXPORTED", value: ({ name }) => name },
              { title: "BECAUSE", value: ({ reason }) => reason, breaksDownTo: 24 },
            ],
            [...refused],
            "",
          ),
        ]),
  ].join("\n");
}

function stateLine(
  terminal: Pick<Terminal, "colors">,
  { state, stateFoundAt, stateFoundBy }: SourceAnswer,
): string {
  const text = stateText(terminal.colors, state);
  return stateFoundAt === undefined
    ? text
    : `${text}, found by a ${stateFoundBy ?? "check"} ${instant(stateFoundAt) ?? ""}`;
}

function credentialText({ kind, expiresAt }: SourceAnswer["credential"]): string {
  switch (kind) {
    case "none":
      return "the functions' own roles";
    case "federated":
      return "the functions' own roles, which an app of Azure trusts";
    case "sasToken":
      return expiresAt === undefined
        ? "a SAS token"
        : `a SAS token, which ends ${instant(expiresAt) ?? ""}`;
    case "accountKey":
      return "the account's key";
  }
}
