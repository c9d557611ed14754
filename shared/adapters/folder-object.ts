import type { FolderObject } from "../ports";

/** An object as a service lists it, which may leave anything out; undefined for one that can't be read by version. */
export function folderObject(
  path: string,
  bytes: number | undefined,
  version: string | undefined,
  modifiedAt: Date | undefined,
): FolderObject | undefined {
  return bytes === undefined || version === undefined || modifiedAt === undefined
    ? undefined
    : { path, bytes, version, modifiedAt };
}
