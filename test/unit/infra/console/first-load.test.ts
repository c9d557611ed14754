import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { CONSOLE_BUNDLE } from "../../../../infra/console-bundle";

const ASSETS = path.join(CONSOLE_BUNDLE, "assets");

/** What is loaded as soon as the page is there, and with the first screen and the first language. */
const firstLazy = [/^home-screen-.*\.js$/, /^en-.*\.js$/, /^all\.en-.*\.js$/];

/** A script with all that it imports from the beginning. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(path.join(ASSETS, file), "utf8");
  for (const [, imported = ""] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
    withImports(imported, seen);
  }
  return seen;
}

test("whoever opens the console loads at most 450 kB of scripts and styles first, as gzip sends them", () => {
  const page = readFileSync(path.join(CONSOLE_BUNDLE, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(
    ([, file = ""]) => file,
  );
  const lazy = firstLazy.map((name) => readdirSync(ASSETS).find((file) => name.test(file)) ?? "");
  const scripts = new Set<string>();
  for (const file of [...named.filter((each) => each.endsWith(".js")), ...lazy]) {
    withImports(file, scripts);
  }
  const files = [...scripts, ...named.filter((file) => file.endsWith(".css"))];
  const bytes = files.map((file) => gzipSync(readFileSync(path.join(ASSETS, file))).length);

  // Less would mean that something of it was not found.
  expect(bytes.length).toBeGreaterThan(20);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(450_000);
});
