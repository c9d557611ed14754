import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const PROJECT_ROOT = path.resolve(__dirname, "..");

/** Where `npm run build:console` puts the console. */
export const CONSOLE_BUNDLE = path.join(PROJECT_ROOT, "infra/console/dist");

/** What the bundle is made from; of the folder `infra/console`, all but the bundle itself. */
const sources = ["infra/console", "infra/console-config.ts", "infra/client", "shared"];

/**
 * Builds the console when there is no bundle, or one that is older than its sources.
 *
 * @throws when it can't be built; what the build said is on standard error.
 */
export function buildConsoleWhenStale(): void {
  const page = path.join(CONSOLE_BUNDLE, "index.html");
  const built = existsSync(page) ? statSync(page).mtimeMs : -Infinity;
  if (sources.every((source) => newest(path.join(PROJECT_ROOT, source)) <= built)) return;
  process.stderr.write("Building the console…\n");
  const { status } = spawnSync("npm", ["run", "--silent", "build:console"], {
    cwd: PROJECT_ROOT,
    // Whoever asks for it, it is the one that is deployed: from tests it would come with React's for development.
    env: { ...process.env, NODE_ENV: "production" },
    // Standard output belongs to whoever needs the console.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0 || !existsSync(page)) {
    throw new Error("The console could not be built. See what npm run build:console says.");
  }
}

/** The version that a bundle is told apart by: the package's, and a hash of the page, which names all else. */
export function consoleVersion(directory: string): string {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(PROJECT_ROOT, "package.json"), "utf8")));
  const hash = createHash("sha256").update(readFileSync(path.join(directory, "index.html")));
  return `${version}+${hash.digest("hex").slice(0, 8)}`;
}

function newest(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || file === CONSOLE_BUNDLE) return -Infinity;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(-Infinity, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}
