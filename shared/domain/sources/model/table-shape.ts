import { habitOfCulture } from "./culture";
import type { CsvShape, FieldType, ShapedColumn } from "../../segments/csv-shape";
import type { ModelAttribute, ModelFormat, ModelTable } from "./model-json";

/** How a file of a table is written, or why it is not read. */
export type TableShape =
  | { readonly kind: "shape"; readonly shape: CsvShape }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Names of encodings in a model, and what `TextDecoder` calls them. */
const encodings: ReadonlyMap<string, string> = new Map([
  ["utf-8", "utf-8"],
  ["utf8", "utf-8"],
  ["us-ascii", "utf-8"],
  ["utf-16", "utf-16le"],
  ["unicode", "utf-16le"],
  ["utf-16le", "utf-16le"],
  ["utf-16be", "utf-16be"],
  ["iso-8859-1", "windows-1252"],
  ["windows-1252", "windows-1252"],
  ["windows-1250", "windows-1250"],
]);

/**
 * The shape of files with these settings. What a model leaves unset means: no header, comma, quotes, UTF-8, ISO dates
 * and `.` as decimal mark.
 *
 * @param mayBeShort whether records may lack columns that were added later
 */
export function shapeOfTable(
  { attributes }: Pick<ModelTable, "attributes">,
  format: ModelFormat,
  mayBeShort: boolean,
): TableShape {
  const unreadable = (reason: string): TableShape => ({ kind: "unreadable", reason });
  const { $type = "CsvFormatSettings", delimiter = ",", encoding = "utf-8", culture } = format;
  if (!/(?:^|\.)CsvFormatSettings$/.test($type)) {
    return unreadable(`its files are of the format ${$type}, and CSV is read`);
  }
  if (attributes.length === 0) {
    return unreadable("it names no columns");
  }
  if (!isDelimiter(delimiter)) {
    return unreadable("its delimiter is not one character of punctuation, or a tabulator");
  }
  const label = encodings.get(encoding.toLowerCase());
  if (label === undefined) {
    return unreadable(`its files are in ${encoding}, which is not read`);
  }
  const habit = habitOfCulture(culture ?? undefined);
  if (habit === undefined) {
    return unreadable(`its values are written as in ${culture ?? ""}, which is not read`);
  }
  return {
    kind: "shape",
    shape: {
      columns: attributes.map((attribute) => columnOf(attribute, habit)),
      header: format.columnHeaders ?? false,
      delimiter,
      quotes: !/(?:^|\.)None$/i.test(format.quoteStyle ?? ""),
      encoding: label,
      mayBeShort,
    },
  };
}

/** One character of ASCII that neither ends a record nor stands in most values. */
function isDelimiter(text: string): boolean {
  return text.length === 1 && text > "\0" && text < "\u007f" && !/["A-Za-z0-9 \r\n]/.test(text);
}

/** A text is as it stands there, whatever the culture. */
function columnOf(
  { name, dataType = "string" }: ModelAttribute,
  { decimal, dateOrder }: ShapedColumn["habit"],
): ShapedColumn {
  const type = typeOf(dataType);
  const habit = type === "number" ? { decimal } : type === "date" ? { dateOrder } : {};
  return { name, type, habit };
}

/** The types of the Common Data Model; what else there may be is text. */
function typeOf(dataType: string): FieldType {
  switch (dataType.toLowerCase()) {
    case "int64":
    case "double":
    case "decimal":
      return "number";
    case "boolean":
      return "boolean";
    case "date":
    case "datetime":
    case "datetimeoffset":
      return "date";
    case "json":
      return "object";
    default:
      return "text";
  }
}
