import { findField } from "../../../../domain/segments/find-field";
import { segmentRowsLimits, type SegmentRows } from "../../../../domain/segments/segment-rows";
import type { FileSample } from "../sampled-fields";
import { unite } from "./united-fields";

/** Puts the samples of a segment's first files together, up to so many rows as are shown. */
export function firstRows(samples: readonly FileSample[]): SegmentRows {
  const { rows: mostRows, fields: mostFields, cell: longest, all } = segmentRowsLimits;
  const names = unite(samples.map((sample) => sample.fields)).map(({ name }) => name);
  const fields = names.slice(0, mostFields);
  const rows: (string | null)[][] = [];
  let cut = names.length > fields.length;
  let characters = 0;
  for (const sample of samples) {
    const ofFile = sample.fields.map(({ name }) => name);
    const columns = fields.map((name) => sample.fields[findField(ofFile, name) ?? -1]);
    for (let row = 0; row < sample.records; row += 1) {
      if (rows.length === mostRows) {
        return { fields, rows, cut };
      }
      const cells = columns.map((column) => {
        const cell = column?.cells[row] ?? "";
        cut ||= cell.length > longest;
        return cell === "" ? null : cell.slice(0, longest);
      });
      characters += cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
      if (characters > all) {
        return { fields, rows, cut: true };
      }
      rows.push(cells);
    }
  }
  return { fields, rows, cut };
}
