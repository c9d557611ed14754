import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WorkFileNotFound, type WorkFiles } from "../../../shared/adapters/duckdb/work-files";
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

/** Segments as directories of files. */
export function directorySegmentSource(root: string): SegmentSource {
  const files = async (segment: string): Promise<readonly SegmentFile[]> => {
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
  };
  return {
    list: async () => ({ items: [] }),
    files,
    open: async (file) => createReadStream(join(root, file.segment, file.name)),
  };
}
