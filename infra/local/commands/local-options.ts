import { parseArgs } from "node:util";

export const localHelp = `npm run local -- [options]

Starts the whole system on this machine, with a Klaviyo simulator, and keeps it up until Ctrl-C.

  --json              print one JSON object instead of text
  --port N            port of the API (any free one unless given)
  --console-port N    port of the console (any free one unless given)
  --no-console        leave out the console, and don't build it
  --env FILE          write where everything is to FILE, for a shell to read: . ./FILE
  --aws-endpoint URL  use this AWS-compatible endpoint instead of the embedded services
  --help              print this
`;

export type LocalArguments =
  | {
      readonly kind: "start";
      readonly json: boolean;
      readonly port: number;
      readonly awsEndpoint: string | undefined;
      /** Undefined without a console. */
      readonly consolePort: number | undefined;
      readonly envFile: string | undefined;
    }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

/** Reads the command line. */
export function readLocalArguments(args: readonly string[]): LocalArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: "boolean", default: false },
        port: { type: "string", default: "0" },
        "console-port": { type: "string", default: "0" },
        "no-console": { type: "boolean", default: false },
        "aws-endpoint": { type: "string" },
        env: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    for (const name of ["port", "console-port"] as const) {
      if (!/^\d+$/.test(values[name]) || Number(values[name]) > 65_535) {
        return {
          kind: "wrong",
          message: `--${name} takes a number from 0 to 65535, not ${values[name]}.`,
        };
      }
    }
    const awsEndpoint = values["aws-endpoint"];
    if (awsEndpoint !== undefined && !/^https?:$/.test(URL.parse(awsEndpoint)?.protocol ?? "")) {
      return { kind: "wrong", message: `--aws-endpoint takes a URL, not ${awsEndpoint}.` };
    }
    return {
      kind: "start",
      json: values.json,
      port: Number(values.port),
      consolePort: values["no-console"] ? undefined : Number(values["console-port"]),
      awsEndpoint,
      envFile: values.env,
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message : String(error) };
  }
}
