import { describe, expect, it } from "@jest/globals";
import { anApi, type ApiState } from "../../../support/api";
import { aConnection, anExport } from "../../../support/builders";

const names = ["Émile", "beta", "Alpha", "alpine", "Zeta"];
const state: ApiState = {
  connections: names.map((displayName, index) =>
    aConnection({ connectionId: `connection-${String(index)}`, displayName }),
  ),
  exports: names.map((displayName, index) =>
    anExport({ exportId: `export-${String(index)}`, displayName, connectionId: "connection-0" }),
  ),
};

describe.each(["/connections", "/exports"])("the list %s", (path) => {
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
});

it("segments are sorted and searched too", async () => {
  const api = anApi();

  const sorted = await api.request({ method: "GET", path: "/segments", query: { sort: "-name" } });
  const found = await api.request({ method: "GET", path: "/segments", query: { search: "VI" } });

  expect(sorted.body.items.map(({ name }: { name: string }) => name)).toEqual(["vip", "customers"]);
  expect(found.body.items).toHaveLength(1);
});
