import type { Problem } from "../../../domain/problems/problem";
import type { ProfileReader } from "../../../domain/profiles/profile-reader";
import type { UnevenRows } from "./csv/uneven-rows";
import type { FoundFields } from "./found-fields";
import type { OpenedFile } from "./opened-file";

/** What to take from each record. */
export interface WantedFields {
  readonly email: string;
  /** Whether a file without the email's field is an error; otherwise its cells are blank. */
  readonly required: boolean;
  /** Reads what the rest of the profile is composed of; without it nothing but the email is read. */
  readonly profile?: ProfileReader | undefined;
}

export interface RowsRead {
  readonly warnings: readonly Problem[];
  /** Of a CSV: rows that have not as many cells as the header. */
  readonly uneven?: UnevenRows;
  /** What it has of the profile's fields; undefined when the file has no record to tell by. */
  readonly fields: FoundFields | undefined;
}

/** A file of text. */
export type TextFile = Extract<
  OpenedFile,
  { kind: "csv" | "jsonLines" | "jsonArray" | "jsonValues" }
>;
