import { expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { functionDefinitions, functionNames } from "../../functions/definitions";

/** The list of functions, what is wired to it by name (routes, contract), and one place more. */
const MOST_PLACES = 3;

const root = path.resolve(__dirname, "../..");

const texts = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(json|md|mjs|ts|tsx|ya?ml)$/.test(file) && !file.startsWith("test/"))
  .filter((file) => existsSync(path.join(root, file)))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

function folderOf(name: (typeof functionNames)[number]): string {
  const { kind, label } = functionDefinitions[name];
  return kind === "api"
    ? `functions/api/${label.replace(/-api$/, "")}/`
    : `functions/jobs/${label}/`;
}

it.each(functionNames)(`%s is named in at most ${MOST_PLACES} files beside its folder`, (name) => {
  const { label } = functionDefinitions[name];
  const named = new RegExp(`(?<![\\w-])(${name}|${label})(?![\\w-])`);
  const files = texts.filter(({ text }) => named.test(text)).map(({ file }) => file);
  expect(files).toContain(`${folderOf(name)}definition.ts`);
  const elsewhere = files.filter((file) => !file.startsWith(folderOf(name)));
  expect(elsewhere).toContain("functions/definitions.ts");
  expect(elsewhere.slice(MOST_PLACES)).toEqual([]);
});
