import * as z from "zod";
import { DomainError } from "../../../domain/problems/problem";

/** What is stored, as people call it. */
export type StoredKind =
  | "connection"
  | "export"
  | "run"
  | "chunk"
  | "preview"
  | "audit entry"
  | "list's keepers"
  | "setting"
  | "source"
  | "kept answer";

/** Told of every item that can't be read, so that somebody learns of it. Names fields, never what is in them. */
export type ReportUnreadable = (found: {
  readonly kind: StoredKind;
  readonly id: string;
  /** The first field at fault. */
  readonly field: string;
}) => void;

export const reportToNobody: ReportUnreadable = () => undefined;

/**
 * Reads one item by its schema. Throws `itemUnreadable` for what this version can't understand: a newer version
 * wrote it before the system was rolled back, or somebody restored it by hand.
 */
export function readStored<Item>(kind: StoredKind, id: string, read: () => Item): Item {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) {
      const field = error.issues[0]?.path.map(String).join(".") ?? "";
      throw new DomainError("itemUnreadable", { kind, id, attribute: field });
    }
    throw error;
  }
}

/** Whether something is the refusal of an item that can't be read. */
function isUnreadable(error: unknown): error is DomainError {
  return error instanceof DomainError && error.problem.code === "itemUnreadable";
}

/**
 * Reads many items one by one: one that can't be read takes no other with it. It is reported, and its id is among
 * the `unreadable`.
 */
export function readEach<Raw, Item>(
  items: readonly Raw[],
  {
    kind,
    idOf,
    report,
  }: { kind: StoredKind; idOf: (item: Raw) => string; report: ReportUnreadable },
  read: (item: Raw) => Item,
): { readonly items: readonly Item[]; readonly unreadable: readonly string[] } {
  const found: Item[] = [];
  const unreadable: string[] = [];
  for (const item of items) {
    const id = idOf(item);
    try {
      found.push(readStored(kind, id, () => read(item)));
    } catch (error) {
      if (!isUnreadable(error)) {
        throw error;
      }
      unreadable.push(id);
      report({ kind, id, field: String(error.problem.params["attribute"]) });
    }
  }
  return { items: found, unreadable };
}

/** The part of a page that names what could not be read; nothing when all could. */
export function unreadablePart(ids: readonly string[]): {
  readonly unreadable?: readonly string[];
} {
  return ids.length === 0 ? {} : { unreadable: ids };
}
