import { findField } from "../../../shared/domain/segments/find-field";
import type { SegmentAnswer } from "../api/answers";
import type { Api } from "../api/api";
import type { Terminal } from "../terminal/terminal";
import { Failure } from "../failure";
import { mappingLines } from "../configuration/mapping-fields";

/**
 * Reads the segments and looks whether they have the fields that a mapping names, before anything is made of it.
 * Throws `Failure` that says which are missing, and which may have been meant. A segment that can't be read just
 * now is no reason to refuse a mapping: that is said, and its runs will tell. Returns the others as they are described.
 */
export async function checkFields(
  { note }: Pick<Terminal, "note">,
  api: Api,
  segments: readonly string[],
  mapping: object,
): Promise<readonly SegmentAnswer[]> {
  const found: SegmentAnswer[] = [];
  const wanted = [...new Set(mappingLines(mapping).map(({ field }) => field))];
  for (const segment of segments) {
    const described = await describe(note, api, segment);
    found.push(...(described === undefined ? [] : [described]));
    const fields = described?.fields.map(({ name }) => name) ?? [];
    const missing =
      described === undefined || fields.length === 0
        ? []
        : wanted.filter((field) => findField(fields, field) === undefined);
    if (missing.length > 0) {
      throw new Failure({
        code: "fieldMissing",
        message: [
          ...missing.map((field) => missingText(segment, field, fields)),
          `It has ${fields.map((name) => `“${name}”`).join(", ")}. Nothing was made.`,
        ].join("\n"),
        exit: "invalid",
      });
    }
  }
  return found;
}

async function describe(
  note: Terminal["note"],
  api: Api,
  segment: string,
): Promise<SegmentAnswer | undefined> {
  try {
    return await api.viewSegment({ path: { segment } });
  } catch (error) {
    if (!(error instanceof Failure) || error.details.code === "segmentMissing") {
      throw error;
    }
    note(`Whether “${segment}” has the mapped fields could not be looked at: ${error.message}`);
    return undefined;
  }
}

function missingText(segment: string, field: string, fields: readonly string[]): string {
  const meant = fields
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), field.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, field.length / 3))
    .toSorted((one, other) => one.distance - other.distance)[0];
  return `Segment “${segment}” has no field “${field}”.${meant === undefined ? "" : ` Did you mean “${meant.name}”?`}`;
}

/** How many letters it takes to make one text the other (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: Array.from(other).length + 1 }, (_, at) => at);
  for (const [position, letter] of Array.from(one).entries()) {
    const next = [position + 1];
    for (const [at, otherLetter] of Array.from(other).entries()) {
      next.push(
        Math.min(
          (next[at] ?? 0) + 1,
          (row[at + 1] ?? 0) + 1,
          (row[at] ?? 0) + (letter === otherLetter ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
