import type { Terminal } from "../terminal/terminal";
import { hint } from "./hints";
import { counted, paragraph } from "./words";

/** Says what a list leaves out, since it is stored in a form that can't be read. */
export function noteUnreadable(
  { note, noteColumns }: Pick<Terminal, "note" | "noteColumns">,
  noun: string,
  ids: readonly string[],
): void {
  if (ids.length > 0) {
    note(
      paragraph(
        `${counted(ids.length, noun)} can't be read and ${ids.length === 1 ? "is" : "are"} left out: ${[...new Set(ids)].join(", ")}. Tell the operators.`,
        noteColumns,
      ),
    );
  }
}

/** Says which sources' segments a list leaves out, since these could not be asked. */
export function noteUnlisted(
  { note, noteColumns }: Pick<Terminal, "note" | "noteColumns">,
  sourceIds: readonly string[],
): void {
  const [first] = sourceIds;
  if (first !== undefined) {
    note(
      paragraph(
        `The segments of ${[...new Set(sourceIds)].join(", ")} could not be listed and are left out. See why with: ${hint("sources", "verify", first)}`,
        noteColumns,
      ),
    );
  }
}
