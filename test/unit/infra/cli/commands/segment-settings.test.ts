import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const named = {
  ...{ columns: ["email", "first name"], version: 3 },
  ...{ updatedAt: "2026-11-02T08:00:00.000Z", updatedBy: "ann" },
};
const customers = {
  ...{ name: "customers", files: 1, bytes: 10, rows: 3, refreshedAt: "2026-11-02T08:00:00.000Z" },
  ...{ fields: [{ name: "email", type: "text" }], settings: named },
  warnings: [{ code: "fieldAbsent", message: "1 of the 2 files lack it. Do this.", params: {} }],
  refreshes: [
    { refreshedAt: "2026-11-02T08:00:00.000Z", rows: 3, members: 2 },
    { refreshedAt: "2026-11-01T08:00:00.000Z", rows: 9, members: 7 },
  ],
};
const refusal = (code: string, status: number, params: object) =>
  new RawAnswer(
    status,
    JSON.stringify({ code, detail: "What happened. What to do.", params, requestId: "r1" }),
  );

let answers: Record<string, unknown>;
let stub: StubApi;
beforeEach(async () => {
  answers = {
    "GET /segments": { items: [customers] },
    "GET /segments/customers": customers,
    "GET /exports": {
      items: [
        { displayName: "To newsletter", segments: ["customers", "vip"] },
        { displayName: "To others", segments: ["vip"] },
      ],
    },
    "GET /segments/customers/rows": {
      ...{ segment: "customers", fields: ["email", "city"], cut: false },
      rows: [["ann@example.com", null]],
    },
    "GET /segments/customers/settings": { version: 2 },
    "PUT /segments/customers/settings": named,
    "GET /segments/Customers/settings": refusal("segmentMissing", 404, { segment: "Customers" }),
    "GET /segments/Customers/rows": refusal("segmentMissing", 404, { segment: "Customers" }),
    "GET /segments/spring%20sale": refusal("headerMissing", 422, { segment: "spring sale" }),
  };
  stub = await startStubApi(answers);
});
afterEach(() => stub.close());

const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" });

test("names a segment's columns, whatever the case of its name, and shows them", async () => {
  const { code, stdout } = await cli(
    "segments",
    "set",
    "Customers",
    "--columns",
    "email, first name",
  );

  expect(code).toBe(0);
  expect(stub.bodies).toEqual(['{"columns":["email","first name"]}']);
  expect(stdout).toMatch(
    /^Segment +customers\nColumns +email, first name\nMarker .*\nChanged .*by ann\n$/,
  );
});

test.each([
  ["success", { kind: "success" }, "_SUCCESS, no older than any file"],
  ["none", { kind: "none" }, "none"],
  ["file:done/ready.txt", { kind: "file", name: "done/ready.txt" }, "done/ready.txt"],
  ["manifest:files.json", { kind: "manifest", name: "files.json" }, "which lists the files"],
])("says by --marker %s what a whole refresh has", async (given, marker, shown) => {
  answers["PUT /segments/customers/settings"] = { ...named, marker };

  const { code, stdout } = await cli("segments", "set", "customers", "--marker", given);

  expect([code, stub.bodies]).toEqual([0, [JSON.stringify({ marker })]]);
  expect(stdout).toContain(shown);
});

test.each(["file", "file:../a", "sucess", "manifest:"])(
  "refuses --marker %s and says what it takes",
  async (given) => {
    const { code, stderr } = await cli("segments", "set", "customers", "--marker", given);
    expect([code, stub.bodies]).toEqual([2, []]);
    expect(stderr).toContain("--marker");
  },
);

test("takes the names away", async () => {
  answers["PUT /segments/customers/settings"] = { ...named, columns: undefined };

  const { stdout } = await cli("segments", "set", "customers", "--no-columns");

  expect(stub.bodies).toEqual(['{"columns":null}']);
  expect(stdout).toMatch(/Columns +as the files' header names them/);
});

test.each([
  ["nothing", [], "Give --columns"],
  ["an empty name", ["--columns", "email,,city"], "--columns, name 2"],
  [
    "a name twice",
    ["--columns", "email,city,City"],
    "--columns, name 3: column 2 is called the same",
  ],
  ["somebody's address", ["--columns", "kim@example.org,Kim"], "--columns, name 1"],
])("sends nothing when it is given %s", async (_what, options, text) => {
  const { code, stderr } = await cli("segments", "set", "customers", ...options);

  expect(code).not.toBe(0);
  expect(stderr).toContain(text);
  expect(stderr).not.toContain("kim@");
  expect(stub.requests).toEqual([]);
});

test("describing shows the names, and says of a file without a header how they are given", async () => {
  const { stdout } = await cli("segments", "describe", "customers");
  const { stderr } = await cli("segments", "describe", "spring sale");

  expect(stdout).toMatch(/^Columns +email, first name$/m);
  expect(stderr).toMatch(/with: \S.* segments set "spring sale" --columns email,first_name$/m);
});

test("showing a segment tells of its files, its refreshes before, and who uses it", async () => {
  const { stdout } = await cli("segments", "show", "customers");

  expect(stdout).toContain("fieldAbsent: 1 of the 2 files lack it. Do this.");
  expect(stdout).toMatch(/^Before +.*: 7 members$/m);
  expect(stdout).toMatch(/^Exports +To newsletter$/m);
  expect(stdout).toMatch(/^Others +To others$/m);
});

test("the rows stand below their fields' names", async () => {
  const { stdout } = await cli("segments", "rows", "Customers");

  expect(stdout).toMatch(/^email +city\nann@example\.com$/m);
});
