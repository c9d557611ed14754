import { DomainError } from "../../../domain/problem";
import { judgeEmail } from "../../../domain/email";
import type { SegmentFile } from "../../../domain/segment";
import { segmentUnreadable } from "./opened-file";

/**
 * The index of a field: by its exact name (the first, if there are several), else by its name without
 * regard to case and outer space, if exactly one field has that.
 */
export function findField(fields: readonly string[], wanted: string): number | undefined {
  const exact = fields.indexOf(wanted);
  if (exact >= 0) {
    return exact;
  }
  const plain = (name: string): string => name.trim().toLowerCase();
  const alike = fields.flatMap((name, index) => (plain(name) === plain(wanted) ? [index] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

const FIELDS_NAMED = 20;
const FIELD_NAME_LENGTH = 60;

/** Says which fields are missing and which are there; a header that is really data is not repeated. */
export function fieldMissing(
  file: SegmentFile,
  missing: readonly string[],
  fields: readonly string[],
): DomainError {
  if (fields.some((name) => judgeEmail(name).kind === "valid")) {
    return segmentUnreadable(
      file,
      "its first line holds an email address where the fields' names should be",
    );
  }
  const named = fields
    .filter((name) => name.trim() !== "")
    .slice(0, FIELDS_NAMED)
    .map(
      (name) =>
        `“${name.length > FIELD_NAME_LENGTH ? `${name.slice(0, FIELD_NAME_LENGTH)}…` : name}”`,
    );
  const more = fields.length - named.length;
  return new DomainError("fieldMissing", {
    segment: file.segment,
    file: file.name,
    field: missing.join("”, “"),
    fields:
      named.length === 0
        ? "no fields"
        : `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  });
}
