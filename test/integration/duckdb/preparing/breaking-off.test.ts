import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openDatabase } from "../../../../shared/adapters/duckdb/database";
import { aSegmentFile } from "../../../support/builders";
import { preparingOneFile } from "../preparing-one-file";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "breaking-off-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const late = () => new Error("late");
/** Takes minutes. */
const LONG =
  "CREATE TABLE long AS SELECT max(hash(a.range + b.range)) FROM range(1000000) a, range(1000000) b";

describe("work in DuckDB that has its time", () => {
  it.each(["run", "runBeside"] as const)("is broken off in its statement (%s)", async (method) => {
    const database = await openDatabase({ memoryMegabytes: 256, workDirectory: directory });
    await expect(database.within(50, late, () => database[method](LONG))).rejects.toThrow("late");
    // What goes on beside it comes to its end too.
    await expect(database.run("SELECT 1")).rejects.toThrow("broken off");
    expect(() => database.requireTime()).toThrow("broken off");
    await database.close();
  });

  it("gives its result, or throws what it throws, when that comes in time", async () => {
    const database = await openDatabase({ memoryMegabytes: 256, workDirectory: directory });
    expect(await database.within(600_000, late, async () => "done")).toBe("done");
    const failing = database.within(600_000, late, () => database.run("SELECT nothing"));
    await expect(failing).rejects.toThrow("nothing");
    await database.run("SELECT 1");
    await database.close();
  });
});

/** A CSV file without an end. */
async function* endlessRows() {
  yield Buffer.from("Email\n");
  for (let row = 0; ; row += 1) {
    await sleep(1);
    yield Buffer.from(`person-${String(row)}@example.org\n`);
  }
}

describe("a preparation that takes too long", () => {
  it("ends with a code of its own, and leaves nothing on the disk", async () => {
    let isClosed = false;
    const open = async () =>
      Readable.from(endlessRows()).on("close", () => {
        isClosed = true;
      });
    const file = aSegmentFile({ bytes: 123_456_789 });
    await expect(
      preparingOneFile(directory, open, { files: [file], withinMilliseconds: 200 }),
    ).rejects.toMatchObject({
      problem: { code: "preparationTooLong", params: { megabytes: 124 } },
    });
    expect(isClosed).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
  });
});
