import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { sentences } from "../../shared/observability/log-sentences";

const root = path.resolve(__dirname, "../..");
const sources = execFileSync("git", ["ls-files", "shared/*.ts", "functions/*.ts"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");

test("every event of the log's catalogue is logged somewhere", () => {
  const logged = new Set(
    sources.flatMap((file) =>
      [
        ...readFileSync(path.join(root, file), "utf8").matchAll(
          /\blog\.(?:debug|info|warn|error)\(\s*"(\w+)"/g,
        ),
      ].map(([, event]) => event),
    ),
  );
  expect(Object.keys(sentences).filter((event) => !logged.has(event))).toEqual([]);
});
