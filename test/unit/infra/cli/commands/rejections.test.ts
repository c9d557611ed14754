import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";
import { DROPPED_VALUE_COLUMNS } from "../../../../../shared/domain/runs/left-out/dropped-values";
import {
  REJECTION_COLUMNS,
  rejectionCategories,
} from "../../../../../shared/domain/runs/rejection";

const runId = "01M84KSTQVRD05QHBZK6VTEBKV";
const header = `\uFEFF${REJECTION_COLUMNS.join(",")}\n`;
const report = `${header}customers,a.csv,3,,blank,export,emailBlank,The row has no email address.\n`;

let answers: Record<string, unknown>;
let stub: StubApi;
beforeEach(async () => {
  answers = { "GET /exports": { items: [] }, "GET /report": new RawAnswer(200, report) };
  stub = await startStubApi(answers);
  answers[`GET /runs/${runId}/rejections`] = { url: `${stub.url}/report`, expiresAt: "" };
});
afterEach(() => stub.close());

const rejections = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(["rejections", ...args], {
    ...{ KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" },
  });

describe("rejections of an export", () => {
  const going = { runId: "going", links: {} };
  const skipped = { runId: "skipped", links: {} };
  const reported = { runId, links: { rejections: "/" } };
  const older = { runId: "older", links: { rejections: "/" } };
  const newsletter = { exportId: "e1", displayName: "Newsletter", lastRunId: "going" };
  beforeEach(() => {
    answers["GET /exports"] = { items: [{ ...newsletter, currentRunId: "going" }] };
    answers["GET /exports/e1/runs"] = { items: [going, skipped, reported, older] };
  });

  test("are those of its last run that has a report, while another is going", async () => {
    const { code, stdout, stderr } = await rejections("Newsletter");
    expect([code, stderr]).toEqual([0, `The report is of the run ${runId}.\n`]);
    expect(stdout).toContain("emailBlank");
  });

  test("are not there when no run has a report", async () => {
    answers["GET /exports/e1/runs"] = { items: [going, skipped] };
    const { code, stderr } = await rejections("Newsletter");
    expect(code).toBe(4);
    expect(stderr).toMatch(/^reportNotAvailable: .*klaviyo-export runs list Newsletter$/m);
  });
});

describe("rejections --category", () => {
  test.each(rejectionCategories)("takes %s", async (category) => {
    expect((await rejections(runId, "--category", category)).code).toBe(0);
  });

  test("refuses a category that there is not, and says which there are", async () => {
    const { code, stderr } = await rejections(runId, "--category", "unwanted");
    expect(code).toBe(2);
    expect(stderr).toContain(
      "Allowed choices are blank, invalid, duplicate, unsent, refused, unremoved.",
    );
    expect(stub.requests).toEqual([]);
  });

  test("does not say that every row reached the list when none is of the category", async () => {
    const { stdout } = await rejections(runId, "--category", "refused");
    expect(stdout).toBe("No row is in the report as refused.\n");
  });

  test("is not taken for the whole report that goes to a file", async () => {
    const { code } = await rejections(runId, "--category", "blank", "--output-file", "x.csv");
    expect(code).toBe(2);
    expect(stub.requests).toEqual([]);
  });

  test("no rows to be shown are not no rows", async () => {
    const { stdout } = await rejections(runId, "--limit", "0");
    expect(stdout.trim()).toBe("0 rows of 1; all of them with --output-file FILE or --limit 1.");
  });

  test("is not needed to hear that every row reached the list", async () => {
    answers["GET /report"] = new RawAnswer(200, header);
    expect((await rejections(runId)).stdout).toBe("Every row reached the list.\n");
  });
});

describe("rejections --output-file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-report-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const inFolder = (name: string): string => path.join(folder, name);

  test("writes the report, for its owner alone", async () => {
    const { code, stdout } = await rejections(runId, "--output-file", inFolder("r.csv"));
    expect([code, stdout]).toEqual([0, `The report is in ${inFolder("r.csv")}.\n`]);
    expect(readFileSync(inFolder("r.csv"), "utf8")).toBe(report);
    expect(statSync(inFolder("r.csv")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["r.csv"]);
  });

  test("replaces a file that others could read by one that they can't", async () => {
    writeFileSync(inFolder("r.csv"), "old", { mode: 0o644 });
    await rejections(runId, "--output-file", inFolder("r.csv"));
    expect(readFileSync(inFolder("r.csv"), "utf8")).toBe(report);
    expect(statSync(inFolder("r.csv")).mode & 0o777).toBe(0o600);
  });

  test("goes to where a link points, and leaves the link", async () => {
    writeFileSync(inFolder("target.csv"), "old");
    symlinkSync("target.csv", inFolder("link.csv"));
    await rejections(runId, "--output-file", inFolder("link.csv"));
    expect(readFileSync(inFolder("target.csv"), "utf8")).toBe(report);
    expect(lstatSync(inFolder("link.csv")).isSymbolicLink()).toBe(true);
  });

  test("leaves the file as it was when the download breaks off", async () => {
    writeFileSync(inFolder("r.csv"), "old");
    answers["GET /report"] = new RawAnswer(200, report, true);
    const { code, stderr } = await rejections(runId, "--output-file", inFolder("r.csv"));
    expect(code).toBe(7);
    expect(stderr).toMatch(/^reportUnreachable: .*Try again/);
    expect(readFileSync(inFolder("r.csv"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["r.csv"]);
  });

  test.each([
    ["a folder that is not there", () => inFolder("no/such/r.csv"), /no such file or directory/],
    ["a folder", () => folder, /illegal operation on a directory/],
  ])("says what to do about %s", async (_what, file, reason) => {
    const { code, stderr } = await rejections(runId, "--output-file", file());
    expect(code).toBe(6);
    expect(stderr).toMatch(/^fileNotWritten: .* can't be written: .*Give another path/);
    expect(stderr).toMatch(reason);
  });

  test("writes straight into what is no file, such as a pipe", async () => {
    execFileSync("mkfifo", [inFolder("pipe")]);
    const [{ code }, read] = await Promise.all([
      rejections(runId, "--output-file", inFolder("pipe")),
      readFile(inFolder("pipe"), "utf8"),
    ]);
    expect([code, read]).toEqual([0, report]);
    expect(statSync(inFolder("pipe")).isFIFO()).toBe(true);
  });
});

describe("rejections by their code", () => {
  const invalid = "customers,a.csv,4,x@,invalid,export,emailInvalid,Malformed.\n";
  beforeEach(() => void (answers["GET /report"] = new RawAnswer(200, report + invalid)));

  test("are shown alone, and there may be none", async () => {
    const { code, stdout } = await rejections(runId, "--code", "emailInvalid", "-o", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ row: "4", code: "emailInvalid" }]);
    const none = await rejections(runId, "--code", "profileUnsent", "--category", "unsent");
    expect(none.stdout).toBe("No row is in the report as unsent and profileUnsent.\n");
  });

  test("are counted, without the report being downloaded", async () => {
    const counts = [{ code: "emailInvalid", rows: 1_200 }];
    answers[`GET /runs/${runId}/rejections/counts`] = { counts, complete: false };
    const { code, stdout } = await rejections(runId, "--counts");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CODE +ROWS\nemailInvalid +1,200\n/);
    expect(stdout).toContain("too large to be counted whole");
    expect(stub.requests).not.toContain("GET /report");
  });

  test("are not counted and shown at once", async () => {
    const { code, stderr } = await rejections(runId, "--counts", "--code", "emailInvalid");
    expect(code).toBe(2);
    expect(stderr).toContain("--counts");
  });
});

test("a report that breaks off is not shown as if it were whole", async () => {
  answers["GET /report"] = new RawAnswer(200, report, true);
  const { code, stdout, stderr } = await rejections(runId);
  expect([code, stdout]).toEqual([7, ""]);
  expect(stderr).toMatch(/^reportUnreachable: /);
});

describe("values that profiles on the list went without", () => {
  const values = `${DROPPED_VALUE_COLUMNS.join(",")}
customers,customers.csv,6,carla.vandenberghe-constantinople@long.subdomain.example.org,phone_number,Phone,phoneInvalid,holds no valid phone number there,99
`;
  beforeEach(() => {
    answers["GET /values"] = new RawAnswer(200, values);
    answers[`GET /runs/${runId}/rejections`] = {
      ...{ url: `${stub.url}/report`, droppedValues: `${stub.url}/values`, expiresAt: "" },
    };
  });

  test("are pointed to beside the rows, and only where there are any", async () => {
    const { stderr } = await rejections(runId);
    expect(stderr).toContain(
      `Some profiles on the list went without a value. Which, and why: klaviyo-export rejections ${runId} --dropped-values`,
    );
    answers[`GET /runs/${runId}/rejections`] = { url: `${stub.url}/report`, expiresAt: "" };
    expect((await rejections(runId)).stderr).toBe("");
  });

  test("are shown with their field and why, and are whole as JSON", async () => {
    const { code, stdout, stderr } = await rejections(runId, "--dropped-values");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^SEGMENT +FILE +ROW +EMAIL +KLAVIYO FIELD +FIELD +LOOKS LIKE +WHY$/m);
    expect(stdout).toContain("holds no valid phone number there");
    expect(JSON.parse((await rejections(runId, "--dropped-values", "-o", "json")).stdout)).toEqual([
      expect.objectContaining({ attribute: "phone_number", reason: "phoneInvalid", shape: "99" }),
    ]);
  });

  test("go to a file", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-values-"));
    const file = path.join(folder, "v.csv");
    expect((await rejections(runId, "--dropped-values", "--output-file", file)).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(values);
    rmSync(folder, { recursive: true });
  });

  test("are none where the run has no such report, which no file is written of", async () => {
    answers[`GET /runs/${runId}/rejections`] = { url: `${stub.url}/report`, expiresAt: "" };
    expect((await rejections(runId, "--dropped-values")).stdout).toBe(
      "No profile went without a value.\n",
    );
    const { code, stderr } = await rejections(
      ...[runId, "--dropped-values", "--output-file", "never.csv"],
    );
    expect(code).toBe(4);
    expect(stderr).toMatch(/^reportNotAvailable: /);
  });
});
