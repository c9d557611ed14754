import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
const jestFile = path.join(root, "node_modules/jest/bin/jest.js");

/** Something that is drawn at random: a stint of it is a process of its own, which ends with 0 if all held. */
export interface Kind {
  readonly name: string;
  /** Arguments of node. */
  readonly command: (seed: number) => readonly string[];
  /** Beside SEED, which is the seed. */
  readonly environment?: Readonly<Record<string, string>>;
}

const typescript = (file: string, ...options: readonly string[]): string[] => [
  ...["--import", "tsx", path.join(root, file)],
  ...options,
];
const jestOn = (...files: readonly string[]): string[] => [
  ...[jestFile, "--silent", "--testTimeout=1800000"],
  ...files,
];

/** All that is random. A stint is short, so that in an hour's proof every kind has many turns. */
export const kinds: readonly Kind[] = [
  { name: "rules", command: () => jestOn(...propertiesIn("test/unit")) },
  { name: "adapters", command: () => jestOn(...propertiesIn("test/integration")) },
  {
    name: "requests",
    command: () => jestOn("hostile-requests"),
    environment: { FUZZ_REQUESTS: "10000" },
  },
  { name: "files", command: () => jestOn("fuzzed-files"), environment: { FUZZ_FILES: "24" } },
  {
    name: "chaos",
    command: (seed) => typescript("test/chaos/command.ts", "--seeds=2", `--seed=${String(seed)}`),
  },
  {
    name: "histories",
    command: (seed) =>
      typescript("test/histories/command.ts", "--count=20", `--seed=${String(seed)}`),
  },
  {
    name: "signIns",
    command: () => jestOn("sign-in-renewal"),
    environment: { SIGN_IN_TRIALS: "300" },
  },
  {
    name: "outages",
    command: (seed) => typescript("test/outages/command.ts", "--draw=20", `--seed=${String(seed)}`),
  },
  {
    name: "writers",
    command: (seed) => typescript("test/writers/command.ts", "--count=9", `--seed=${String(seed)}`),
  },
];

/** Files with property tests; fuzzed files have a kind of their own. */
function propertiesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.includes("fuzzed-files"))
    .map((file) => path.join(root, folder, file))
    .filter((file) => readFileSync(file, "utf8").includes('from "fast-check"'));
}
