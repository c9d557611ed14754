/** An id of a source, as a pattern: letters, digits and dashes, so that it reads well before a segment's name. */
export const SOURCE_ID = "[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?";

/** The segments bucket: the source that is there without anybody having made it. Its segments' names carry no id. */
export const BUILT_IN_SOURCE = "bucket";

const QUALIFIED = new RegExp(`^(${SOURCE_ID}):(.*)$`, "s");

/**
 * Of which source a segment is, by its name, and what it is called there. Names are stable: a source's id is given once
 * and never changes, whatever the source is called.
 */
export function sourceOfSegment(name: string): {
  readonly sourceId: string;
  /** The folder of the built-in source, or the table of another. */
  readonly table: string;
} {
  const [, sourceId = BUILT_IN_SOURCE, table = name] = QUALIFIED.exec(name) ?? [];
  return { sourceId, table };
}

/** The name of a segment of a source that somebody has made. */
export function segmentName(sourceId: string, table: string): string {
  return `${sourceId}:${table}`;
}
