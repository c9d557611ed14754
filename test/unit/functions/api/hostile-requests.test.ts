import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { aConnection, anExport, aRun } from "../../../support/builders";
import {
  fuzzApi,
  fuzzRequests,
  hiddenConnection,
  hiddenExport,
} from "../../../support/fuzz/api-fuzz";

const logged: string[] = [];

beforeAll(() => {
  process.env["POWERTOOLS_DEV"] = "true";
  for (const method of ["info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((line: unknown) => {
      logged.push(String(line));
    });
  }
});
afterAll(() => {
  delete process.env["POWERTOOLS_DEV"];
  jest.restoreAllMocks();
});

describe("hostile requests", () => {
  it("get a proper answer, never a 5xx and never a key", async () => {
    const report = "reports/run-1/rejections.csv";
    const statuses = await fuzzApi({
      requests: fuzzRequests(1_000),
      logged,
      state: async () => ({
        connections: [
          aConnection(),
          aConnection({ connectionId: "unused", displayName: "Unused" }),
          hiddenConnection,
        ],
        exports: [anExport(), hiddenExport],
        runs: [aRun({ status: "failed", report }), aRun({ runId: "going" })],
      }),
    });

    // The requests reach into the use cases; they do not all fail at the door.
    for (const status of [200, 201, 202, 204, 400, 403, 404, 409, 415]) {
      expect(statuses[status]).toBeGreaterThan(0);
    }
  });
});
