import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const root = path.resolve(__dirname, "../../..");
const pages = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
  { cwd: root, encoding: "utf8" },
)
  .split("\n")
  .filter((page) => page !== "" && existsSync(path.join(root, page)));

/** A page without its code, in which nothing is a link. */
const textOf = (page: string): string =>
  readFileSync(path.join(root, page), "utf8").replace(/```[\s\S]*?```|`[^`\n]*`/g, "");

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...readFileSync(path.join(root, page), "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );

test("there are pages to read", () => {
  expect(pages).toContain("README.md");
});

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .transform((file) => Object.keys(file.scripts))
  .parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));

test.each(pages)("the files and commands that %s names are there", (page) => {
  const text = readFileSync(path.join(root, page), "utf8");
  const files = [
    ...text.matchAll(/`((?:\.\.\/)?(?:test|shared|functions|infra|docs)\/[\w./-]+)`/g),
  ].map(([, file = ""]) => file);
  const commands = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
    ([, command = ""]) => command,
  );
  const isThere = (file: string): boolean =>
    [file, path.join(path.dirname(page), file)].some((name) => existsSync(path.join(root, name)));
  expect(files.filter((file) => !isThere(file))).toEqual([]);
  expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
});

test.each(pages)("the links of %s lead somewhere", (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, link = ""]) => {
    const [file = "", anchor] = link.split("#");
    return /^[a-z]+:/.test(link) ? [] : [{ link, file, anchor }];
  });
  const dead = links.filter(({ file, anchor }) => {
    const target = file === "" ? page : path.join(path.dirname(page), decodeURI(file));
    return (
      !existsSync(path.join(root, target)) ||
      (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor))
    );
  });
  expect(dead.map(({ link }) => link)).toEqual([]);
});
