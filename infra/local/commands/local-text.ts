import { shellWord } from "../../cli/output/hints";

/** Where the parts of a system on this machine are, and who may use it. */
export interface LocalSystem {
  /** Null without a console. */
  readonly console: string | null;
  readonly api: string;
  readonly klaviyo: { readonly url: string; readonly apiKey: string; readonly listId: string };
  readonly control: string;
  readonly segments: string;
  readonly tokens: {
    readonly administrator: string;
    readonly contributor: string;
    readonly viewer: string;
  };
}

/** What is told when the system is up. A file that holds the tokens spares the terminal from them. */
export function localText(system: LocalSystem, envFile: string | undefined): string {
  const { console: shown, api, klaviyo, control, segments, tokens } = system;
  const places = [
    ...(shown === null ? [] : [`The console:        ${shown}`]),
    `The API:            ${api}`,
    `Klaviyo simulator:  ${klaviyo.url}`,
    `Control endpoint:   ${control}`,
    `A segment's file:   curl -T customers.csv ${segments}/customers/`,
  ];
  if (envFile !== undefined) {
    const file = shellWord(envFile.includes("/") ? envFile : `./${envFile}`);
    return [
      ...places,
      `Keys and tokens:    in ${envFile}, which its owner alone can read`,
      "",
      "In another terminal:",
      `  . ${file}`,
      "  npx klaviyo-export whoami",
      "Ctrl-C ends it.",
    ].join("\n");
  }
  return [
    ...places,
    `  API key:          ${klaviyo.apiKey}`,
    `  a list's ID:      ${klaviyo.listId}`,
    "The command line:   start this with --env FILE, which says how to go on",
    "",
    'Tokens, to be sent as "Authorization: Bearer TOKEN":',
    ...["  Administrator", tokens.administrator, "  Contributor", tokens.contributor],
    ...["  Viewer", tokens.viewer, "", "Ctrl-C ends it."],
  ].join("\n");
}
