import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../support/command-line";
import { REJECTION_COLUMNS, rejectionCategories } from "../../../../shared/domain/rejection";

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
