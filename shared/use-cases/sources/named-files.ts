import type { ModelPartition, ModelTable } from "../../domain/sources/model/model-json";
import {
  isDatedPath,
  isSnapshotPath,
  pathOfPartition,
} from "../../domain/sources/model/partition-path";
import { rebase } from "../../domain/sources/model/rebase";
import { shapeOfTable } from "../../domain/sources/model/table-shape";
import type { FolderObject } from "../../ports";
import { inTurns } from "./in-turns";
import type { OpenedFolder } from "./opened-folder";
import type { TableFiles } from "./table-files";

/** Files that are asked for at the same time. */
const CONCURRENT_FILES = 16;

/**
 * The files that a table's partitions name. All of them must be there, and be of one run. Throws what `ObjectFolder`
 * does.
 */
export async function namedFiles(source: OpenedFolder, table: ModelTable): Promise<TableFiles> {
  const partitions = table.partitions ?? [];
  const places: (readonly (readonly string[])[])[] = [];
  for (const { location } of partitions) {
    const path = location === undefined ? undefined : pathOfPartition(location);
    if (path?.kind !== "path") {
      return { kind: "refused", reason: path?.reason ?? "a partition has no location" };
    }
    const rebased = rebase(path, source.place, source.localHost);
    if (rebased.kind === "foreign") {
      return { kind: "refused", reason: rebased.reason };
    }
    places.push(rebased.paths);
  }
  const mixture = mixtureOf(places.map(([longest = []]) => longest));
  if (mixture !== undefined) {
    return { kind: "refused", reason: mixture };
  }
  const from = await depthOf(source, places);
  const paths = places.map((candidates) => candidates[from] ?? candidates.at(-1) ?? []);
  const objects = await inTurns(paths, CONCURRENT_FILES, (path) =>
    source.folder.find(path.join("/")),
  );
  const files: { object: FolderObject; shape: ShapeOf }[] = [];
  const known = new Set<string>();
  for (const [at, partition] of partitions.entries()) {
    const object = objects[at];
    if (object === undefined) {
      const name = (paths[at] ?? []).join("/");
      return { kind: "unfinished", reason: `model.json names “${name}”, which is not there` };
    }
    const isSnapshot = isSnapshotPath(paths[at] ?? []);
    const shaped = shapeOfTable(table, partition.fileFormatSettings ?? {}, isSnapshot);
    if (shaped.kind === "unreadable") {
      return { kind: "refused", reason: shaped.reason };
    }
    if (!known.has(object.path)) {
      known.add(object.path);
      files.push({ object, shape: shaped.shape });
    }
  }
  const refreshedAt = newestTime(partitions);
  return {
    kind: "files",
    files,
    proven: paths.every((path) => isDatedPath(path) || isSnapshotPath(path)),
    refreshedAt,
  };
}

type ShapeOf = Extract<ReturnType<typeof shapeOfTable>, { kind: "shape" }>["shape"];

/**
 * How many steps of the partitions' paths lead to the source's folder: the fewest with which one of the files is there.
 * It is the same for all, since the model and all its files were copied together.
 */
async function depthOf(
  { folder }: OpenedFolder,
  places: readonly (readonly (readonly string[])[])[],
): Promise<number> {
  const [first = []] = places;
  for (const [from, path] of first.entries()) {
    if (first.length === 1 || (await folder.find(path.join("/"))) !== undefined) {
      return from;
    }
  }
  return 0;
}

/** Why paths are not those of one run; undefined when they may be. */
function mixtureOf(paths: readonly (readonly string[])[]): string | undefined {
  const runs = new Set(
    paths.map((path) => (isDatedPath(path) ? path.slice(-5, -1).join("/") : "")),
  );
  return runs.size > 1 ? "its partitions are of several runs" : undefined;
}

function newestTime(partitions: readonly ModelPartition[]): Date | undefined {
  const times = partitions
    .map(({ refreshTime }) => Date.parse(refreshTime ?? ""))
    .filter((time) => !Number.isNaN(time) && Math.abs(time) < 8.64e15);
  return times.length === partitions.length ? new Date(Math.max(...times)) : undefined;
}
