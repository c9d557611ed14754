import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * @typedef {object} Built what the last build was made of
 * @property {string} folder the build's folder, within the cache
 * @property {Record<string, string>} sources each source, from the root, and its state when it was built
 */

/** A process may still be running from an older build, and load a further part of it. */
const KEPT_MILLISECONDS = 24 * 3_600_000;

/**
 * The file to load for the entry, bundled with all that it imports; made anew when one of the sources has changed.
 * Undefined where the cache can't be written, or the builder is not installed.
 *
 * @param {{ root: string, entry: string, cache: string }} options
 * @returns {Promise<string | undefined>}
 */
export async function currentBuild({ root, entry, cache }) {
  const made = path.join(cache, "current.json");
  const file = `${path.basename(entry, ".ts")}.mjs`;
  const last = await readBuilt(made);
  if (last !== undefined && isCurrent(root, cache, last, file)) {
    return path.join(cache, last.folder, file);
  }
  try {
    const built = await build(root, entry, cache);
    // Written beside and moved into place: whoever reads it finds all of it.
    const beside = `${made}.${randomUUID()}`;
    await writeFile(beside, JSON.stringify(built));
    await rename(beside, made);
    await removeOlder(cache, built.folder);
    return path.join(cache, built.folder, file);
  } catch {
    return undefined;
  }
}

/** @returns {Promise<Built | undefined>} */
async function readBuilt(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {Built} built */
function isCurrent(root, cache, { folder, sources }, file) {
  return (
    stateOf(path.join(cache, folder, file)) !== MISSING &&
    Object.entries(sources).every(([source, state]) => stateOf(path.join(root, source)) === state)
  );
}

const MISSING = "missing";

/** Size and time, which a change to a file changes: to read a hundred files would take too long. */
function stateOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? MISSING : `${found.size} ${found.mtimeMs}`;
}

/** @returns {Promise<Built>} */
async function build(root, entry, cache) {
  const { build: bundle } = await import("esbuild");
  const folder = `build-${randomUUID()}`;
  await mkdir(cache, { recursive: true });
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: path.join(cache, folder),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is loaded when it is needed stays apart.
    splitting: true,
    // Loaded where somebody signs in or is asked, and then as Node does it: a bundle takes some of them apart wrongly.
    external: ["@aws-sdk/*", "cognito-srp-helper", "@inquirer/prompts"],
    format: "esm",
    platform: "node",
    target: "node20.20",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
    // Packages that are CommonJS ask for Node's own modules so.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  const own = Object.keys(metafile.inputs).filter((source) => !source.startsWith("node_modules/"));
  // The packages' versions, and how it is built, count as sources too.
  const others = ["package-lock.json", "tsconfig.json", "infra/cli/start/build.mjs"];
  const sources = [...own, ...others].map((source) => [source, stateOf(path.join(root, source))]);
  return { folder, sources: Object.fromEntries(sources) };
}

async function removeOlder(cache, current) {
  const folders = (await readdir(cache)).filter(
    (name) => name.startsWith("build-") && name !== current,
  );
  for (const folder of folders) {
    const { mtimeMs } = await stat(path.join(cache, folder));
    if (Date.now() - mtimeMs > KEPT_MILLISECONDS) {
      await rm(path.join(cache, folder), { recursive: true, force: true });
    }
  }
}
