import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { benchReportSchema } from "../bench/json";

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

  it("measures a run, what it moved and what it would cost", async () => {
    const stdout = await command(
      ...["bench", "--json", "--sizes", "2000"],
      ...["--only", "speed,growth,memory,traffic,cost"],
    );
    const { rows, details, serviceTimes } = benchReportSchema.parse(JSON.parse(stdout));
    const row = (measure: string) => rows.find((one) => one.measure === measure);
    expect(row("run to `successful`")).toMatchObject({ profiles: 2_000, floor: 0.1 });
    expect(row("answers 429")).toMatchObject({ figure: 0, met: true });
    expect(row("memory of prepare-run")).toMatchObject({ met: true });
    for (const moved of [
      ...["read from S3", "written to S3", "sent to Klaviyo", "prepare function"],
      "processor: simulator",
    ]) {
      expect(row(moved)?.figure).toBeGreaterThan(0);
    }
    const items = details[0]?.rows.map(([item]) => item);
    expect(items).toEqual(
      expect.arrayContaining([
        ...["Lambda duration", "DynamoDB writes", "DynamoDB reads", "SQS", "S3 PUT, POST, LIST"],
        ...["S3 GET, HEAD", "Secrets Manager", "CloudWatch Logs", "out to Klaviyo"],
      ]),
    );
    expect(serviceTimes?.["prepareFixedSeconds"]).toBeGreaterThanOrEqual(0);
  }, 180_000);

  it("mirrors a segment again after a little changed, and counts who was sent and removed", async () => {
    const stdout = await command("bench", "--json", "--sizes", "2000", "--only", "second-run");
    const { rows } = benchReportSchema.parse(JSON.parse(stdout));
    const counted = rows.filter(({ aim }) => aim?.of === "count");
    expect(counted.map(({ measure, figure, met }) => [measure, figure, met])).toEqual([
      ["second run: sent", 4, true],
      ["second run: imported", 4, true],
      ["second run: removed", 2, true],
      ["second run: on the list", 1_998, true],
      ["second run: answers 429", 0, true],
    ]);
    const run = rows.find(({ measure }) => measure === "second run to `successful`");
    expect(run?.floor).toBeGreaterThan(0);
    expect(run?.figure).toBeGreaterThan(run?.floor ?? Infinity);
  }, 180_000);

  it("compares this checkout with a commit, which it leaves no trace of", async () => {
    const worktrees = async () =>
      (await promisify(execFile)("git", ["worktree", "list"], { cwd: projectDirectory })).stdout;
    const before = await worktrees();
    const stdout = await command(
      ...["bench", "--compare", "HEAD", "--times", "2"],
      ...["--sizes", "2000", "--only", "full-mapping"],
    );
    const row = stdout.split("\n").find((line) => line.startsWith("| prepare csv, full mapping"));
    const [, , , , , ratio, calibrated] = (row ?? "").split("|").map((cell) => cell.trim());
    const spread = /^\d+\.\d\d( \(\d+\.\d\d to \d+\.\d\d\))?$/;
    expect([ratio, calibrated]).toEqual([
      expect.stringMatching(spread),
      expect.stringMatching(spread),
    ]);
    expect(await worktrees()).toBe(before);
  }, 600_000);
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
