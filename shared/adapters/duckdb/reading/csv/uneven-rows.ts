import { problem, type Problem } from "../../../../domain/problems/problem";
import type { SegmentFile } from "../../../../domain/segments/segment";
import type { CsvScanner } from "./csv-records";
import { hasText } from "./csv-cells";

/** Rows of one kind: how many, and the first one's number in its file. */
interface CountedRows {
  readonly rows: number;
  readonly first: number;
}

/** Rows of a CSV that have not as many cells as its header. */
export interface UnevenRows {
  /** With text in cells for which the header has no name; these cells are left out. */
  readonly longer: CountedRows;
  /** Without a cell for each of the header's names; what is missing is taken as empty. */
  readonly shorter: CountedRows;
}

const NONE: CountedRows = { rows: 0, first: 0 };

export function createUnevenRowsCounter(): {
  /** Looks at a record that has not as many cells as the header, which has `named` up to its last name. */
  add(
    scanner: CsvScanner,
    header: { readonly names: readonly string[]; readonly named: number },
    row: number,
  ): void;
  readonly found: UnevenRows;
} {
  let longer = NONE;
  let shorter = NONE;
  const oneMore = ({ rows, first }: CountedRows, row: number): CountedRows => ({
    rows: rows + 1,
    first: rows === 0 ? row : first,
  });
  return {
    add(scanner, { names, named }, row) {
      if (scanner.cells < named) {
        shorter = oneMore(shorter, row);
      }
      for (let index = names.length; index < scanner.cells; index += 1) {
        const cell = scanner.cell(index);
        if (hasText(cell, 0, cell.length)) {
          longer = oneMore(longer, row);
          return;
        }
      }
    },
    get found() {
      return { longer, shorter };
    },
  };
}

/** One warning for each segment and kind of uneven row, which names the first file and row. */
export function unevenWarnings(
  files: readonly SegmentFile[],
  found: readonly (UnevenRows | undefined)[],
): readonly Problem[] {
  const warnings = (["longer", "shorter"] as const).flatMap((kind) =>
    [...new Set(files.map(({ segment }) => segment))].flatMap((segment) => {
      const counted = files.flatMap((file, index) => {
        const rows = file.segment === segment ? found[index]?.[kind] : undefined;
        return rows === undefined || rows.rows === 0 ? [] : [{ file: file.name, ...rows }];
      });
      const [first] = counted;
      const rows = counted.reduce((sum, each) => sum + each.rows, 0);
      return first === undefined
        ? []
        : [
            problem(kind === "longer" ? "cellsBeyondHeader" : "cellsMissing", {
              segment,
              rows,
              file: first.file,
              row: first.first,
            }),
          ];
    }),
  );
  return warnings;
}
