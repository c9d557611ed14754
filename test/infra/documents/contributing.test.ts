import { expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");
const page = readFileSync(path.join(root, "docs/contributing.md"), "utf8");

test("the recipes name files and folders that are there", () => {
  const named = [...page.matchAll(/`((?:functions|infra|shared|test)\/[\w./-]+)`/g)].map(
    ([, file]) => file ?? "",
  );

  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
