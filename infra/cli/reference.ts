import { Help, type Command } from "commander";
import { exitCodes } from "./exit-codes";
import { buildProgram } from "./program";
import { processTerminal } from "./terminal/terminal";

/** The command line's reference, made from the definitions by which commands are read. */
export function cliReference(): string {
  const program = buildProgram(processTerminal({ color: false }), () => undefined, "");
  const help = new Help();
  return [
    "# klaviyo-export",
    "",
    "<!-- Made by `npm run cli-reference`; a test checks that it is current. -->",
    "",
    `${program.description()} \`npx klaviyo-export\` works in a clone after \`npm ci\`.`,
    "",
    ...introduction,
    "## Options of every command",
    "",
    ...optionTable(help, program),
    "## Exit codes",
    "",
    ...markdownTable(
      ["Code", "Meaning"],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
    "## Commands",
    "",
    ...help.visibleCommands(program).flatMap((command) => commandReference(help, command, [])),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

const introduction = [
  "**Environments.** A profile is an environment's address and, for signing in with a password, its user pool",
  "(`profiles set`). Profiles and tokens lie in `klaviyo-export` of the user's folder of settings",
  "(`KLAVIYO_EXPORT_CONFIG_DIR` names another); the file with the tokens can be read by its owner alone. Without a",
  "profile, `KLAVIYO_EXPORT_URL` and `KLAVIYO_EXPORT_TOKEN` say where and as whom. An option comes before a",
  "variable, a variable before the profile in use; `--profile` and `--url` together are refused. A profile's token is",
  "never sent to another address, and no token to another machine in clear: `http://` is for this machine only.",
  "",
  "**Signing in.** `login` signs in to the user pool by SRP, so that the password never travels, and asks for a new",
  "password or a second factor where the pool does. The access token is renewed for seven days. With a token issuer",
  "of your own, `login --token-stdin` takes a token.",
  "",
  "**Names.** Wherever a source, a connection or an export is named, its display name or its id will do; where a run is named,",
  "its id, or the name of an export, which means its last run.",
  "",
  "**What can be read in several ways.** Numbers such as `1,234`, dates such as `01/02/2024` and phone numbers without",
  "a country's code are not guessed at: where their column does not show how they are meant, saving a mapping asks for",
  "it, or tells the commands that say it, and until then such values are left out. Through the API, an export's answer",
  "names them (`unclear`), and the segments that nobody has described for a month (`undescribed`).",
  "",
  "**Keys.** A Klaviyo API key, a token or key of a source is asked for and not shown, or read from a file, a variable or",
  "standard input. It is never an option's value.",
  "",
  "**Scripts.** With `-o json` or `-o yaml` standard output holds the API's answer and nothing else; progress, questions",
  'and errors go to standard error, with `-o json` an error as `{"problem": {code, message, field, requestId}}`. Nothing',
  "is asked when nobody is at the terminal: what is missing is then named in the error. Creations and starts carry an",
  "`Idempotency-Key` and, like reading, are tried again when the network fails.",
  "",
  "**Configuration as code.** `get all` writes a file of sources, what is set for segments, connections, exports and the system",
  "refresh, and `apply -f FILE` makes an environment be what the file says: it shows the difference field by field, asks, and changes only what",
  "differs. Connections and exports are told apart by their display names. An entry says all of a thing: what it leaves",
  "out has its default. What has no entry is left alone, unless `--prune` is given, which deletes what is missing from a",
  "section that the file has. A new name is a new thing: the old one stays, or goes with `--prune`. The first step that",
  "fails ends it with that step's exit code; what was done and what was not is said, with `-o json` as each step's",
  "`outcome`, and applying the file again goes on from there.",
  "",
  "Segments are in the file by what is set for them (`segments set`): the names of their columns, and the marker of a",
  "whole refresh. What an entry leaves out is taken away, and with `--prune` all that is set for segments without an entry;",
  "their files are never touched. Where no segment has settings, the file has no section of them. Sources are told apart by",
  "their ids; the token of one that exists is left alone. API keys, and tokens and keys of sources, are never in the file:",
  "",
  "```yaml",
  "sources:",
  "  - id: insights",
  "    displayName: Customer Insights",
  "    place: { kind: azure, account: contosodata, container: exports } # or { kind: s3, bucket: copies }",
  "    sasToken: { env: AZURE_SAS_TOKEN } # or { file: PATH }, or accountKey; read when the source is made or moved",
  "    # or, without a secret: federated: { tenantId: …, clientId: … }",
  "segments:",
  "  - name: customers",
  "    columns: [email, first_name] # of files without a header; left out where they have one",
  "    marker: { kind: success } # or { kind: file, name: DONE }, { kind: manifest, name: files.json }; left out for none",
  "connections:",
  "  - displayName: Shop",
  "    apiKey: { env: KLAVIYO_API_KEY } # or { file: PATH }, or secretArn: ARN; read when the connection is made",
  "    agree: true # the consent; see connections create --help",
  "    sharing: administratorsAndContributors",
  "exports:",
  "  - displayName: Newsletter",
  "    connection: Shop",
  "    list: { name: Newsletter, create: true } # or { id: AbC123 }",
  "    segments: [customers]",
  "    mapping: { email: Email }",
  "    schedule: { mode: system }",
  "```",
  "",
];

function commandReference(help: Help, command: Command, path: readonly string[]): string[] {
  const words = [...path, command.name()];
  const inner = help.visibleCommands(command).filter((one) => one.name() !== "help");
  if (inner.length > 0) {
    return [
      `### ${words.join(" ")}`,
      "",
      sentence(command.description()),
      "",
      ...inner.flatMap((one) => commandReference(help, one, words)),
    ];
  }
  if (command.name() === "help") {
    return [];
  }
  const usage = [
    "klaviyo-export",
    ...words,
    command.usage().replace("[options] ", "").replace("[options]", ""),
  ];
  return [
    `${path.length === 0 ? "###" : "####"} ${words.join(" ")}`,
    "",
    sentence(command.description()),
    "",
    "```text",
    usage.join(" ").trim(),
    "```",
    "",
    ...optionTable(help, command),
  ];
}

function optionTable(help: Help, command: Command): string[] {
  const rows = [
    ...help
      .visibleArguments(command)
      .map((argument) => [
        `\`${help.argumentTerm(argument)}\``,
        help.argumentDescription(argument),
      ]),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== "--help")
      .map((option) => [`\`${help.optionTerm(option)}\``, help.optionDescription(option)]),
  ];
  return rows.length === 0 ? [] : markdownTable(["Option", "Meaning"], rows);
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line), ""];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
