import { problem, type Problem } from "../../../domain/problems/problem";
import type { SegmentFile } from "../../../domain/segments/segment";
import { findField } from "../../../domain/segments/find-field";
import { fieldMissing, partitionFieldOf } from "./field-lookup";

/** What a file turned out to have of the wanted fields. */
export interface FoundFields {
  /** Wanted fields that it lacks. */
  readonly absent: readonly string[];
  /** Wanted fields that its folders give, and that are columns of it too. */
  readonly hidden: readonly string[];
  /** What it has. */
  readonly known: readonly string[];
  /** What named the fields; see `fieldMissing`. */
  readonly by: "records" | "firstLine";
}

/** Looks for fields in the folders and among the columns of a file. */
export function foundFields(
  file: SegmentFile,
  columns: readonly string[],
  wanted: readonly string[],
  by: FoundFields["by"] = "records",
): FoundFields {
  const inFolders = (field: string): boolean => partitionFieldOf(file, field) !== undefined;
  const inColumns = (field: string): boolean => findField(columns, field) !== undefined;
  return {
    absent: wanted.filter((field) => !inFolders(field) && !inColumns(field)),
    hidden: wanted.filter((field) => inFolders(field) && inColumns(field)),
    known: [...(file.partition ?? []).map(({ name }) => name), ...columns],
    by,
  };
}

/** A file of a segment with what was found in it. */
export interface FileFindings {
  readonly file: SegmentFile;
  /** Undefined of a file without a record to tell by. */
  readonly fields: FoundFields | undefined;
  /** Nothing is empty in a file without rows. */
  readonly hasRows: boolean;
}

/** A field that all of a segment's files lack does not exist. Throws `fieldMissing`. */
export function requireFieldsOfSegments(files: readonly FileFindings[]): void {
  for (const all of Map.groupBy(files, ({ file }) => file.segment).values()) {
    const found = all.flatMap(({ file, fields }) =>
      fields === undefined ? [] : [{ file, fields }],
    );
    const [first] = found;
    const missing = first?.fields.absent.filter((field) =>
      found.every(({ fields }) => fields.absent.includes(field)),
    );
    if (first !== undefined && missing !== undefined && missing.length > 0) {
      throw fieldMissing(first.file, missing, first.fields.known, first.fields.by);
    }
  }
}

/** Says which fields some of a segment's files lack, and which columns a folder's field stands for. */
export function differencesOfFiles(files: readonly FileFindings[]): readonly Problem[] {
  return [...Map.groupBy(files, ({ file }) => file.segment)].flatMap(([segment, all]) => [
    ...perField(all, ({ fields, hasRows }) => (hasRows ? fields?.absent : [])).map(
      ({ field, count, file }) =>
        problem("fieldAbsent", { segment, field, count, files: all.length, file }),
    ),
    ...perField(all, ({ fields }) => fields?.hidden).map(({ field, file }) =>
      problem("fieldHidden", { segment, field, file }),
    ),
  ]);
}

/** For each field in how many files it is so, and the first of them. */
function perField(
  files: readonly FileFindings[],
  fieldsOf: (findings: FileFindings) => readonly string[] | undefined,
): readonly { field: string; count: number; file: string }[] {
  const fields = new Map<string, { count: number; file: string }>();
  for (const each of files) {
    for (const field of new Set(fieldsOf(each) ?? [])) {
      const before = fields.get(field) ?? { count: 0, file: each.file.name };
      fields.set(field, { ...before, count: before.count + 1 });
    }
  }
  return [...fields].map(([field, found]) => ({ field, ...found }));
}
