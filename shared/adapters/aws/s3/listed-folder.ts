import { MODEL_FILE } from "../../../domain/sources/model/model-json";
import type { ObjectFolder } from "../../../ports";

/**
 * A folder of a bucket for who may read its `model.json` alone: whether another file is there, and in which version, is
 * seen in the list of what lies beside it. Each list is asked for once, so that it does for all files of a run; the
 * folder is made anew for each look.
 */
export function createListedFolder(folder: ObjectFolder): ObjectFolder {
  const lists = new Map<string, ReturnType<ObjectFolder["list"]>>();
  const listOf = (below: string): ReturnType<ObjectFolder["list"]> => {
    const list = lists.get(below) ?? folder.list(below, Number.POSITIVE_INFINITY);
    lists.set(below, list);
    return list;
  };
  return {
    ...folder,
    async find(path) {
      if (path === MODEL_FILE) {
        return folder.find(path);
      }
      const { objects } = await listOf(path.split("/").slice(0, -1).join("/"));
      return objects.find((object) => object.path === path);
    },
  };
}
