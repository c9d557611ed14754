import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const builder = path.resolve(__dirname, "../../../infra/cli/start/build.mjs");

let root: string;
let cache: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-build-"));
  cache = path.join(root, "node_modules/.cache/test");
  mkdirSync(path.join(root, "src"));
  writeFileSync(path.join(root, "src/word.ts"), 'export const word: string = "first";');
  writeFileSync(
    path.join(root, "src/main.ts"),
    'import { word } from "./word"; export const main = (): string => word;',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

/** In a process of its own, as a command does. */
function load(folder = cache): { file?: string; said?: string } {
  const script = `
    import { pathToFileURL } from "node:url";
    import { currentBuild } from ${JSON.stringify(builder)};
    const options = ${JSON.stringify({ root, entry: "src/main.ts", cache: folder })};
    const [file] = await Promise.all([currentBuild(options), currentBuild(options)]);
    const said = file === undefined ? undefined : (await import(pathToFileURL(file).href)).main();
    console.log(JSON.stringify({ file, said }));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }),
  ) as ReturnType<typeof load>;
}

test("the sources are built once, also by two commands at a time, and again when one has changed", () => {
  const first = load();
  expect(first.said).toBe("first");
  const builds = readdirSync(cache);

  expect(load().said).toBe("first");
  expect(readdirSync(cache)).toEqual(builds);

  writeFileSync(path.join(root, "src/word.ts"), 'export const word: string = "second";');
  const second = load();
  expect(second.said).toBe("second");
  expect(second.file).not.toBe(first.file);
});

test("a build whose files are gone is made again", () => {
  rmSync(path.dirname(load().file!), { recursive: true });
  expect(load().said).toBe("first");
});

test("where nothing can be written, there is no build, and no error", () => {
  writeFileSync(path.join(root, "file"), "");
  expect(load(path.join(root, "file/cache"))).toEqual({});
});
