import { DomainError } from "../../../../shared/domain/problems/problem";
import type { MadeSource, SourceFinding } from "../../../../shared/domain/sources/source";
import type { Clock, SourceFindings, SourceSecrets, SourceStore } from "../../../../shared/ports";
import type { OpenFolder } from "../../../../shared/use-cases/sources/source-check";
import { exportModel } from "../../files/export-model";
import { anInstant, aSource } from "../../builders";
import { fakeObjectFolder, type FakeObjectFolder } from "./object-folder";

export function fakeSourceStore(...given: MadeSource[]): SourceStore {
  let sources: readonly MadeSource[] = given;
  const requireFree = ({ sourceId, displayName }: MadeSource): void => {
    const same = (other: MadeSource): boolean =>
      other.displayName.toLowerCase() === displayName.toLowerCase();
    if (sources.some((other) => other.sourceId !== sourceId && same(other))) {
      throw new DomainError("displayNameTaken", { displayName }, "/displayName");
    }
  };
  return {
    list: async () => ({ items: sources }),
    get: async (sourceId) => sources.find((source) => source.sourceId === sourceId),
    async create(source) {
      if (sources.some(({ sourceId }) => sourceId === source.sourceId)) {
        throw new DomainError("sourceIdTaken", { sourceId: source.sourceId }, "/id");
      }
      requireFree(source);
      sources = [...sources, source];
    },
    async update(changed, expectedVersion) {
      const before = sources.find(({ sourceId }) => sourceId === changed.sourceId);
      if (before?.version !== expectedVersion) {
        return false;
      }
      requireFree(changed);
      sources = sources.map((source) => (source === before ? changed : source));
      return true;
    },
    async delete(sourceId) {
      sources = sources.filter((source) => source.sourceId !== sourceId);
    },
  };
}

export function fakeSourceFindings(): SourceFindings {
  const found = new Map<string, SourceFinding>();
  return {
    get: async (sourceId) => found.get(sourceId),
    async put(sourceId, finding) {
      found.set(sourceId, finding);
    },
    async delete(sourceId) {
      found.delete(sourceId);
    },
  };
}

export function fakeSourceSecrets(): SourceSecrets & { readonly stored: Map<string, string> } {
  const stored = new Map<string, string>();
  return {
    stored,
    async create(sourceId, value) {
      const secretArn = `arn:aws:secretsmanager:eu-central-1:000000000000:secret:sources/${sourceId}`;
      stored.set(secretArn, value);
      return secretArn;
    },
    async read(secretArn) {
      const value = stored.get(secretArn);
      if (value === undefined) {
        throw new DomainError("secretUnreadable");
      }
      return value;
    },
    async delete(secretArn) {
      stored.delete(secretArn);
    },
  };
}

/** What the function behind `/sources` is handed; every source's folder is the one given. */
export function fakeSources(
  clock: Pick<Clock, "now">,
  folder: FakeObjectFolder = aFolder(),
  ...given: MadeSource[]
) {
  const openFolder: OpenFolder = async ({ sourceId, displayName, place }) => ({
    ...{ sourceId, displayName, place, folder, clock },
  });
  return {
    sources: fakeSourceStore(...(given.length === 0 ? [aSource()] : given)),
    findings: fakeSourceFindings(),
    openFolder,
    segmentsBucket: "segments-bucket",
  };
}

function aFolder(): FakeObjectFolder {
  const folder = fakeObjectFolder(new Date(anInstant));
  folder.put("model.json", exportModel([{}]));
  return folder;
}
