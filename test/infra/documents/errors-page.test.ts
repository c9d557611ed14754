import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { errorsPage } from "../../../infra/commands/errors-page";
import { problemCatalogue } from "../../../shared/domain/problems/problem";
import { unpadded } from "../../support/files/unpadded";

const page = readFileSync(path.resolve(__dirname, "../../../docs/errors.md"), "utf8");

test("docs/errors.md lists the errors as the catalogue has them: else run `npm run errors`", () => {
  expect(unpadded(page)).toBe(unpadded(errorsPage()));
});

test("docs/errors.md has every code of the catalogue, with cause and cure", () => {
  const listed = [...page.matchAll(/^\| `(\w+)` +\| (?:\d{3}|run) +\|(.+)\|$/gm)];

  expect(listed.map(([, code]) => code)).toEqual(Object.keys(problemCatalogue));
  for (const [, , cells = ""] of listed) {
    expect(cells.split(" | ").map((cell) => cell.trim())).not.toContain("");
  }
});
