import type { ConnectionAnswer } from "../../api/answers";
import type { Terminal } from "../../terminal/terminal";
import { properties, table } from "../table";
import { count, instant, stateText, userText } from "../words";

const shared = (sharing: string | undefined): string => {
  switch (sharing) {
    case undefined:
      return "";
    case "administratorsAndContributors":
      return "contributors";
    default:
      return "nobody";
  }
};

export function connectionTable(
  terminal: Pick<Terminal, "colors" | "columns">,
  connections: readonly ConnectionAnswer[],
  none: string,
): string {
  return table(
    terminal,
    [
      { title: "CONNECTION", value: ({ displayName }) => displayName },
      { title: "STATE", value: ({ state }) => stateText(terminal.colors, state) },
      { title: "SHARED WITH", value: ({ sharing }) => shared(sharing) },
      {
        title: "PROFILE LIMIT",
        value: ({ profileLimit }) => (profileLimit === undefined ? "" : count(profileLimit)),
        align: "right",
      },
      { title: "ID", value: ({ connectionId }) => connectionId, dispensable: true },
    ],
    connections,
    none,
  );
}

export function describeConnection(
  terminal: Pick<Terminal, "colors" | "columns">,
  connection: ConnectionAnswer,
): string {
  const { account, state, stateFoundAt, problem, consent, revision } = connection;
  return properties(terminal, [
    ["Connection", connection.displayName],
    ["ID", connection.connectionId],
    [
      "State",
      state === undefined
        ? undefined
        : `${stateText(terminal.colors, state)}, found out ${instant(stateFoundAt) ?? ""}`,
    ],
    ["Problem", problem?.message],
    ["Account", account === undefined ? undefined : `${account.organizationName} (${account.id})`],
    ["Shared with", connection.sharing === undefined ? undefined : shared(connection.sharing)],
    [
      "Profile limit",
      connection.profileLimit === undefined
        ? undefined
        : `${count(connection.profileLimit)} members a run`,
    ],
    ["Scopes", connection.scopes?.join(", ")],
    [
      "Key",
      connection.ownSecretArn ??
        (connection.keySource === undefined ? undefined : placeOf(connection.keySource)),
    ],
    ["Last used", instant(connection.lastUsedAt)],
    [
      "API revision",
      revision === undefined
        ? undefined
        : `${revision.inUse}, retired by Klaviyo on ${revision.retiresOn}`,
    ],
    [
      "Consent",
      consent === undefined
        ? undefined
        : `${userText(connection, consent.agreedBy)}, ${instant(consent.agreedAt) ?? ""}, wording ${consent.wordingVersion}`,
    ],
    [
      "Export user",
      connection.exportUser === undefined ? undefined : userText(connection, connection.exportUser),
    ],
    ["You may", connection.permissions?.join(", ")],
  ]);
}

function placeOf(keySource: NonNullable<ConnectionAnswer["keySource"]>): string {
  switch (keySource) {
    case "typed":
    case "ownSecret":
      return "kept by this system";
    case "signIn":
      return "a sign-in to Klaviyo, kept by this system";
  }
}
