import { STILL_AFTER_MINUTES } from "../../domain/segments/refresh";
import { segmentLimits } from "../../domain/segments/segment-limits";
import { filesOfRun, runLevels } from "../../domain/sources/model/dated-run";
import type { ModelTable } from "../../domain/sources/model/model-json";
import { shapeOfTable } from "../../domain/sources/model/table-shape";
import type { OpenedFolder } from "./opened-folder";
import type { TableFiles } from "./table-files";

/** Folders of one level: years, months, days, times. */
const MOST_FOLDERS = 2_000;

/** Runs that are looked at, the newest first: so many broken ones in a row are nothing to be passed over. */
const MOST_RUNS = 10;

/**
 * The files of the newest run of a table that names none: those of the newest dated folder whose partitions have no gap
 * and have not changed for some minutes. Throws what `ObjectFolder` does.
 */
export async function newestRun(
  source: OpenedFolder,
  table: ModelTable,
  now: Date,
): Promise<TableFiles> {
  const shaped = shapeOfTable(table, {}, false);
  if (shaped.kind === "unreadable") {
    return { kind: "refused", reason: shaped.reason };
  }
  let first: string | undefined;
  let looked = 0;
  for await (const run of runsOf(source, table.name, runLevels)) {
    looked += 1;
    const { objects, complete } = await source.folder.list(run, segmentLimits.files);
    if (!complete) {
      return { kind: "refused", reason: `“${run}” holds more files than are read` };
    }
    const found = filesOfRun(table.name, objects);
    const isStill = objects.every(
      ({ modifiedAt }) => now.getTime() - modifiedAt.getTime() >= STILL_AFTER_MINUTES * 60_000,
    );
    if (found.kind === "whole" && isStill) {
      const files = found.files.map((object) => ({ object, shape: shaped.shape }));
      return { kind: "files", files, proven: false };
    }
    first ??=
      found.kind === "gap"
        ? `its newest run has no “${found.missing}”`
        : `files of its newest run are younger than ${STILL_AFTER_MINUTES} minutes`;
    if (looked === MOST_RUNS) {
      break;
    }
  }
  return first === undefined ? { kind: "none" } : { kind: "unfinished", reason: first };
}

/** The folders of runs below a folder, the newest first. */
async function* runsOf(
  source: OpenedFolder,
  below: string,
  [level, ...deeper]: readonly RegExp[],
): AsyncGenerator<string, void> {
  if (level === undefined) {
    yield below;
    return;
  }
  const { folders } = await source.folder.list(below, MOST_FOLDERS);
  const named = folders.filter((name) => level.test(name)).toSorted();
  for (const name of named.toReversed()) {
    yield* runsOf(source, `${below}/${name}`, deeper);
  }
}
