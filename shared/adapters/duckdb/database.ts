import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type * as z from "zod";
import { toldWhenDiskIsFull } from "./disk-full";
import { sqlString } from "./sql-text";
import { createWorkDirectory, type WorkDirectory } from "./work-directory";

type SqlValue = string | number | bigint | boolean | null;

/**
 * A DuckDB of one invocation, which can reach its own directory and nothing else. Its methods throw `diskFull`
 * when a statement needs more disk than there is.
 */
export interface Database {
  readonly directory: WorkDirectory;
  run(sql: string, values?: readonly SqlValue[]): Promise<void>;
  /** Runs a statement beside those of the other methods, which take their turns. */
  runBeside(sql: string): Promise<void>;
  /** Runs a query and checks each row; columns hold what DuckDB's JavaScript values are. */
  rows<Row>(
    sql: string,
    schema: z.ZodType<Row>,
    values?: readonly SqlValue[],
  ): Promise<readonly Row[]>;
  /** Runs a query that gives exactly one row. */
  row<Row>(sql: string, schema: z.ZodType<Row>): Promise<Row>;
  /** Throws when {@link within} has broken off; for work between statements. */
  requireTime(): void;
  /**
   * Does work that is broken off after so many milliseconds: the statement that runs then fails, and so does every
   * further one. It throws `late` then, whatever the work throws.
   */
  within<Result>(
    milliseconds: number,
    late: () => Error,
    work: () => Promise<Result>,
  ): Promise<Result>;
  /** Closes DuckDB and removes the directory; may be called twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Memory of the whole function; DuckDB is given a part of it. */
  readonly memoryMegabytes: number;
  /** Parent of the invocation's directory. */
  readonly workDirectory?: string;
}

/** Node, the buffers between steps and what DuckDB does not count take the other part. */
const DUCKDB_SHARE_OF_MEMORY = 0.5;
const LEAST_DUCKDB_MEGABYTES = 128;

/** DuckDB is loaded when it is first needed: its library costs a cold start some 100 ms. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const directory = await createWorkDirectory(options.workDirectory);
  let instance: DuckDBInstance | undefined;
  let connection: DuckDBConnection | undefined;

  const close = async (): Promise<void> => {
    connection?.closeSync();
    instance?.closeSync();
    connection = undefined;
    instance = undefined;
    await directory.remove();
  };

  try {
    const { DuckDBInstance: Instance } = await import("@duckdb/node-api");
    instance = await Instance.create(":memory:", settings(options, directory));
    const opened = await instance.connect();
    connection = opened;
    await opened.run(`SET allowed_directories = [${sqlString(directory.path)}]`);
    // Times are written in it, wherever the machine is.
    await opened.run("SET TimeZone = 'UTC'");
    await opened.run("SET enable_external_access = false");
    await opened.run("SET lock_configuration = true");

    const inMemory = instance;
    const running = new Set([opened]);
    let isLate = false;
    const requireTime = (): void => {
      if (isLate) {
        throw new Error("broken off, since it took too long");
      }
    };
    return {
      directory,
      requireTime,
      within: async (milliseconds, late, work) => {
        const breakOff = (): void => {
          isLate = true;
          running.forEach((one) => one.interrupt());
        };
        const timer = setTimeout(breakOff, Math.max(0, milliseconds));
        try {
          return await work();
        } catch (error) {
          throw isLate ? late() : error;
        } finally {
          clearTimeout(timer);
        }
      },
      runBeside: async (sql) => {
        requireTime();
        const beside = await inMemory.connect();
        running.add(beside);
        try {
          await toldWhenDiskIsFull(() => beside.run(sql));
        } finally {
          running.delete(beside);
          beside.closeSync();
        }
      },
      run: async (sql, values) => {
        requireTime();
        await toldWhenDiskIsFull(() =>
          opened.run(sql, values === undefined ? undefined : [...values]),
        );
      },
      rows: async (sql, schema, values) => {
        requireTime();
        const result = await toldWhenDiskIsFull(() =>
          opened.runAndReadAll(sql, values === undefined ? undefined : [...values]),
        );
        return result.getRowObjectsJS().map((row) => schema.parse(row));
      },
      row: async (sql, schema) => {
        requireTime();
        const read = await toldWhenDiskIsFull(() => opened.runAndReadAll(sql));
        const [only] = read.getRowObjectsJS();
        return schema.parse(only);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function settings(options: DatabaseOptions, directory: WorkDirectory): Record<string, string> {
  const megabytes = Math.max(
    LEAST_DUCKDB_MEGABYTES,
    Math.floor(options.memoryMegabytes * DUCKDB_SHARE_OF_MEMORY),
  );
  return {
    memory_limit: `${megabytes}MB`,
    threads: String(availableParallelism()),
    temp_directory: join(directory.path, "spill"),
    // Rows carry their position, so DuckDB need not keep them in order while it reads.
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  };
}
