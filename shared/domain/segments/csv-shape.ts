import type { ColumnHabit } from "../cells/column-habit";

/** What the values of a field are. */
export type FieldType = "text" | "number" | "boolean" | "date" | "list" | "object";

/** How a CSV file is written, where its source says so: what is said here is not told from the text. */
export interface CsvShape {
  /** Its columns in their order; also those that a header names. */
  readonly columns: readonly ShapedColumn[];
  /** Whether its first record names its columns. */
  readonly header: boolean;
  /** The one character of ASCII between its cells. */
  readonly delimiter: string;
  /** Whether quotes enclose cells; otherwise they are text like any other. */
  readonly quotes: boolean;
  /** As `TextDecoder` knows it. Of `utf-8` a byte-order mark, and what is no UTF-8, are minded as in any text. */
  readonly encoding: string;
  /** Whether records may lack their last cells: columns that were added after they had been written. */
  readonly mayBeShort: boolean;
}

export interface ShapedColumn {
  readonly name: string;
  readonly type: FieldType;
  /** How its values are written. */
  readonly habit: Pick<ColumnHabit, "decimal" | "dateOrder">;
}
