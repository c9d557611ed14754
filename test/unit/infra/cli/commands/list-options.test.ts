import { describe, expect, it } from "@jest/globals";
import { Command } from "commander";
import { listOptions } from "../../../../../infra/cli/commands/options/list-options";
import { exportsContract } from "../../../../../shared/contract/exports";
import { runsContract } from "../../../../../shared/contract/runs/runs";

const given = (
  parameters: Parameters<typeof listOptions>[0],
  names: readonly string[],
  words: readonly string[],
): Record<string, string> => {
  const options = listOptions(
    parameters,
    Object.fromEntries(names.map((name) => [name, `by ${name}`])),
  );
  const command = options.addTo(
    new Command().exitOverride().configureOutput({ writeErr: () => 0 }),
  );
  command.parse([...words], { from: "user" });
  return options.given(command);
};

describe("the options of a list", () => {
  const ofRuns = (...words: string[]) =>
    given(
      runsContract["GET /exports/{exportId}/runs"].query.shape,
      ["status", "sort", "from"],
      words,
    );
  const ofExports = (...words: string[]) =>
    given(
      exportsContract["GET /exports"].query.shape,
      ["search", "lastRunStatus", "detached"],
      words,
    );

  it.each([
    [[], {}],
    [["--status", "failed"], { status: "failed" }],
    [["--sort", "-requestedAt"], { sort: "-requestedAt" }],
    [["--from", "2026-11-02"], { from: "2026-11-02T00:00:00.000Z" }],
    [["--from", "2026-11-02T09:00+01:00"], { from: "2026-11-02T08:00:00.000Z" }],
  ])("%j are the query %j", (words, query) => {
    expect(ofRuns(...words)).toEqual(query);
  });

  it("leave texts as they are typed, whatever they look like", () => {
    expect(ofExports("--search", "007")).toEqual({ search: "007" });
    expect(ofExports("--last-run-status", "skipped", "--detached", "false")).toEqual({
      lastRunStatus: "skipped",
      detached: "false",
    });
  });

  it.each([
    ["--status", "done"],
    ["--from", "yesterday"],
    ["--sort", "status"],
  ])("%s does not take “%s”", (option, value) => {
    expect(() => ofRuns(option, value)).toThrow(option);
  });
});
