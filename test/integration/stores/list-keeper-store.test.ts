import { beforeEach, describe, expect, it } from "@jest/globals";
import { createListKeeperStore } from "../../../shared/adapters/aws/dynamodb/list-keeper-store";
import { createRunStore } from "../../../shared/adapters/aws/dynamodb/runs/run-store";
import type { ListKeeperStore } from "../../../shared/ports";
import { enterList } from "../../../shared/use-cases/lists/enter-list";
import { aConnection, anExport, aRun } from "../../support/builders";
import { fakeConnectionStore } from "../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../support/fakes/stores/export-store";
import { fakeListKeeperStore } from "../../support/fakes/stores/list-keeper-store";
import { fakeRunStore } from "../../support/fakes/stores/run-store";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const backends = {
  fake: async () => fakeListKeeperStore(),
  DynamoDB: async () => createListKeeperStore(dynamoDb.client(), await dynamoDb.makeTable("runs")),
  "DynamoDB that loses answers": async () =>
    createListKeeperStore(dynamoDb.losingAnswers(), await dynamoDb.makeTable("runs")),
};
const keepers = { "export-1": { syncMode: "mirror", runId: "run-1" } } as const;

describe.each(Object.entries(backends))("the keepers of lists (%s)", (_name, make) => {
  let store: ListKeeperStore;
  beforeEach(async () => {
    store = await make();
  });

  it("has none to begin with, and then those of each list of each account", async () => {
    expect(await store.get("AbC123", "LiSt01")).toEqual({ revision: 0, keepers: {} });
    expect(await store.put("AbC123", "LiSt01", keepers, 0)).toBe(true);
    expect(await store.get("AbC123", "LiSt01")).toEqual({ revision: 1, keepers });
    expect(await store.get("AbC123", "LiSt02")).toEqual({ revision: 0, keepers: {} });
    expect(await store.get("XyZ789", "LiSt01")).toEqual({ revision: 0, keepers: {} });
  });

  it("takes no change that was made without knowing of another", async () => {
    await store.put("AbC123", "LiSt01", keepers, 0);
    expect(await store.put("AbC123", "LiSt01", {}, 0)).toBe(false);
    expect(await store.put("AbC123", "LiSt01", {}, 1)).toBe(true);
    expect(await store.put("AbC123", "LiSt01", keepers, 1)).toBe(false);
    expect(await store.get("AbC123", "LiSt01")).toEqual({ revision: 2, keepers: {} });
  });

  it.each([1, 2, 3])(
    "never lets a mirror onto a list with anybody at once (%i)",
    async (mirrors) => {
      const modes = [...Array<"mirror">(mirrors).fill("mirror"), "upsert", "upsert"] as const;
      const runs = modes.map((syncMode, index) =>
        aRun({
          runId: `run-${String(index)}`,
          exportId: `export-${String(index)}`,
          settings: { ...aRun().settings, syncMode },
        }),
      );
      const dependencies = {
        connections: fakeConnectionStore(aConnection()),
        exports: fakeExportStore(
          ...runs.map(({ exportId, settings: { syncMode } }) => anExport({ exportId, syncMode })),
        ),
        runs: fakeRunStore(...runs),
        listKeepers: store,
      };

      const refused = await Promise.all(
        runs.map((run) => enterList(dependencies, run, aConnection())),
      );

      const entered = modes.filter((_mode, index) => refused[index] === undefined);
      expect(entered.length).toBeGreaterThan(0);
      if (entered.includes("mirror")) {
        expect(entered).toEqual(["mirror"]);
      }
      const { keepers: kept } = await store.get("AbC123", "LiSt01");
      expect(Object.keys(kept)).toHaveLength(entered.length);
    },
  );
});

it("lies beside the runs without being taken for one", async () => {
  const tableName = await dynamoDb.makeTable("runs");
  const runs = createRunStore(dynamoDb.client(), tableName, 90);
  await createListKeeperStore(dynamoDb.client(), tableName).put("AbC123", "LiSt01", keepers, 0);
  expect((await runs.listOpen({ limit: 10 })).items).toEqual([]);
  expect((await runs.listByExport("export-1", { limit: 10 })).items).toEqual([]);
});
