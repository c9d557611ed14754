import { rm } from "node:fs/promises";
import type { Problem } from "../../domain/problem";
import type { SegmentFile } from "../../domain/segment";
import type { SegmentSource } from "../../ports";
import type { Database } from "./database";
import { judgedRowsSql } from "./email-sql";
import { inParallel } from "./in-parallel";
import { withOpenedFile } from "./opened-file";
import { parquetRowsSql, readingParquet } from "./parquet-rows";
import { createRowFiles, rowFileSql } from "./row-file";
import { writeTextRows, type WantedField } from "./text-rows";

/** A source may be waited for while another file is being read. */
const FILES_AT_ONCE = 4;

/**
 * A row's place among all rows, as one number that sorts: the file's index in the upper bits, the row's
 * number in the file in the lower 40.
 */
export const ROW_BITS = 40;

/**
 * Reads the wanted field of every row of the files, judges it as an email address and fills the table
 * `judged(ordinal, email, cell)`; see `judgedRowsSql` for its columns. Returns warnings. Throws
 * `segmentUnreadable`, `segmentChanged`, `fieldMissing`.
 */
export async function loadJudgedRows(
  database: Database,
  source: SegmentSource,
  files: readonly SegmentFile[],
  field: WantedField,
): Promise<readonly Problem[]> {
  await database.run("CREATE TABLE judged (ordinal BIGINT, email VARCHAR, cell VARCHAR)");
  const warnings: (readonly Problem[])[] = files.map(() => []);

  const load = (index: number, rows: string): Promise<void> =>
    database.run(
      `INSERT INTO judged ${judgedRowsSql(
        `SELECT (${index}::BIGINT << ${ROW_BITS}) + "row" AS ordinal, cell FROM (${rows})`,
      )}`,
    );

  await inParallel(files, FILES_AT_ONCE, async (file, index) => {
    await withOpenedFile(source, file, database.directory, async (opened) => {
      switch (opened.kind) {
        case "empty":
          return;
        case "parquet": {
          const rows = await parquetRowsSql(database, opened.path, file, field);
          await readingParquet(file, () => load(index, rows));
          await rm(opened.path);
          return;
        }
        case "csv":
        case "jsonLines":
        case "jsonArray": {
          // DuckDB reads what is split while the rest is being split.
          let loading = Promise.resolve();
          const rowFiles = createRowFiles(
            () => database.directory.newFile("rows"),
            (path) => {
              loading = loading.then(() => load(index, rowFileSql(path))).then(() => rm(path));
              // It is awaited below; a failure until then must not count as unhandled.
              loading.catch(() => undefined);
            },
          );
          try {
            warnings[index] = await writeTextRows(opened, file, field, rowFiles);
          } finally {
            rowFiles.close();
            await Promise.allSettled([loading]);
          }
          await loading;
        }
      }
    });
  });
  return warnings.flat();
}
