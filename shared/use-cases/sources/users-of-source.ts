import { everyPage } from "../../domain/paging/every-page";
import { DomainError } from "../../domain/problems/problem";
import { sourceOfSegment } from "../../domain/sources/source-names";
import type { ExportStore } from "../../ports";

/** Exports that the refusal names; of more, the number is told. */
const EXPORTS_NAMED = 20;

/**
 * Throws `sourceInUse`, with the names and ids of the exports, while any uses a segment of the source. An export that
 * can't be read may use it like any other.
 */
export async function refuseWhileInUse(
  exports: Pick<ExportStore, "list">,
  sourceId: string,
): Promise<void> {
  const users: { exportId: string; text: string }[] = [];
  const unreadable: string[] = [];
  for await (const { exportId, displayName, segments } of everyPage((page) => exports.list(page), {
    unreadable,
  })) {
    if (segments.some((segment) => sourceOfSegment(segment).sourceId === sourceId)) {
      users.push({ exportId, text: `“${displayName}” (${exportId})` });
    }
  }
  users.push(...unreadable.map((exportId) => ({ exportId, text: exportId })));
  if (users.length > 0) {
    const first = users.slice(0, EXPORTS_NAMED);
    const listed = (texts: readonly string[]): string =>
      texts.join(", ") + (users.length > first.length ? ", …" : "");
    throw new DomainError("sourceInUse", {
      count: users.length,
      exports: listed(first.map(({ exportId }) => exportId)),
      named: listed(first.map(({ text }) => text)),
    });
  }
}
