import * as z from "zod";
import type { Connection } from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Action } from "../../domain/access/access-table";
import type { ConnectionStore, KlaviyoList, Log, Page, PageRequest } from "../../ports";
import { mayOn, requireAccess } from "../access/access";
import { askKlaviyo, type AskKlaviyoDependencies } from "../klaviyo/ask-klaviyo";
import { createPageTrail } from "../klaviyo/read-pages";

export interface KlaviyoListsDependencies extends AskKlaviyoDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "noteFinding">;
  readonly log: Log;
}

/** A search that takes longer gives what it has found; the next page goes on from there. */
const SEARCH_MILLISECONDS = 15_000;

/** Where a page ended: Klaviyo's own cursor of a page of its, and how many lists of that were looked at. */
const cursorSchema = z.strictObject({
  page: z.string().max(1_500).optional(),
  looked: z.int().min(0).max(100),
});
type Cursor = z.infer<typeof cursorSchema>;

/**
 * Lists the lists of a connection's account, all of them if the pages are followed, in the order of their
 * names; with `search`, those whose name contains it, whatever the case. Klaviyo itself only finds whole names, so
 * all are read. Throws `notPermitted`, `connectionNotFound`, and what {@link askKlaviyo} throws.
 */
export async function listKlaviyoLists(
  dependencies: KlaviyoListsDependencies,
  input: { caller: Caller; connectionId: string; search?: string | undefined; page: PageRequest },
): Promise<Page<KlaviyoList>> {
  const { clock } = dependencies;
  const { page, search = "" } = input;
  const connection = await usableConnection(dependencies, input, "listKlaviyoLists");
  const wanted = searchable(search);
  const giveUpAt = clock.now().getTime() + SEARCH_MILLISECONDS;
  const items: KlaviyoList[] = [];
  let cursor: Cursor = page.after === undefined ? { looked: 0 } : readCursor(page.after);
  const trail = createPageTrail(cursor.page);
  for (;;) {
    const { page: at, looked } = cursor;
    const answer = await askKlaviyo(dependencies, connection, (klaviyo) => klaviyo.listLists(at));
    if (answer.kind === "refused") {
      throw page.after === undefined ? DomainError.of(answer.problem) : wrongCursor();
    }
    const { items: lists, next } = answer.value;
    for (const [position, list] of lists.entries()) {
      if (position >= looked && searchable(list.name).includes(wanted)) {
        items.push(list);
      }
      if (items.length === page.limit) {
        const more = position + 1 < lists.length || next !== undefined;
        return {
          items,
          ...(more ? { next: writeCursor({ ...cursor, looked: position + 1 }) } : {}),
        };
      }
    }
    if (next === undefined) {
      return { items };
    }
    const endless = trail.follow(next);
    if (endless !== undefined) {
      throw DomainError.of(endless.problem);
    }
    cursor = { page: next, looked: 0 };
    if (clock.now().getTime() > giveUpAt) {
      return { items, next: writeCursor(cursor) };
    }
  }
}

/**
 * One list of a connection's account. Throws `notPermitted`, `connectionNotFound`, `listNotFound`, and what
 * {@link askKlaviyo} throws.
 */
export async function getKlaviyoList(
  dependencies: KlaviyoListsDependencies,
  input: { caller: Caller; connectionId: string; listId: string },
): Promise<KlaviyoList> {
  const { listId } = input;
  const connection = await usableConnection(dependencies, input, "viewKlaviyoList");
  const answer = await askKlaviyo(dependencies, connection, (klaviyo) => klaviyo.getList(listId));
  if (answer.kind === "refused") {
    throw answer.as === "notFound"
      ? new DomainError("listNotFound", { listId })
      : DomainError.of(answer.problem);
  }
  return answer.value;
}

/**
 * Makes a list in a connection's account. Throws `notPermitted`, `connectionNotFound`, and what
 * {@link askKlaviyo} throws.
 */
export async function createKlaviyoList(
  dependencies: KlaviyoListsDependencies,
  input: { caller: Caller; connectionId: string; name: string },
): Promise<KlaviyoList> {
  const connection = await usableConnection(dependencies, input, "createKlaviyoList");
  const answer = await askKlaviyo(dependencies, connection, (klaviyo) =>
    klaviyo.createList(input.name),
  );
  if (answer.kind === "refused") {
    throw DomainError.of(answer.problem);
  }
  dependencies.log.info("listCreated", {
    connectionId: connection.connectionId,
    listId: answer.value.id,
  });
  return answer.value;
}

async function usableConnection(
  { connections }: Pick<KlaviyoListsDependencies, "connections">,
  { caller, connectionId }: { caller: Caller; connectionId: string },
  action: Action,
): Promise<Connection> {
  requireAccess(caller, action);
  const connection = await connections.get(connectionId);
  if (connection === undefined || !mayOn(caller, action, connection)) {
    throw new DomainError("connectionNotFound", { connectionId });
  }
  return connection;
}

/** Without regard to case and to how accents are composed. */
function searchable(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function readCursor(after: string): Cursor {
  try {
    const cursor = cursorSchema.safeParse(
      JSON.parse(Buffer.from(after, "base64url").toString("utf8")),
    );
    if (cursor.success) {
      return cursor.data;
    }
  } catch {
    // Not JSON: no cursor of ours.
  }
  throw wrongCursor();
}

function wrongCursor(): DomainError {
  const reason = "after is not the “next” of an earlier page";
  return new DomainError("invalidRequest", { reason }, "/after");
}
