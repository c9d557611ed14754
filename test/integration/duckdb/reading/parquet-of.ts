import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/**
 * A Parquet file with the rows of a query.
 *
 * @param options of DuckDB's COPY, each after a comma. @default none
 */
export async function parquetOf(query: string, options = ""): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "parquet-"));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const path = join(directory, "file.parquet");
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(directory, { recursive: true });
  }
}
