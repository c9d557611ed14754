import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WorkFileNotFound, type WorkFiles } from "../../../shared/adapters/duckdb/work-files";
import type { SegmentPin } from "../../../shared/domain/segments/refresh";
import type { SegmentFile } from "../../../shared/domain/segments/segment";
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

/** The files of a segment that is a directory, in name order. */
export async function directoryFiles(
  root: string,
  segment: string,
): Promise<readonly SegmentFile[]> {
  const entries = await readdir(join(root, segment), { withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries
      .map((entry) => entry.name)
      .toSorted()
      .map(async (name) => {
        const { size, mtime } = await stat(join(root, segment, name));
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

/** Segments as directories of files, each whole. */
export function directorySegmentSource(root: string): SegmentSource {
  return {
    list: async () => ({ items: [] }),
    exists: async (segment) => (await directoryFiles(root, segment)).length > 0,
    pin: async (segment) => pinOf(segment, await directoryFiles(root, segment)),
    open: async (file) => createReadStream(join(root, file.segment, file.name)),
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
