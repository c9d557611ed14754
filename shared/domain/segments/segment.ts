import * as z from "zod";
import type { ColumnReading } from "../cells/column-habit";
import type { FieldMapping } from "../exports/field-mapping";
import type { Problem } from "../problems/problem";
import { SOURCE_ID } from "../sources/source-names";
import type { CsvShape, FieldType } from "./csv-shape";

const NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,199}";
const NAME_FAULT =
  "a segment's name starts with a letter or digit and holds letters, digits, spaces, dots, dashes or underscores";

/** The name of a segment within its source: one step of a storage path, no separators, no way out of its folder. */
export const folderNameSchema = z
  .string()
  .regex(new RegExp(`^${NAME}$`, "u"), NAME_FAULT)
  .refine((name) => !name.includes(".."), "a segment's name holds no two dots in a row");

/** The name of a segment: of another source than the built-in one, after the source's id and a colon. */
export const segmentNameSchema = z
  .string()
  .regex(
    new RegExp(`^(?:${SOURCE_ID}:)?${NAME}$`, "u"),
    `${NAME_FAULT}; before it may stand its source's id and a colon`,
  )
  .refine((name) => !name.includes(".."), "a segment's name holds no two dots in a row");

/** One file of a segment, pinned to the version that was listed. */
export interface SegmentFile {
  readonly segment: string;
  /** Path below the segment's own folder. */
  readonly name: string;
  readonly bytes: number;
  /** Identifies the version: reading it after the file was replaced fails with `segmentChanged`. */
  readonly version: string;
  readonly modifiedAt: Date;
  /** The names of a CSV file's columns, in order, where it has no header. */
  readonly columns?: readonly string[] | undefined;
  /** How it is written as CSV, where its source says so. */
  readonly shape?: CsvShape | undefined;
  /** The fields that its folders give, each with one value for all of its rows; absent where they give none. */
  readonly partition?: readonly PartitionField[] | undefined;
}

/** A field that a folder's name gives to all rows below it. */
export interface PartitionField {
  readonly name: string;
  /** null where the rows have none. */
  readonly value: string | null;
}

/** A segment as it is listed: what is known without reading its files. */
export interface SegmentSummary {
  readonly name: string;
  /** The id of the source that it is of. */
  readonly source: string;
  readonly files: number;
  readonly bytes: number;
  /** When its newest file was written. */
  readonly refreshedAt: string;
}

/** The field that says whether a person may be written to, and what a yes in it means. */
export interface SuggestedConsent {
  readonly field: string;
  readonly meaning: "agreed" | "refused";
}

/** A segment as it is described: read from its files. */
export interface SegmentDescription extends SegmentSummary {
  readonly fields: readonly SegmentField[];
  /** The field that likeliest holds the members' addresses, by its name and values; absent when none does. */
  readonly suggestedEmailField?: string | undefined;
  /** Profiles in the files, before any email is looked at. */
  readonly rows: number;
  /** The field that `members` was counted by: the caller's choice, else the suggested one. */
  readonly emailField?: string;
  /** A mapping to start from, with `emailField` as its email; absent when no field holds addresses. */
  readonly suggestedMapping?: FieldMapping | undefined;
  /** The field that by its name says who agreed to emails, or refused them; absent when none does. */
  readonly suggestedConsent?: SuggestedConsent | undefined;
  /** Profiles left when blank, invalid and duplicate emails are set aside. */
  readonly members?: number;
  /** What was found out about its files that decides how they are read, and may be wrong: their encoding, say. */
  readonly warnings: readonly Problem[];
}

export interface SegmentField {
  readonly name: string;
  readonly type: FieldType;
  /** How its cells are written, where that decides how they are read. */
  readonly reading?: ColumnReading | undefined;
}
