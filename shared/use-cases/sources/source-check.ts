import { DomainError } from "../../domain/problems/problem";
import { folderNameSchema } from "../../domain/segments/segment";
import { faultOfTable } from "../../domain/sources/model/table-fault";
import { TABLES_NAMED, type MadeSource, type SourceFinding } from "../../domain/sources/source";
import type { Clock } from "../../ports";
import { readModelFile } from "./model-file";
import type { OpenedFolder } from "./opened-folder";

/** Opens the folder of a source, with the credential that is given, or else its own. */
export type OpenFolder = (
  source: Pick<MadeSource, "sourceId" | "displayName" | "place" | "credential">,
  secret?: string,
) => Promise<OpenedFolder>;

export interface SourceCheckDependencies {
  readonly openFolder: OpenFolder;
  readonly clock: Pick<Clock, "now">;
}

/** Tables that can't be exported and are named. */
const REFUSED_NAMED = 50;

/**
 * Looks at a source: whether it lets in, and what tables its `model.json` has. Throws `sourceNotEnabled`,
 * `sourceForbidden`, `sourcePlaceMissing`, `sourceUnavailable`, `modelMissing`, `modelUnreadable`, `secretUnreadable`,
 * `secretScheduledForDeletion`.
 */
export async function checkSource(
  { openFolder, clock }: SourceCheckDependencies,
  source: Parameters<OpenFolder>[0],
  secret?: string,
): Promise<SourceFinding> {
  const opened = await openFolder(source, secret);
  const { file, read } = await readModelFile(opened);
  if (read.kind !== "model") {
    const reason = read.kind === "unreadable" ? read.reason : "it is cut off, or is being written";
    throw new DomainError("modelUnreadable", { source: source.displayName, reason });
  }
  // To list is another right than to read.
  await opened.folder.list("", 1);
  const judged = read.tables.map((table) => ({ table, fault: faultOfTable(table) }));
  const usable = judged.filter(({ fault }) => fault === undefined);
  return {
    foundAt: clock.now().toISOString(),
    foundBy: "check",
    refreshedAt: file.modifiedAt.toISOString(),
    tableCount: usable.length,
    tables: usable.slice(0, TABLES_NAMED).map(({ table: { name, attributes } }) => ({
      name,
      fields: attributes.length,
    })),
    refused: judged
      .flatMap(({ table: { name }, fault }) =>
        fault === undefined ? [] : [{ name: shownName(name), reason: fault.reason }],
      )
      .slice(0, REFUSED_NAMED),
  };
}

/** A name that is none may be anything. */
function shownName(name: string): string {
  return folderNameSchema.safeParse(name).success ? name : "(a table whose name can't be used)";
}
