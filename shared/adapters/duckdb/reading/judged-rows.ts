import { rm } from "node:fs/promises";
import * as z from "zod";
import type { Problem } from "../../../domain/problems/problem";
import {
  createSegmentSizes,
  type SegmentLimits,
  type SegmentSizes,
} from "../../../domain/segments/segment-limits";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { SegmentSource } from "../../../ports";
import type { Database } from "../database";
import { judgedRowsSql } from "./email-sql";
import { columnsOf } from "../../../domain/profiles/profile-reader";
import {
  differencesOfFiles,
  requireFieldsOfSegments,
  type FileFindings,
  type FoundFields,
} from "./found-fields";
import { inParallel } from "../in-parallel";
import { withOpenedFile } from "./opened-file";
import { withParquetProfiles } from "./parquet/parquet-profiles";
import { readingParquet } from "./parquet/parquet-failure";
import { parquetRowsSql } from "./parquet/parquet-rows";
import { composedRowsSql } from "../preparing/profile-sql";
import { createRowFiles, rowFileSql } from "./row-file";
import { unevenWarnings } from "./csv/uneven-rows";
import { writeTextRows } from "./text-rows";
import type { RowsRead, WantedFields } from "./wanted-fields";

/** A source may be waited for while another file is being read. */
const FILES_AT_ONCE = 4;

/**
 * A row's place among all rows, as one number that sorts: the file's index in the upper bits, the row's
 * number in the file in the lower 40.
 */
export const ROW_BITS = 40;

/**
 * Reads the wanted fields of every row of the files, judges the email addresses and fills the table
 * `judged(ordinal, email, cell)`; see `judgedRowsSql` for its columns. With a profile it has two more,
 * `attributes` and `dropped`, and one for each of the profile's asides; see `composedRowsSql`. Returns warnings. Throws `segmentUnreadable`, `segmentChanged`,
 * `segmentTooLarge`, `fieldMissing`.
 */
export async function loadJudgedRows(
  database: Database,
  source: SegmentSource,
  files: readonly SegmentFile[],
  fields: WantedFields,
  limits?: SegmentLimits,
): Promise<readonly Problem[]> {
  const counted = createSegmentSizes(limits);
  // A file may be long: whether there is time left is asked while it is read, too.
  const sizes: SegmentSizes = {
    add(segment, what, count) {
      database.requireTime();
      counted.add(segment, what, count);
    },
  };
  const { profile } = fields;
  const carried =
    profile === undefined
      ? []
      : ["attributes", "dropped", ...profile.asides.map(({ name }) => name)];
  await database.run(
    `CREATE TABLE judged (ordinal BIGINT, email VARCHAR, cell VARCHAR
      ${carried.map((column) => `, ${column} VARCHAR`).join("")})`,
  );
  const read: RowsRead[] = files.map(() => ({ warnings: [], fields: undefined }));

  const load = async (index: number, rows: string): Promise<void> => {
    await database.run(
      `INSERT INTO judged ${judgedRowsSql(
        `SELECT (${index}::BIGINT << ${ROW_BITS}) + "row" AS ordinal, ${["cell", ...carried].join()}
          FROM (${profile === undefined ? rows : composedRowsSql(profile, rows)})`,
        carried,
      )}`,
    );
  };

  await inParallel(files, FILES_AT_ONCE, async (file, index) => {
    await withOpenedFile(source, file, database.directory, sizes, async (opened) => {
      switch (opened.kind) {
        case "empty":
          return;
        case "parquet": {
          let found: FoundFields | undefined;
          if (profile === undefined) {
            const rows = await parquetRowsSql(database, opened, file, fields);
            await readingParquet(file, () => load(index, rows.sql));
            found = rows.fields;
          } else {
            found = await withParquetProfiles(
              database,
              { opened, file, index },
              { ...fields, profile },
              (rows) => load(index, rows),
            );
          }
          await rm(opened.path, { force: true });
          read[index] = { warnings: [], fields: found };
          return;
        }
        case "csv":
        case "jsonLines":
        case "jsonArray":
        case "jsonValues": {
          // DuckDB reads what is split while the rest is being split.
          let loading = Promise.resolve();
          const rowFiles = createRowFiles(
            () => database.directory.newFile("rows"),
            (path) => {
              loading = loading
                .then(() =>
                  load(
                    index,
                    rowFileSql(path, profile === undefined ? 0 : columnsOf(profile).length),
                  ),
                )
                .then(() => rm(path));
              // It is awaited below; a failure until then must not count as unhandled.
              loading.catch(() => undefined);
            },
          );
          try {
            read[index] = await writeTextRows(opened, file, fields, rowFiles);
          } finally {
            rowFiles.close();
            await Promise.allSettled([loading]);
          }
          await loading;
        }
      }
    });
  });
  const found = await findings(database, files, read);
  requireFieldsOfSegments(found);
  return [
    ...read.flatMap(({ warnings }) => warnings),
    ...unevenWarnings(
      files,
      read.map(({ uneven }) => uneven),
    ),
    ...differencesOfFiles(found),
  ];
}

/** Whether each file has rows; looked up only where that makes a difference. */
async function findings(
  database: Database,
  files: readonly SegmentFile[],
  read: readonly RowsRead[],
): Promise<readonly FileFindings[]> {
  const ask = read.some(({ fields }) => fields !== undefined && fields.absent.length > 0);
  const withRows = ask
    ? await database.rows(
        `SELECT DISTINCT CAST(ordinal >> ${ROW_BITS} AS DOUBLE) AS file FROM judged`,
        z.object({ file: z.number() }),
      )
    : [];
  const filled = new Set(withRows.map(({ file }) => file));
  return files.map((file, index) => ({
    file,
    fields: read[index]?.fields,
    hasRows: filled.has(index),
  }));
}
