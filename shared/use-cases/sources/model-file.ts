import { text } from "node:stream/consumers";
import { DomainError } from "../../domain/problems/problem";
import { namedReason } from "../../domain/problems/reasons";
import {
  MODEL_FILE,
  MODEL_MAX_BYTES,
  readModel,
  type ReadModel,
} from "../../domain/sources/model/model-json";
import type { FolderObject } from "../../ports";
import type { OpenedFolder } from "./opened-folder";

/** Times that `model.json` is read anew when it was replaced in between. */
const MODEL_READINGS = 3;

/** `model.json` as it was read. */
export interface FoundModel {
  readonly file: FolderObject;
  readonly read: ReadModel;
}

/**
 * Reads a source's `model.json`, of one version. Throws `modelMissing`, `modelUnreadable` when it is too large, and what
 * {@link ObjectFolder} throws.
 */
export async function readModelFile({ folder, displayName }: OpenedFolder): Promise<FoundModel> {
  const changed = new ModelReplaced();
  for (let reading = 1; ; reading += 1) {
    const file = await folder.find(MODEL_FILE);
    if (file === undefined) {
      throw new DomainError("modelMissing", { source: displayName });
    }
    if (file.bytes > MODEL_MAX_BYTES) {
      throw new DomainError("modelUnreadable", {
        source: displayName,
        ...namedReason("longerThan", { bytes: MODEL_MAX_BYTES }),
      });
    }
    try {
      return { file, read: readModel(await text(await folder.open(file, () => changed))) };
    } catch (error) {
      if (error !== changed) {
        throw error;
      }
      if (reading === MODEL_READINGS) {
        return { file, read: { kind: "cutOff" } };
      }
    }
  }
}

class ModelReplaced extends Error {}
