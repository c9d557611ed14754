import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { costHeaders, idleHeaders } from "../../bench/measures/cost";
import { peerHeaders } from "../../bench/measures/peers";
import { scenarioHeaders } from "../../bench/simulation/report";
import { benchHeaders } from "../../bench/table";

const projectDirectory = path.resolve(__dirname, "../../..");

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
