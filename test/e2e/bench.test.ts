import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { costHeaders, idleHeaders } from "../bench/measures/cost";
import { peerHeaders } from "../bench/measures/peers";
import { scenarioHeaders } from "../bench/simulation/report";
import { benchHeaders } from "../bench/table";

const projectDirectory = path.resolve(__dirname, "../..");

const command = async (name: string, ...parameters: string[]): Promise<string> =>
  (
    await promisify(execFile)("npm", ["run", "--silent", name, "--", ...parameters], {
      cwd: projectDirectory,
      maxBuffer: 10_000_000,
    })
  ).stdout;

describe("npm run bench", () => {
  it("names the measures that there are when asked for another", async () => {
    await expect(command("bench", "--only", "everything")).rejects.toMatchObject({
      stderr: expect.stringMatching(/no measure everything[^]*speed[^]*peers/),
    });
  });

  it("says so when asked to compare with a commit that there is not", async () => {
    await expect(command("bench", "--compare", "no-such-commit")).rejects.toMatchObject({
      stderr: expect.stringContaining("There is no commit no-such-commit."),
    });
  });
});

it("npm run simulate says when all are done and what binds", async () => {
  const stdout = await command(
    "simulate",
    "--accounts",
    "3",
    "--profiles",
    "100000",
    "--push",
    "2",
  );
  expect(stdout).toMatch(/^Binds first: .+\.$/m);
  expect(stdout).toMatch(/^Runs ended: half by \d+ s, 95 % by \d+ s, all by \d+ s\.$/m);
});

describe("the documentation", () => {
  const headersBelow = (document: string, heading: string): string[][] => {
    const text = readFileSync(path.join(projectDirectory, document), "utf8");
    const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
    return section
      .split("\n")
      .filter((line, at, lines) => /^\| *-/.test(lines[at + 1] ?? "") && line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  };

  it.each([
    ["test/bench/README.md", "How fast", benchHeaders],
    ["test/bench/README.md", "What it costs", costHeaders],
    ["test/bench/README.md", "What it costs", idleHeaders],
    ["test/bench/README.md", "Past one machine", scenarioHeaders],
    ["test/bench/README.md", "Against other ways", peerHeaders],
  ])("has in %s, below “%s”, the table that the command prints", (document, heading, headers) => {
    expect(headersBelow(document, heading)).toContainEqual([...headers]);
  });
});
