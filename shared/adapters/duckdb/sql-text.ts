/**
 * The only place where text from outside becomes SQL text. Values are rather bound as parameters; what
 * DuckDB takes no parameter for (identifiers, file names of table functions) is quoted here.
 */

/** A column's or table's name, as written in SQL. */
export function sqlIdentifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/** A text, as written in SQL. DuckDB knows no escapes inside plain quotes but the doubled quote. */
export function sqlString(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`;
}

function withoutNul(text: string): string {
  if (text.includes("\0")) {
    throw new Error("text for SQL holds a NUL character");
  }
  return text;
}
