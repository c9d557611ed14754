import { describe, expect, it } from "@jest/globals";
import { DuckDBInstance } from "@duckdb/node-api";
import { isDamage } from "../../../../shared/adapters/duckdb/reading/damaged-file";

describe("what DuckDB fails for", () => {
  it("is not the file when memory is short", async () => {
    const instance = await DuckDBInstance.create(":memory:", { memory_limit: "1MB" });
    const connection = await instance.connect();
    try {
      const failure: unknown = await connection
        .run("SELECT list(range) FROM range(5000000)")
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ message: expect.stringContaining("Out of Memory Error") });
      expect(isDamage(failure)).toBe(false);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });

  it.each([
    "IO Error: Could not write file: No space left on device",
    "IO Error: Cannot open file",
    "INTERNAL Error: Attempted to access index 1 within vector of size 1",
    "Interrupt Error: Interrupted!",
    "Invalid Error: std::bad_alloc",
    "something that no version of it has said yet",
  ])("is not the file: %s", (message) => {
    expect(isDamage(new Error(message))).toBe(false);
  });
});
