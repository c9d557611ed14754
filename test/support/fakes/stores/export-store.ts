import { savedAs, type Export } from "../../../../shared/domain/exports/export";
import { scheduleKeyOf } from "../../../../shared/domain/schedules/schedule-key";
import type { ExportStore } from "../../../../shared/ports";
import { pageOf } from "./paging";

export function fakeExportStore(
  ...given: Export[]
): ExportStore & { readonly stored: Map<string, Export> } {
  const stored = new Map(given.map((item) => [item.exportId, item]));
  return {
    stored,
    async create(created) {
      if (stored.has(created.exportId)) {
        throw new Error("an export of this id exists");
      }
      stored.set(created.exportId, created);
    },
    get: async (exportId) => stored.get(exportId),
    list: async (page) => pageOf([...stored.values()], (item) => item.exportId, page),
    listByConnection: async (connectionId) => ({
      items: [...stored.values()].filter((item) => item.connectionId === connectionId),
    }),
    async updateSettings(changed, expectedVersion) {
      const before = stored.get(changed.exportId);
      if (before?.version !== expectedVersion) {
        return false;
      }
      stored.set(changed.exportId, savedAs(before, changed));
      return true;
    },
    async setSchedule(exportId, schedule, by, expectedVersion) {
      const found = stored.get(exportId);
      const isExpected = expectedVersion === undefined || found?.version === expectedVersion;
      if (found === undefined || !isExpected) {
        return undefined;
      }
      const version = found.version + 1;
      stored.set(exportId, { ...found, schedule, version, ...by, followsSince: by.updatedAt });
      return version;
    },
    listFollowing: async (key) => ({
      items: [...stored.values()].filter(({ schedule }) => scheduleKeyOf(schedule) === key),
    }),
    listMended: async (page) => ({
      ...pageOf([...stored.values()], (item) => item.exportId, page),
      mended: 0,
    }),
    async noteFollowing(exportId, following, before) {
      const found = stored.get(exportId);
      if (found === undefined || found.following?.run?.runId !== before) {
        return false;
      }
      stored.set(exportId, { ...found, following });
      return true;
    },
    async noteListName(exportId, { id, name }) {
      const found = stored.get(exportId);
      if (found?.listId === id) {
        stored.set(exportId, { ...found, listName: name });
      }
    },
    async noteHealth(exportId, health) {
      const found = stored.get(exportId);
      if (found !== undefined && (found.health?.runAt ?? "") <= health.runAt) {
        stored.set(exportId, { ...found, health });
      }
    },
    async forgetSnapshot(exportId, runId) {
      const found = stored.get(exportId);
      if (found?.snapshot?.runId === runId) {
        const { snapshot: _forgotten, ...rest } = found;
        stored.set(exportId, rest);
      }
    },
    async delete(exportId) {
      stored.delete(exportId);
    },
    async claimRun(exportId, runId, at) {
      const found = stored.get(exportId);
      if (found === undefined) {
        return { kind: "gone" };
      }
      if (found.currentRun !== undefined && found.currentRun.runId !== runId) {
        return { kind: "running", ...found.currentRun };
      }
      const claimed: Export = {
        ...found,
        currentRun: { runId, claimedAt: at.toISOString() },
        lastRunId: runId,
      };
      stored.set(exportId, claimed);
      return { kind: "claimed", claimed };
    },
    async releaseRun(exportId, runId, snapshot) {
      const found = stored.get(exportId);
      if (found?.currentRun?.runId === runId) {
        const { currentRun: _ended, ...rest } = found;
        stored.set(exportId, { ...rest, ...(snapshot === undefined ? {} : { snapshot }) });
      }
    },
  };
}
