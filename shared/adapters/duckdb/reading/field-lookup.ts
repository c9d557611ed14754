import { findField } from "../../../domain/segments/find-field";
import { areOfAPerson, looksPersonal } from "../../../domain/text/personal-name";
import { DomainError } from "../../../domain/problems/problem";
import { holdsEmail } from "../../../domain/profiles/email-like";
import { segmentUnreadable } from "./opened-file";
import { requireWithinLimit } from "../../../domain/segments/segment-limits";
import type { PartitionField, SegmentFile } from "../../../domain/segments/segment";

/**
 * The field of that name that a file's folders give. It stands for a column of the same name, as it does for Spark:
 * the folder is what the rows were divided by.
 */
export function partitionFieldOf(
  { partition = [] }: SegmentFile,
  wanted: string,
): PartitionField | undefined {
  const names = partition.map(({ name }) => name);
  return partition[findField(names, wanted) ?? -1];
}

const FIELDS_NAMED = 20;
const FIELD_NAME_LENGTH = 60;

/**
 * Says which fields are missing and which are there; what holds an email address is not repeated.
 *
 * @param by what named the fields: the records themselves, or the line that was taken for the header
 */
export function fieldMissing(
  file: SegmentFile,
  missing: readonly string[],
  fields: readonly string[],
  by: "records" | "firstLine" = "records",
): DomainError {
  // Where a row stands in place of a header, even the cells that look like names are somebody's.
  const names =
    by === "firstLine" && areOfAPerson(fields)
      ? []
      : fields.filter((name) => name.trim() !== "" && !holdsEmail(name) && !looksPersonal(name));
  const named = names
    .slice(0, FIELDS_NAMED)
    .map(
      (name) =>
        `“${name.length > FIELD_NAME_LENGTH ? `${name.slice(0, FIELD_NAME_LENGTH)}…` : name}”`,
    );
  const more = fields.length - named.length;
  const found =
    named.length === 0 ? "no fields" : `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return new DomainError("fieldMissing", {
    segment: file.segment,
    file: file.name,
    field: missing.join("”, “"),
    fields: by === "records" ? found : `${found} in the line that was taken for its header`,
  });
}

/**
 * Throws `segmentUnreadable` when each line is one cell that holds the others; `segmentTooLarge` when a file has too many columns; `headerMissing` when it has data where its header should
 * be, unless its columns are named elsewhere; and `columnsDiffer` when these are not as many as the file's: of a name
 * too much or too few nobody knows where, and those behind it would stand for other columns.
 */
export function requireHeader(
  file: SegmentFile,
  found: {
    readonly headerMissing: boolean;
    readonly linesQuoted: boolean;
    readonly columns: number;
  },
): void {
  if (found.linesQuoted) {
    throw segmentUnreadable(
      file,
      "each of its lines is in quotes as a whole, so that all of a row is one cell",
    );
  }
  requireWithinLimit(file.segment, "columns", found.columns);
  if (file.columns === undefined) {
    if (found.headerMissing) {
      throw new DomainError("headerMissing", { segment: file.segment, file: file.name });
    }
  } else if (found.columns > 0 && found.columns !== file.columns.length) {
    throw new DomainError("columnsDiffer", {
      segment: file.segment,
      file: file.name,
      columns: found.columns,
      names: file.columns.length,
    });
  }
}
