import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Page, SourceFindings, SourceStore } from "../../ports";
import { requireAccess } from "../access/access";
import type { SourceView } from "./create-source";

export interface ViewSourcesDependencies {
  readonly sources: Pick<SourceStore, "get" | "list">;
  readonly findings: Pick<SourceFindings, "get">;
}

/** All sources that somebody has made, by their names. */
export async function listSources(
  { sources, findings }: ViewSourcesDependencies,
  { caller }: { caller: Caller },
): Promise<Page<SourceView>> {
  requireAccess(caller, "listSources");
  const { items, unreadable } = await sources.list();
  const views = await Promise.all(
    items.map(async (source) => ({ source, finding: await findings.get(source.sourceId) })),
  );
  return {
    items: views.toSorted((one, other) =>
      one.source.displayName.localeCompare(other.source.displayName, "en"),
    ),
    ...(unreadable === undefined || unreadable.length === 0 ? {} : { unreadable }),
  };
}

/** Throws `sourceNotFound`. */
export async function getSource(
  { sources, findings }: ViewSourcesDependencies,
  { caller, sourceId }: { caller: Caller; sourceId: string },
): Promise<SourceView> {
  requireAccess(caller, "viewSource");
  const source = await sources.get(sourceId);
  if (source === undefined) {
    throw new DomainError("sourceNotFound", { sourceId });
  }
  return { source, finding: await findings.get(sourceId) };
}
