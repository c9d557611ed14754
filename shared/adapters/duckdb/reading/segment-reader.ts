import * as z from "zod";
import type { ColumnReading } from "../../../domain/cells/column-habit";
import type { Questions } from "../../../domain/cells/column-observer";
import type { Problem } from "../../../domain/problems/problem";
import { holdsEmail } from "../../../domain/profiles/email-like";
import { createSegmentSizes, type SegmentLimits } from "../../../domain/segments/segment-limits";
import type {
  SegmentDescription,
  SegmentFile,
  SegmentSummary,
} from "../../../domain/segments/segment";
import { segmentRowsLimits } from "../../../domain/segments/segment-rows";
import { suggestEmailField } from "../../../domain/suggestions/email-field";
import { suggestConsent, suggestMapping } from "../../../domain/suggestions/mapping";
import { looksPersonal } from "../../../domain/text/personal-name";
import type { SegmentReader, SegmentSource } from "../../../ports";
import { openDatabase, type Database, type DatabaseOptions } from "../database";
import { toldWhenDiskIsFull } from "../disk-full";
import { findColumnHabits } from "./column-habits";
import { evidenceOf, type SampledField } from "./field-types";
import { differencesOfFiles, foundFields } from "./found-fields";
import { firstRows } from "./samples/first-rows";
import { unite } from "./samples/united-fields";
import { inParallel } from "../in-parallel";
import { loadJudgedRows } from "./judged-rows";
import { withOpenedFile } from "./opened-file";
import { NO_SAMPLE, sampleFile, type FileSample } from "./sampled-fields";

export interface SegmentReaderOptions extends DatabaseOptions {
  readonly source: SegmentSource;
  /** @default those of `segmentLimits` */
  readonly limits?: SegmentLimits | undefined;
}

/** Describes segments with DuckDB. Each file is opened twice: for its fields, and for its rows. */
export function createSegmentReader(options: SegmentReaderOptions): SegmentReader {
  return {
    async describe(summary, files, emailField) {
      const database = await openDatabase(options);
      try {
        return await toldWhenDiskIsFull(() =>
          describe(database, options, summary, files, emailField),
        );
      } finally {
        await database.close();
      }
    },

    async firstRows(files) {
      const database = await openDatabase(options);
      try {
        const sizes = createSegmentSizes(options.limits);
        const samples: FileSample[] = [];
        for (const file of files) {
          if (samples.reduce((sum, { records }) => sum + records, 0) >= segmentRowsLimits.rows) {
            break;
          }
          samples.push(
            await withOpenedFile(options.source, file, database.directory, sizes, (opened) =>
              sampleFile(database, opened, file),
            ),
          );
        }
        return firstRows(samples);
      } finally {
        await database.close();
      }
    },
  };
}

const FILES_AT_ONCE = 4;

async function describe(
  database: Database,
  { source, limits }: SegmentReaderOptions,
  summary: SegmentSummary,
  files: readonly SegmentFile[],
  chosenField: string | undefined,
): Promise<SegmentDescription> {
  const sizes = createSegmentSizes(limits);
  const sampled: FileSample[] = files.map(() => NO_SAMPLE);
  await inParallel(files, FILES_AT_ONCE, async (file, index) => {
    sampled[index] = await withOpenedFile(source, file, database.directory, sizes, (opened) =>
      sampleFile(database, opened, file),
    );
  });
  const fields = unite(sampled.map((sample) => sample.fields));
  const suggestedField = suggestEmailField(fields.map(evidenceOf));
  const emailField = chosenField ?? suggestedField;

  // Without any field to go by, rows are still counted; a name that no field can have finds nothing.
  const ofRows = await loadJudgedRows(
    database,
    source,
    files,
    { email: emailField ?? "", required: chosenField !== undefined },
    limits,
  );
  const counts = await database.row(
    `SELECT CAST(count(*) AS DOUBLE) AS "rows", CAST(count(DISTINCT email) AS DOUBLE) AS members
      FROM judged`,
    z.object({ rows: z.number(), members: z.number() }),
  );
  const readings = await readingsOf(database, source, files, sampled, fields, emailField);
  const described = fields.map(({ name, type }) => {
    const reading = readings.get(name);
    return { name, type, reading };
  });
  const suggestedMapping =
    emailField === undefined ? undefined : suggestMapping(described, emailField);
  const suggestedConsent = suggestConsent(described);
  return {
    ...summary,
    fields: described,
    rows: counts.rows,
    suggestedEmailField: suggestedField,
    ...(emailField === undefined ? {} : { emailField, members: counts.members }),
    suggestedMapping,
    suggestedConsent,
    warnings: [...ofRows, ...differences(files, sampled, fields, chosenField)],
  };
}

/** Of files that have hardly a field in common, not all need to be told. */
const FIELDS_TOLD = 20;

/** Says which fields some files lack, or have twice; names that tell of persons are said to nobody. */
function differences(
  files: readonly SegmentFile[],
  sampled: readonly FileSample[],
  fields: readonly SampledField[],
  chosenField: string | undefined,
): readonly Problem[] {
  const names = fields
    .map(({ name }) => name)
    .filter((name) => name !== chosenField && !holdsEmail(name) && !looksPersonal(name));
  const told = differencesOfFiles(
    files.map((file, index) => {
      const sample = sampled[index] ?? NO_SAMPLE;
      const known = sample.fields.map(({ name }) => name);
      const found = foundFields(file, known, names);
      return {
        file,
        fields: sample.hasAll ? { ...found, hidden: sample.hidden } : undefined,
        hasRows: sample.records > 0,
      };
    }),
  );
  return told.slice(0, FIELDS_TOLD);
}

/** How the fields are written, as a run would find it that maps them by their types. */
async function readingsOf(
  database: Database,
  source: SegmentSource,
  files: readonly SegmentFile[],
  sampled: readonly FileSample[],
  fields: readonly SampledField[],
  emailField: string | undefined,
): Promise<ReadonlyMap<string, ColumnReading>> {
  const questions = new Map(fields.map(({ name, type }) => [name, questionsOfType(type)]));
  const { readings } = await findColumnHabits(
    database,
    source,
    files,
    emailField ?? "",
    questions,
    (index) => sampled[index]?.fields.map(({ name }) => name) ?? [],
  );
  return readings;
}

function questionsOfType(type: SampledField["type"]): Questions {
  switch (type) {
    case "number":
      return { decimal: true, countryCode: true, needsCountry: true };
    case "date":
      return { dateOrder: true };
    case "text":
      return { decimal: true, dateOrder: true, countryCode: true, needsCountry: true };
    case "boolean":
    case "list":
    case "object":
      return {};
  }
}
