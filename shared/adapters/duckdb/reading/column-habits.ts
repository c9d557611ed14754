import * as z from "zod";
import type { ColumnHabit, ColumnReading } from "../../../domain/cells/column-habit";
import {
  createColumnObserver,
  type ColumnObserver,
  type Questions,
} from "../../../domain/cells/column-observer";
import { DomainError } from "../../../domain/problems/problem";
import type { ProfileReader } from "../../../domain/profiles/profile-reader";
import type { SegmentSizes } from "../../../domain/segments/segment-limits";
import type { SegmentFile } from "../../../domain/segments/segment";
import type { SegmentSource } from "../../../ports";
import { callingCodeOf } from "../../phone-numbers";
import type { Database } from "../database";
import { findField } from "../../../domain/segments/find-field";
import { partitionFieldOf } from "./field-lookup";
import { withOpenedFile, type OpenedFile, type OpenedParquet } from "./opened-file";
import { PARQUET_ROW, parquetColumns, parquetTableSql } from "./parquet/parquet-columns";
import { readingParquet } from "./parquet/parquet-failure";
import { columnText } from "./parquet/parquet-values";
import type { RowFileWriter } from "./row-file";
import { writeTextRows } from "./text-rows";

/** What the cells of some fields show, by the fields' names. */
export interface ColumnHabits {
  readonly habits: ReadonlyMap<string, ColumnHabit>;
  readonly readings: ReadonlyMap<string, ColumnReading>;
}

const NO_HABITS: ColumnHabits = { habits: new Map(), readings: new Map() };

/** Of a segment in more files, the first show how its columns are written. */
const MOST_FILES = 20;
/** Rows of a Parquet file that are looked at, and distinct values where those don't show enough. */
const PARQUET_ROWS = 5_000;
const PARQUET_VALUES = 200_000;
/** So many of a file's records show all columns; further ones show those that leave a question open. */
const FIRST_CELLS = 5_000;
/** Of a text file no more is looked at, however little it shows. */
const MOST_BYTES = 256_000_000;

/**
 * Looks at the first cells of columns, file after file, and at all of them where those leave a question open. The
 * same files show the same to whoever asks. What is wrong with a file is left to its reading.
 *
 * @param email the field of the emails, by which a file's form is told
 * @param fieldsOf the fields that a file has, where it may lack some
 */
export async function findColumnHabits(
  database: Database,
  source: SegmentSource,
  files: readonly SegmentFile[],
  email: string,
  questions: ReadonlyMap<string, Questions>,
  fieldsOf?: (file: number) => readonly string[],
): Promise<ColumnHabits> {
  if (questions.size === 0) {
    return NO_HABITS;
  }
  const observers = new Map(
    [...questions].map(([field, asked]) => [field, createColumnObserver(asked, callingCodeOf)]),
  );
  // Whether a segment is too large is found out when all of it is read.
  const sizes: SegmentSizes = { add: () => undefined };
  for (const [index, file] of files.slice(0, MOST_FILES).entries()) {
    const fields = fieldsOf?.(index);
    const here = new Map(
      [...observers].filter(
        ([field]) => fields === undefined || findField(fields, field) !== undefined,
      ),
    );
    try {
      await withOpenedFile(source, file, database.directory, sizes, (opened) =>
        observe(database, opened, file, email, here),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
    }
  }
  const all = [...observers];
  return {
    habits: new Map(
      all.map(([field, observer]) => [field, { ...observer.habit(), ...toldHabit(files, field) }]),
    ),
    readings: new Map(
      all.flatMap(([field, observer]) => {
        const reading = observer.reading();
        const told = toldHabit(files, field);
        return reading === undefined
          ? []
          : [[field, told === undefined ? reading : toldReading(reading, told)] as const];
      }),
    ),
  };
}

/** How a field is written where the source of all files says so, and the same of each. */
function toldHabit(files: readonly SegmentFile[], field: string): ToldHabit | undefined {
  const told = files.slice(0, MOST_FILES).map(({ shape }) => {
    const columns = shape?.columns ?? [];
    return columns[
      findField(
        columns.map(({ name }) => name),
        field,
      ) ?? -1
    ]?.habit;
  });
  const [first] = told;
  const isSame = (other: ToldHabit | undefined): boolean =>
    other?.decimal === first?.decimal && other?.dateOrder === first?.dateOrder;
  return told.every(isSame) ? first : undefined;
}

type ToldHabit = Pick<ColumnHabit, "decimal" | "dateOrder">;

/** What is told of a field is not unclear in it. */
function toldReading({ unclear = [], ...reading }: ColumnReading, told: ToldHabit): ColumnReading {
  const left = unclear.filter(
    (question) => (question === "decimal" ? told.decimal : told.dateOrder) === undefined,
  );
  return { ...reading, ...told, ...(left.length === 0 ? {} : { unclear: left }) };
}

type Observers = ReadonlyMap<string, ColumnObserver>;

async function observe(
  database: Database,
  opened: OpenedFile,
  file: SegmentFile,
  email: string,
  observers: Observers,
): Promise<void> {
  switch (opened.kind) {
    case "empty":
      return;
    case "parquet":
      return observeParquet(database, opened, file, observers);
    case "csv":
    case "jsonLines":
    case "jsonArray":
    case "jsonValues":
      await writeTextRows(
        { ...opened, chunks: asFarAsNeeded(opened.chunks, observers) },
        file,
        { email, required: false, profile: observing(observers) },
        noRows,
      );
  }
}

/** Reads no profile, but shows the observers the texts of the first cells, and then those who want more all. */
function observing(observers: Observers): ProfileReader {
  const all = [...observers];
  const seen = all.map(() => 0);
  return {
    fields: all.map(([field]) => field),
    parts: [],
    asides: all.map(([, observer], source) => ({
      name: "consent",
      source,
      plainLength: 0,
      emptyWords: new Set<string>(),
      read(value) {
        const cell = (seen[source] ?? 0) + 1;
        seen[source] = cell;
        if (typeof value === "string" && (cell <= FIRST_CELLS || observer.wantsMore())) {
          observer.add(value);
        }
        return "";
      },
    })),
  };
}

async function* asFarAsNeeded(
  chunks: AsyncIterable<Buffer>,
  observers: Observers,
): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    if (bytes > MOST_BYTES || ![...observers.values()].some((each) => each.wantsMore())) {
      return;
    }
  }
}

const noRows: RowFileWriter = {
  addBytes: () => undefined,
  addText: () => undefined,
  close: () => undefined,
};

const cellSchema = z.object({ cell: z.string() });

async function observeParquet(
  database: Database,
  opened: OpenedParquet,
  file: SegmentFile,
  observers: Observers,
): Promise<void> {
  const columns = await parquetColumns(database, opened, file);
  const names = columns.map(({ name }) => name);
  for (const [field, observer] of observers) {
    const ofFolder = partitionFieldOf(file, field);
    if (ofFolder !== undefined) {
      observer.add(ofFolder.value ?? "");
      continue;
    }
    const column = columns[findField(names, field) ?? -1];
    if (column === undefined || column.tooDeep || !/^(?:VARCHAR|BLOB)$/.test(column.type)) {
      continue;
    }
    const table = parquetTableSql(opened.path);
    const text = columnText(column);
    const cells = (rows: string, most: number) =>
      readingParquet(file, () =>
        database.rows(
          `SELECT left(cell, 200) AS cell FROM (${rows}) WHERE cell IS NOT NULL
            ORDER BY "row" LIMIT ${most}`,
          cellSchema,
        ),
      );
    const first = await cells(
      `SELECT ${text} AS cell, ${PARQUET_ROW} AS "row" FROM ${table}`,
      PARQUET_ROWS,
    );
    for (const { cell } of first) {
      observer.add(cell);
    }
    if (observer.wantsMore()) {
      const different = await cells(
        `SELECT ${text} AS cell, min(${PARQUET_ROW}) AS "row" FROM ${table} GROUP BY ALL`,
        PARQUET_VALUES,
      );
      for (const { cell } of different) {
        observer.add(cell);
      }
    }
  }
}
