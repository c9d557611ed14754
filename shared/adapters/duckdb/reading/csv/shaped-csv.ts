import { DomainError } from "../../../../domain/problems/problem";
import type { CsvShape } from "../../../../domain/segments/csv-shape";
import type { SegmentFile } from "../../../../domain/segments/segment";
import { findField } from "../../../../domain/segments/find-field";
import { detectCsvDialect, type CsvDialect } from "./csv-dialect";

const QUOTE = 0x22;
/** No byte of a text. */
const NO_QUOTE = -1;

/** How a file's text is written: as its source says, or else as the text shows. */
export function dialectOf(
  { shape }: Pick<SegmentFile, "shape">,
  head: Buffer,
  complete: boolean,
  wantedField?: string,
): CsvDialect {
  return shape === undefined
    ? detectCsvDialect(head, complete, wantedField)
    : {
        delimiter: shape.delimiter.charCodeAt(0),
        quote: shape.quotes ? QUOTE : NO_QUOTE,
        backslash: false,
        linesAbove: 0,
        linesQuoted: false,
        headerMissing: false,
        columns: shape.columns.length,
        skip: 0,
      };
}

/** The names of a file's columns where no header names them; undefined where one does. */
export function namesWithoutHeader({
  shape,
  columns,
}: Pick<SegmentFile, "shape" | "columns">): readonly string[] | undefined {
  if (shape === undefined) {
    return columns;
  }
  return shape.header ? undefined : shape.columns.map(({ name }) => name);
}

/**
 * Throws `headerUnlikeModel` when a file's first record does not name columns that its source names: then it is a
 * person's data, or the file is another table's. Their order may be another; the header is what counts.
 */
export function requireShapedHeader(file: SegmentFile, header: readonly string[]): void {
  const names = file.shape?.columns.map(({ name }) => name);
  const isHeader = (found: string): boolean =>
    names !== undefined && findField(names, found) !== undefined;
  if (names !== undefined && !header.every(isHeader)) {
    throw new DomainError("headerUnlikeModel", { segment: file.segment, file: file.name });
  }
}

/**
 * Throws `rowsUnlikeModel` when a record has more cells than the file has columns, or fewer and may not: nobody knows
 * then which value is whose.
 */
export function requireShapedRow(
  file: SegmentFile,
  shape: CsvShape,
  cells: number,
  columns: number,
): void {
  if (cells > columns || (cells < columns && !shape.mayBeShort)) {
    throw new DomainError("rowsUnlikeModel", {
      ...{ segment: file.segment, file: file.name },
      ...{ cells, columns },
    });
  }
}
