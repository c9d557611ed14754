import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createLog } from "../../../../shared/observability/logger";
import type { Log } from "../../../../shared/ports";

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  // The logger has a console of its own in Lambda; here it is told to use the global one.
  process.env["POWERTOOLS_DEV"] = "true";
  for (const method of ["info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((line: unknown) => {
      lines.push(String(line));
    });
  }
});
afterEach(() => {
  delete process.env["POWERTOOLS_DEV"];
  jest.restoreAllMocks();
});

const aLog = (level: "INFO" | "ERROR" = "INFO") =>
  createLog({ service: "runs-api", stage: "test", level });
/** A log that takes what the types refuse. */
const untyped = (log: Log) =>
  log as unknown as Record<"info" | "error", (event: string, details: object) => void>;
const parsed = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));

describe("the log", () => {
  it("writes an event as one JSON object with its sentence and details", () => {
    aLog().info("exportUpdated", { exportId: "export-1", version: 3 });

    expect(parsed()).toEqual([
      expect.objectContaining({
        level: "INFO",
        service: "runs-api",
        stage: "test",
        event: "exportUpdated",
        message: "An export was changed.",
        exportId: "export-1",
        version: 3,
      }),
    ]);
  });

  it("takes the events of the catalogue alone, each with its own details", () => {
    const log = aLog();
    // @ts-expect-error an unknown event
    const unknownEvent = () => log.info("exportPainted", { exportId: "export-1" });
    // @ts-expect-error an unknown detail
    const unknownDetail = () => log.info("exportDeleted", { exportId: "export-1", email: "" });
    // @ts-expect-error a detail that is missing
    const missingDetail = () => log.info("exportDeleted");
    expect([unknownEvent, unknownDetail, missingDetail]).toHaveLength(3);
  });

  it("carries ids on the log that was given them, and on no other", () => {
    const log = aLog();
    const ofRun = log.with({ requestId: "request-1" }).with({ runId: "run-1" });

    ofRun.info("settlementRehearsed");
    log.info("requestAnswered", { status: 200 });

    expect(parsed()[0]).toMatchObject({ requestId: "request-1", runId: "run-1" });
    expect(parsed()[1]).not.toHaveProperty("runId");
    expect(parsed()[1]).not.toHaveProperty("requestId");
  });

  it("does not let a detail take over what every line says", () => {
    untyped(aLog()).info("exportCreated", {
      message: "x",
      level: "y",
      event: "z",
      service: "s",
      stage: "t",
    });

    expect(parsed()[0]).toMatchObject({
      message: "An export was made.",
      level: "INFO",
      event: "exportCreated",
      service: "runs-api",
      stage: "test",
    });
  });

  it("keeps to its level", () => {
    aLog("ERROR").info("settlementRehearsed");

    expect(lines).toEqual([]);
  });

  describe("never writes an API key or an email address", () => {
    const key = "pk_0123456789abcdefABCDEF";
    const email = "Jane.O'Neil+news@mail.example.com";
    const circular: Record<string, unknown> = { email };
    circular["self"] = circular;

    it.each<[string, Record<string, unknown>]>([
      ["as a detail", { key, email }],
      ["inside a text", { text: `header Klaviyo-API-Key ${key}, <${email}>; ${email}` }],
      ["in a URL", { url: `/x?email=${encodeURIComponent(email)}&k=${key}` }],
      ["in a list", { list: [key, [email]] }],
      ["in an object", { a: { b: { c: [{ key, email }] } } }],
      ["as a property's name", { [key]: 1, nested: { [email]: 2 } }],
      ["in an error", { error: new Error(`bad ${key} ${email}`) }],
      ["in an error's cause", { error: new Error("x", { cause: new Error(`${key} ${email}`) }) }],
      ["in a map or a set", { map: new Map([[email, key]]), set: new Set([key, email]) }],
      ["in something circular", circular],
      ["in a long text", { text: `${"x".repeat(3_990)} ${key} ${email}` }],
      ["behind an upper-case prefix", { text: key.toUpperCase(), email: email.toUpperCase() }],
    ])("%s", (_where, details) => {
      const log = untyped(aLog().with({ userId: email }));

      log.info("exportCreated", details);
      log.error("requestFailed", details);

      expect(lines).toHaveLength(2);
      expect(lines.join("\n")).not.toMatch(/0123456789abc|pk_|Neil|example\.com|@mail/i);
    });

    it("and still writes ids, counts and codes as they are", () => {
      const details = { runId: "01JD3ZK8X0", code: "keyRefused", rows: 12, at: new Date(0) };

      untyped(aLog()).info("exportCreated", details);

      expect(parsed()[0]).toMatchObject({
        runId: "01JD3ZK8X0",
        code: "keyRefused",
        rows: 12,
        at: "1970-01-01T00:00:00.000Z",
      });
    });
  });
});
