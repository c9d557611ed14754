import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FolderObject, ObjectFolder } from "../../../../shared/ports";

export interface FakeObjectFolder extends ObjectFolder {
  put(path: string, content: string | Buffer, modifiedAt?: Date): void;
  delete(path: string): void;
  /** Done once, before the next object is opened. */
  beforeOpening(act: () => void): void;
  /** What every call throws from now on. */
  failWith(error: Error | undefined): void;
}

/** A folder in memory whose objects were all written at the same moment, unless a test says otherwise. */
export function fakeObjectFolder(writtenAt: Date): FakeObjectFolder {
  const objects = new Map<string, FolderObject & { content: Buffer }>();
  let before: () => void = () => undefined;
  let failure: Error | undefined;
  const fail = (): void => {
    if (failure !== undefined) {
      throw failure;
    }
  };
  return {
    put(path, content, modifiedAt = writtenAt) {
      const bytes = Buffer.from(content);
      const version = createHash("md5")
        .update(bytes)
        .update(modifiedAt.toISOString())
        .digest("hex");
      objects.set(path, { path, bytes: bytes.length, version, modifiedAt, content: bytes });
    },
    delete: (path) => void objects.delete(path),
    beforeOpening: (act) => {
      before = act;
    },
    failWith: (error) => {
      failure = error;
    },
    async find(path) {
      fail();
      return shown(objects.get(path));
    },
    async list(below, most) {
      fail();
      const prefix = below === "" ? "" : `${below}/`;
      const names = [...objects.keys()].filter((path) => path.startsWith(prefix));
      const folders = new Set<string>();
      const found: FolderObject[] = [];
      for (const path of names.sort()) {
        const [step = "", ...rest] = path.slice(prefix.length).split("/");
        const object = shown(objects.get(path));
        if (rest.length > 0) {
          folders.add(step);
        } else if (object !== undefined) {
          found.push(object);
        }
      }
      return {
        folders: [...folders].slice(0, most),
        objects: found.slice(0, most),
        complete: folders.size + found.length <= most,
      };
    },
    async open({ path, version }, changed) {
      fail();
      const act = before;
      before = () => undefined;
      act();
      const object = objects.get(path);
      if (object?.version !== version) {
        throw changed();
      }
      return Readable.from([object.content]);
    },
  };
}

function shown(object: (FolderObject & { content: Buffer }) | undefined): FolderObject | undefined {
  if (object === undefined) {
    return undefined;
  }
  const { content: _content, ...rest } = object;
  return rest;
}
