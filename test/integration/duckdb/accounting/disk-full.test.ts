import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import os, { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { DuckDBInstance } from "@duckdb/node-api";
import { isDiskFull } from "../../../../shared/adapters/duckdb/disk-full";
import { readingParquet } from "../../../../shared/adapters/duckdb/reading/parquet/parquet-failure";
import {
  createWorkDirectory,
  removeLeftovers,
} from "../../../../shared/adapters/duckdb/work-directory";
import { DomainError } from "../../../../shared/domain/problems/problem";
import { aSegmentFile } from "../../../support/builders";
import { preparingOneFile } from "../preparing-one-file";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "disk-full-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("a full disk", () => {
  it("is recognised when DuckDB may spill no more", async () => {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: "64MB",
      threads: "1",
      temp_directory: join(directory, "spill"),
    });
    const connection = await instance.connect();
    await connection.run("SET max_temp_directory_size = '1MB'");
    const error = await failureOf(() =>
      connection.run("CREATE TABLE t AS SELECT uuid() AS a, uuid() AS b FROM range(3000000)"),
    );
    connection.closeSync();
    instance.closeSync();
    expect(isDiskFull(error)).toBe(true);
  });

  it("is recognised when a file can't be written to its end", async () => {
    if (!existsSync("/dev/full")) return;
    const write = () => pipeline(Readable.from(["x"]), createWriteStream("/dev/full"));
    expect(isDiskFull(await failureOf(write))).toBe(true);
  });

  it("is told as what it is, and not as a damaged file", async () => {
    const told = await failureOf(() =>
      readingParquet(aSegmentFile(), async () => {
        throw new DomainError("diskFull", {});
      }),
    );
    expect(told).toMatchObject({ problem: { code: "diskFull" } });
  });

  it("ends a preparation with a problem that says what to do", async () => {
    const told = await failureOf(() =>
      preparingOneFile(directory, async () => {
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
          code: "ENOSPC",
        });
      }),
    );
    expect(told).toMatchObject({
      problem: { code: "diskFull", message: expect.stringContaining("smaller segments") },
    });
  });
});

describe("what an invocation left that crashed", () => {
  afterEach(() => {
    delete process.env["AWS_LAMBDA_FUNCTION_NAME"];
    jest.restoreAllMocks();
  });

  it.each([
    ["is gone when the next begins, on Lambda", "prepare-run", []],
    ["may be another's who is at work, elsewhere", undefined, ["segment-export-work-left"]],
  ])("%s", async (_what, functionName, left) => {
    jest.spyOn(os, "tmpdir").mockReturnValue(directory);
    if (functionName !== undefined) process.env["AWS_LAMBDA_FUNCTION_NAME"] = functionName;
    mkdirSync(join(directory, "segment-export-work-left"));
    const used = [await createWorkDirectory(), await createWorkDirectory()];
    expect(readdirSync(directory).sort()).toEqual(
      [...left, ...used.map(({ path }) => basename(path))].sort(),
    );
    await Promise.all(used.map((one) => one.remove()));
  });

  it("can be removed before the next begins: what is in use stays, and so does what is not ours", async () => {
    mkdirSync(join(directory, "segment-export-work-left"));
    mkdirSync(join(directory, "other"));
    const used = await createWorkDirectory(directory);
    await removeLeftovers(directory);
    expect(readdirSync(directory).sort()).toEqual(["other", basename(used.path)].sort());
    await used.remove();
    expect(readdirSync(directory)).toEqual(["other"]);
  });
});
