import { readFile } from "node:fs/promises";
import module from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { currentBuild } from "./build.mjs";

const root = path.resolve(import.meta.dirname, "../../..");

/**
 * The command line, as one file that is made of the sources when they have changed: to read and translate each of
 * them whenever a command is given would take longer than most commands do.
 *
 * @returns {Promise<{ main: (options: { version: string }) => Promise<void>, version: string }>}
 */
export async function loadCommandLine() {
  const cache = path.join(root, "node_modules/.cache/klaviyo-export");
  // From Node 22.1 on: what the engine made of the file is kept as well.
  module.enableCompileCache?.(path.join(cache, "compiled"));
  const built = await currentBuild({ root, entry: "infra/cli/main.ts", cache });
  const { main } = await (built === undefined ? loadSources() : import(pathToFileURL(built).href));
  return { main, version: await versionOf() };
}

async function versionOf() {
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  return version;
}

/** Runs the sources as they lie: slower, and it takes no folder that may be written to. */
async function loadSources() {
  // Whichever folder the command is called in, its own compiler options count.
  process.env["TSX_TSCONFIG_PATH"] ??= path.join(root, "tsconfig.json");
  const { register } = await import("tsx/cjs/api");
  return register({ namespace: "klaviyo-export" }).require("../main.ts", import.meta.url);
}
