import { describe, expect, it } from "@jest/globals";
import { type RunSelection } from "../../../../../shared/ports";
import { anInstant, aRun } from "../../../../support/builders";
import { at, iso, failed } from "./run-examples";
import { runStores } from "./run-stores";

describe.each(runStores)("run store (%s)", (_name, makeStore) => {
  it("lists an export's runs newest first, in pages", async () => {
    const store = await makeStore();
    for (const seconds of [3, 1, 2, 5, 4]) {
      await store.create(aRun({ runId: `run-${seconds}`, requestedAt: iso(seconds) }));
    }
    await store.create(aRun({ runId: "run-9", exportId: "export-2", requestedAt: iso(9) }));

    const first = await store.listByExport("export-1", { limit: 3 });
    const second = await store.listByExport("export-1", { limit: 3, after: first.next ?? "" });

    expect(first.items.map(({ runId }) => runId)).toEqual(["run-5", "run-4", "run-3"]);
    expect(second.items.map(({ runId }) => runId)).toEqual(["run-2", "run-1"]);
    expect(second.next).toBeUndefined();
    expect((await store.listByExport("export-1", { limit: 5 })).next).toBeUndefined();
  });

  it("finds an export's runs by all that is asked for, in both orders, in full pages", async () => {
    const store = await makeStore();
    for (let seconds = 0; seconds < 9; seconds += 1) {
      await store.create(
        aRun({
          ...{ runId: `${seconds}`, requestedAt: iso(seconds) },
          status: seconds % 4 === 0 ? "failed" : "successful",
          trigger: seconds % 2 === 0 ? "scheduled" : "onDemand",
          mode: seconds === 7 ? "full" : "incremental",
        }),
      );
    }
    const found = async (selection: RunSelection, limit: number) => {
      const pages: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.listByExport("export-1", { limit, after }, selection);
        pages.push(page.items.map(({ runId }) => runId).join(""));
        after = page.next;
      } while (after !== undefined);
      return pages;
    };

    expect(await found({ oldestFirst: true }, 5)).toEqual(["01234", "5678"]);
    expect(await found({ status: "failed" }, 2)).toEqual(["84", "0"]);
    expect(await found({ status: "failed", oldestFirst: true }, 2)).toEqual(["04", "8"]);
    expect(await found({ status: "successful", trigger: "scheduled" }, 1)).toEqual(["6", "2"]);
    expect(await found({ mode: "full" }, 1)).toEqual(["7"]);
    expect(await found({ from: at(2), until: at(5) }, 2)).toEqual(["43", "2"]);
    expect(await found({ from: at(2), until: at(5), oldestFirst: true }, 2)).toEqual(["23", "4"]);
    expect(await found({ from: at(5), until: at(2) }, 2)).toEqual([""]);
    expect(await found({ status: "canceled" }, 2)).toEqual([""]);
  });

  it("finds the runs over a connection, also of exports that have left it, in pages", async () => {
    const store = await makeStore();
    const settings = (connectionId: string) => ({ ...aRun().settings, connectionId });
    for (const seconds of [2, 1, 3]) {
      const exportId = `export-${seconds}`;
      await store.create(aRun({ runId: `run-${seconds}`, exportId, requestedAt: iso(seconds) }));
    }
    await store.create(aRun({ runId: "run-9", settings: settings("connection-2") }));
    await store.end("run-3", failed(4));

    const first = await store.listByConnection("connection-1", { limit: 2 });
    const second = await store.listByConnection("connection-1", {
      limit: 2,
      after: first.next ?? "",
    });

    expect(first.items).toEqual([
      { runId: "run-3", exportId: "export-3" },
      { runId: "run-2", exportId: "export-2" },
    ]);
    expect(second).toEqual({ items: [{ runId: "run-1", exportId: "export-1" }] });
  });

  it("lists the runs that have not ended, longest unmoved first", async () => {
    const store = await makeStore();
    await store.create(aRun({ runId: "run-a", movedAt: iso(3) }));
    await store.create(aRun({ runId: "run-b", movedAt: iso(1) }));
    await store.create(aRun({ runId: "run-c", movedAt: iso(2) }));
    await store.create(aRun({ runId: "run-d", movedAt: iso(0) }));
    await store.create(aRun({ runId: "run-e", status: "skipped", endedAt: anInstant }));
    await store.end("run-d", failed(1));
    await store.touch("run-b", at(9));

    const first = await store.listOpen({ limit: 2 });
    const second = await store.listOpen({ limit: 2, after: first.next ?? "" });

    expect(first.items.map(({ runId }) => runId)).toEqual(["run-c", "run-a"]);
    expect(second.items.map(({ runId }) => runId)).toEqual(["run-b"]);
  });

  it.each(["", "nonsense", Buffer.from('{"runId":"","at":""}').toString("base64url")])(
    "refuses “%s” as a cursor",
    async (after) => {
      const store = await makeStore();
      const refusal = { problem: { code: "invalidRequest" }, field: "/after" };

      await expect(store.listByExport("export-1", { limit: 2, after })).rejects.toMatchObject(
        refusal,
      );
      await expect(store.listOpen({ limit: 2, after })).rejects.toMatchObject(refusal);
      await expect(store.list({ limit: 2, after })).rejects.toMatchObject(refusal);
    },
  );
});
