import { expect, test } from "@jest/globals";
import pc from "picocolors";
import type { RunAnswer } from "../../../../infra/cli/api/answers";
import { showRunProgress } from "../../../../infra/cli/output/run-progress";
import type { Terminal } from "../../../../infra/cli/terminal/terminal";

const aRun = (more: object): RunAnswer =>
  ({ status: "running", phase: "preparing", progress: { chunks: null }, ...more }) as RunAnswer;
const trouble = (since: string) => ({
  ...{ code: "awsUnavailable", culprit: "external", for: "aws" },
  since: `2026-11-02T${since}:00.000Z`,
  message: `AWS has not done since ${since} what this system asks of it (DynamoDB PutItem). Nothing needs to be done.`,
});

test("a watched run says once what it waits for, and since when, and goes on where it went on", () => {
  const notes: string[] = [];
  const progress = showRunProgress({
    ...{ note: (text: string) => void notes.push(text), noteColumns: 80, drawsProgress: false },
    noteColors: pc.createColors(false),
  } as unknown as Terminal);
  const states = [
    {},
    { waiting: trouble("10:00") },
    { waiting: trouble("10:00") },
    {},
    { waiting: trouble("10:20") },
    { status: "failed", waiting: trouble("10:20") },
  ];
  for (const state of states) {
    progress.update(aRun(state));
  }
  const told = notes.join("\n").replace(/\s+/g, " ");
  expect(told.match(/waiting: AWS has not done since 10:00 /g)).toHaveLength(1);
  expect(told.match(/waiting: AWS has not done since 10:20 /g)).toHaveLength(1);
  expect(notes[0]).toBe("preparing…");
  expect(
    Math.max(
      ...notes
        .join("\n")
        .split("\n")
        .map(({ length }) => length),
    ),
  ).toBeLessThan(80);
});
