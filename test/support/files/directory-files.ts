import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { WorkFileNotFound, type WorkFiles } from "../../../shared/adapters/duckdb/work-files";
import { judgeFolder } from "../../../shared/domain/segments/judge-folder";
import type { SegmentPin } from "../../../shared/domain/segments/refresh";
import type { SegmentFile } from "../../../shared/domain/segments/segment";
import { noMarker } from "../../../shared/domain/segments/segment-marker";
import type { SegmentSource } from "../../../shared/ports";

/** The work bucket as a directory on disk. */
export function directoryWorkFiles(root: string): WorkFiles {
  return {
    async upload(key, content) {
      const path = join(root, key);
      await mkdir(dirname(path), { recursive: true });
      await ("bytes" in content
        ? writeFile(path, content.bytes)
        : copyFile(content.localPath, path));
    },
    async download(key, localPath) {
      await found(key, () => copyFile(join(root, key), localPath));
    },
    async read(key) {
      return found(key, () => readFile(join(root, key)));
    },
    async copy(from, to) {
      await mkdir(dirname(join(root, to)), { recursive: true });
      await found(from, () => copyFile(join(root, from), join(root, to)));
    },
    async list(prefix) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .filter((key) => key.startsWith(prefix))
        .toSorted();
    },
  };
}

async function found<Result>(key: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new WorkFileNotFound(key);
    }
    throw error;
  }
}

/** All files below a segment that is a directory, by their paths, in the order of these. */
export async function directoryFiles(
  root: string,
  segment: string,
): Promise<readonly SegmentFile[]> {
  const folder = join(root, segment);
  const options = { withFileTypes: true, recursive: true } as const;
  const entries = await readdir(folder, options).catch(() => []);
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .toSorted()
      .map(async (name) => {
        const { size, mtime } = await stat(join(folder, name));
        return {
          segment,
          name,
          bytes: size,
          version: String(mtime.getTime()),
          modifiedAt: mtime,
        };
      }),
  );
}

/** Segments as directories of files, judged as folders of the bucket are. */
export function directorySegmentSource(root: string): SegmentSource {
  const open = async (file: SegmentFile) => createReadStream(join(root, file.segment, file.name));
  return {
    list: async () => ({ items: [] }),
    exists: async (segment) => (await directoryFiles(root, segment)).length > 0,
    pin: async (segment, marker = noMarker) =>
      judgeFolder({
        segment,
        found: await directoryFiles(root, segment),
        marker,
        now: new Date(),
        readText: async (file) => text(await open(file)),
      }),
    open,
  };
}

/** Files of a segment as a refresh that is whole. */
export function pinOf(segment: string, files: readonly SegmentFile[]): SegmentPin {
  return files.length === 0
    ? { kind: "missing" }
    : {
        kind: "ready",
        refresh: {
          segment,
          refreshedAt: new Date(Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()))),
          completeness: "settled",
          files,
        },
      };
}
