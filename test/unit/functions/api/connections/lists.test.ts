import { describe, expect, it } from "@jest/globals";
import { anApi, type ApiState } from "../../../../support/api";
import { aConnection, anExport, aRun, aSegmentFile } from "../../../../support/builders";
import { problem } from "../../../../../shared/domain/problems/problem";

const names = ["Émile", "beta", "Alpha", "alpine", "Zeta"];
const state: ApiState = {
  connections: names.map((displayName, index) =>
    aConnection({ connectionId: `connection-${String(index)}`, displayName }),
  ),
  exports: names.map((displayName, index) =>
    anExport({ exportId: `export-${String(index)}`, displayName, connectionId: "connection-0" }),
  ),
};

describe.each(["/connections", "/exports", "/connections/connection-0/exports"])(
  "the list %s",
  (path) => {
    const namesOf = async (query: Record<string, string>): Promise<string[]> => {
      const api = anApi(state);
      const found: string[] = [];
      let after: string | undefined;
      do {
        const answer = await api.request({
          ...{ method: "GET", path },
          query: { ...query, ...(after === undefined ? {} : { after }) },
        });
        expect(answer.status).toBe(200);
        found.push(...answer.body.items.map((item: { displayName: string }) => item.displayName));
        after = answer.body.next;
      } while (after !== undefined);
      return found;
    };

    it("is sorted by name, whatever the case, page by page", async () => {
      const sorted = ["Alpha", "alpine", "beta", "Zeta", "Émile"];
      expect(await namesOf({ sort: "displayName", limit: "2" })).toEqual(sorted);
      expect(await namesOf({ sort: "-displayName", limit: "2" })).toEqual([...sorted].reverse());
    });

    it("is searched by a part of the name", async () => {
      expect(await namesOf({ search: "ALP", sort: "displayName", limit: "1" })).toEqual([
        "Alpha",
        "alpine",
      ]);
      expect(await namesOf({ search: "E\u0301mi" })).toEqual(["Émile"]);
    });

    it.each([{ sort: "version" }, { filter: "x" }, { search: "" }])(
      "refuses %j by name",
      async (query) => {
        const answer = await anApi(state).request({
          method: "GET",
          path,
          query: { ...query },
        });

        expect([answer.status, answer.body.field]).toEqual([
          400,
          `/${String(Object.keys(query)[0])}`,
        ]);
      },
    );

    it("refuses a page of another list", async () => {
      const answer = await anApi(state).request({
        ...{ method: "GET", path },
        query: { sort: "displayName", after: "eyJpZCI6IngifQ" },
      });

      expect([answer.status, answer.body.field]).toEqual([400, "/after"]);
    });
  },
);

it("segments are sorted and searched too", async () => {
  const api = anApi();

  const sorted = await api.request({ method: "GET", path: "/segments", query: { sort: "-name" } });
  const found = await api.request({ method: "GET", path: "/segments", query: { search: "VI" } });

  expect(sorted.body.items.map(({ name }: { name: string }) => name)).toEqual(["vip", "customers"]);
  expect(found.body.items).toHaveLength(1);
});

type Item = Record<string, unknown>;

/** The ids of all that a list holds, read in pages of one, none of which is empty. */
async function idsOf(
  api: ReturnType<typeof anApi>,
  path: string,
  query: Record<string, string>,
  id: string,
): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const answer = await api.request({
      ...{ method: "GET", path },
      query: { ...query, limit: "1", ...(after === undefined ? {} : { after }) },
    });
    expect(answer.status).toBe(200);
    expect(answer.body.items.length > 0 || answer.body.next === undefined).toBe(true);
    found.push(...answer.body.items.map((item: Item) => String(item[id])));
    after = answer.body.next;
  } while (after !== undefined);
  return found;
}

describe("connections are filtered", () => {
  const foundAt = "2026-11-02T08:00:00.000Z";
  const api = () =>
    anApi({
      connections: [
        aConnection({ connectionId: "used", displayName: "Used", lastUsedAt: foundAt }),
        aConnection({
          ...{ connectionId: "refused", displayName: "Refused", sharing: "administrators" },
          keyFinding: { foundAt, foundBy: "run", problem: problem("keyRefused") },
        }),
        aConnection({ connectionId: "new", displayName: "New", sharing: "administrators" }),
      ],
    });

  it.each([
    [{ state: "keyRefused" }, ["refused"]],
    [{ state: "neverUsed" }, ["new"]],
    [{ sharing: "administrators" }, ["new", "refused"]],
    [{ sharing: "administrators", search: "REF" }, ["refused"]],
    [{ sharing: "administrators", sort: "-displayName" }, ["refused", "new"]],
    [{ sharing: "administratorsAndContributors", state: "keyRefused" }, []],
  ])("by %j", async (query, expected) => {
    expect(await idsOf(api(), "/connections", { ...query }, "connectionId")).toEqual(expected);
  });

  it("by nothing that the caller is not shown", async () => {
    for (const query of [{ state: "working" }, { sharing: "administrators" }]) {
      const answer = await api().request({
        ...{ method: "GET", path: "/connections", role: "Contributor" },
        query: { ...query },
      });

      expect([answer.status, answer.body.code]).toEqual([403, "notPermitted"]);
    }
  });

  it("and a contributor who searches still finds what is shared", async () => {
    const answer = await api().request({
      ...{ method: "GET", path: "/connections", role: "Contributor" },
      query: { search: "e" },
    });

    expect(answer.body.items.map(({ connectionId }: Item) => connectionId)).toEqual(["used"]);
  });
});

describe("exports are filtered", () => {
  const api = () =>
    anApi({
      connections: [
        aConnection({ connectionId: "one", displayName: "One" }),
        aConnection({ connectionId: "two", displayName: "Two" }),
      ],
      exports: [
        anExport({ exportId: "a", connectionId: "one", segments: ["vip"], lastRunId: "failed" }),
        anExport({
          ...{ exportId: "b", connectionId: "one", listId: "LiSt02", syncMode: "mirror" },
          ...{ segments: ["customers", "vip"], lastRunId: "expired", schedule: { mode: "off" } },
        }),
        anExport({ exportId: "c", connectionId: "two", segments: ["customers"] }),
        anExport({
          ...{ exportId: "d", connectionId: "none", segments: ["customers"], lastRunId: "going" },
          detached: { at: "2026-11-02T08:00:00.000Z", by: "administrator-1" },
        }),
      ],
      runs: [
        aRun({ runId: "failed", exportId: "a", status: "failed" }),
        aRun({ runId: "going", exportId: "d", status: "running" }),
      ],
    });

  it.each([
    [{ connectionId: "one" }, "ab"],
    [{ connectionId: "none" }, ""],
    [{ listId: "LiSt02" }, "b"],
    [{ segment: "vip" }, "ab"],
    [{ syncMode: "mirror" }, "b"],
    [{ detached: "true" }, "d"],
    [{ detached: "false" }, "abc"],
    [{ scheduleMode: "off" }, "b"],
    [{ lastRunStatus: "failed" }, "a"],
    [{ lastRunStatus: "running" }, "d"],
    [{ lastRunStatus: "successful" }, ""],
    [{ segment: "customers", detached: "false" }, "bc"],
  ])("by %j", async (query, expected) => {
    expect((await idsOf(api(), "/exports", { ...query }, "exportId")).join("")).toBe(expected);
  });

  it.each([
    [{}, "ab"],
    [{ syncMode: "upsert" }, "a"],
    [{ lastRunStatus: "failed" }, "a"],
    [{ scheduleMode: "off", search: "x" }, ""],
  ])("by %j, of one connection", async (query, expected) => {
    const found = await idsOf(api(), "/connections/one/exports", { ...query }, "exportId");

    expect(found.join("")).toBe(expected);
  });

  it.each([
    ["/exports", { syncMode: "both" }],
    ["/exports", { detached: "yes" }],
    ["/exports", { lastRunStatus: "done" }],
    ["/exports", { segment: "../etc" }],
    ["/connections/one/exports", { connectionId: "one" }],
    ["/connections/one/exports", { after: "a" }],
  ])("%s refuses %j by name", async (path, query) => {
    const answer = await api().request({ method: "GET", path, query: { ...query } });

    expect([answer.status, answer.body.field]).toEqual([400, `/${String(Object.keys(query)[0])}`]);
  });
});

describe("runs are filtered and sorted", () => {
  const at = (hour: number): string => `2026-11-02T0${String(hour)}:00:00.000Z`;
  const api = () =>
    anApi({
      runs: [
        aRun({ runId: "a", requestedAt: at(1), status: "failed", trigger: "scheduled" }),
        aRun({ runId: "b", requestedAt: at(2), status: "successful", mode: "full" }),
        aRun({ runId: "c", requestedAt: at(3), status: "failed" }),
        aRun({ runId: "d", requestedAt: at(4), status: "successful", trigger: "scheduled" }),
        aRun({ runId: "x", requestedAt: at(5), exportId: "gone", status: "failed" }),
      ],
    });
  const runs = "/exports/export-1/runs";

  it.each([
    [{}, "dcba"],
    [{ sort: "requestedAt" }, "abcd"],
    [{ sort: "-requestedAt" }, "dcba"],
    [{ status: "failed" }, "ca"],
    [{ status: "failed", sort: "requestedAt" }, "ac"],
    [{ trigger: "scheduled" }, "da"],
    [{ mode: "full" }, "b"],
    [{ from: at(2), until: at(4) }, "cb"],
    [{ from: "2026-11-02T05:00:00+02:00" }, "dc"],
    [{ status: "canceled" }, ""],
  ])("by %j", async (query, expected) => {
    expect((await idsOf(api(), runs, { ...query }, "runId")).join("")).toBe(expected);
  });

  it("also of an export that was deleted, whether a run passes or not", async () => {
    for (const status of ["failed", "running"]) {
      const answer = await api().request({
        ...{ method: "GET", path: "/exports/gone/runs" },
        query: { status },
      });

      expect([answer.status, answer.body.items.length]).toEqual([200, status === "failed" ? 1 : 0]);
    }
  });

  it.each([
    { sort: "status" },
    { status: "done" },
    { trigger: "both" },
    { from: "yesterday" },
    { until: "9999-12-31T23:59:59-01:00" },
    { search: "a" },
  ])("but not by %j", async (query) => {
    const answer = await api().request({ method: "GET", path: runs, query: { ...query } });

    expect([answer.status, answer.body.field]).toEqual([400, `/${String(Object.keys(query)[0])}`]);
  });
});

it("segments are filtered by when they were refreshed", async () => {
  const { modifiedAt } = aSegmentFile();
  const refreshed = modifiedAt.toISOString();

  expect(await idsOf(anApi(), "/segments", { from: refreshed }, "name")).toEqual([
    "customers",
    "vip",
  ]);
  expect(await idsOf(anApi(), "/segments", { until: refreshed }, "name")).toEqual([]);
});

it("the audit log is sorted from first to last", async () => {
  const api = anApi();
  for (const exportId of ["export-1", "absent"]) {
    await api.request({ method: "DELETE", path: `/exports/${exportId}` });
    api.clock.advance(1_000);
  }
  const targets = async (query: Record<string, string>) => {
    const { body } = await api.request({ method: "GET", path: "/audit", query });
    return body.items.map(({ target }: { target: { id: string } }) => target.id);
  };

  expect(await targets({})).toEqual(["absent", "export-1"]);
  expect(await targets({ sort: "at" })).toEqual(["export-1", "absent"]);
});
