import { parseArgs } from "node:util";

export const demoHelp = `npm run demo -- [options]

Runs the main job on this machine: makes a connection and an export, runs it against a Klaviyo
simulator, and prints the run's result and the list's members.

  --file FILE       a segment's file of your own: CSV, NDJSON or Parquet, plain or gzip;
                    may be given several times
  --email FIELD     the field that holds the email address (the likeliest one unless given)
  --profiles N      a generated segment of N valid profiles
  --members FILE    writes the list's members to FILE, one email a line
  --json            prints one JSON object last, and nothing else on standard output
  --help            prints this
`;

export interface DemoOptions {
  readonly source:
    | { readonly kind: "sample" }
    | { readonly kind: "generated"; readonly profiles: number }
    | { readonly kind: "files"; readonly paths: readonly string[] };
  readonly emailField: string | undefined;
  readonly membersFile: string | undefined;
  readonly json: boolean;
}

export type DemoArguments =
  | { readonly kind: "run"; readonly options: DemoOptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

/** The largest segment that the demo generates; beyond it, disks rather than the system are tried. */
const MAX_PROFILES = 20_000_000;

/** Reads the command line. */
export function readDemoArguments(args: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        file: { type: "string", multiple: true },
        email: { type: "string" },
        profiles: { type: "string" },
        members: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      return { kind: "help" };
    }
    if (values.file !== undefined && values.profiles !== undefined) {
      return { kind: "wrong", message: "--file and --profiles can't be given together." };
    }
    const profiles = Number(values.profiles ?? "1");
    if (!Number.isInteger(profiles) || profiles < 1 || profiles > MAX_PROFILES) {
      return {
        kind: "wrong",
        message: `--profiles takes a whole number from 1 to ${MAX_PROFILES.toLocaleString("en")}.`,
      };
    }
    return {
      kind: "run",
      options: {
        source:
          values.file !== undefined
            ? { kind: "files", paths: values.file }
            : values.profiles !== undefined
              ? { kind: "generated", profiles }
              : { kind: "sample" },
        emailField: values.email,
        membersFile: values.members,
        json: values.json,
      },
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message : String(error) };
  }
}
