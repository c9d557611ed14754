import { describe, expect, it } from "@jest/globals";
import { anApi } from "../../../support/api";
import { aConnection, anExport, aRun } from "../../../support/builders";

const on = (connectionId: string) => ({ ...aRun().settings, connectionId });
const anInstant = (day: number) => `2026-11-0${day}T08:00:00.000Z`;
const state = {
  connections: [aConnection({ sharing: "administrators" })],
  exports: [anExport()],
  runs: [
    aRun({ runId: "run-1", requestedAt: anInstant(1), status: "failed" }),
    // Of an export that is deleted by now.
    aRun({ runId: "run-2", requestedAt: anInstant(2), exportId: "export-2" }),
    aRun({ runId: "run-3", requestedAt: anInstant(3), settings: on("connection-2") }),
    aRun({ runId: "run-4", requestedAt: anInstant(4), exportId: "export-2", status: "failed" }),
  ],
};

/** The ids on each page of what a viewer is shown. */
async function pagesOf(query: Record<string, string>): Promise<string[][]> {
  const api = anApi(state);
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const answer = await api.request({
      ...{ method: "GET", path: "/runs", role: "Viewer" },
      query: { ...query, ...(after === undefined ? {} : { after }) },
    });
    expect(answer.status).toBe(200);
    pages.push(answer.body.items.map(({ runId }: { runId: string }) => runId));
    after = answer.body.next;
  } while (after !== undefined);
  return pages;
}

describe("GET /runs", () => {
  it.each<[Record<string, string>, string[][]]>([
    [{}, [["run-4", "run-3", "run-2", "run-1"]]],
    [{ limit: "3" }, [["run-4", "run-3", "run-2"], ["run-1"]]],
    [{ sort: "requestedAt" }, [["run-1", "run-2", "run-3", "run-4"]]],
    [{ status: "failed" }, [["run-4", "run-1"]]],
    [{ exportId: "export-2" }, [["run-4", "run-2"]]],
    [{ connectionId: "connection-2" }, [["run-3"]]],
    [{ exportId: "export-2", status: "failed" }, [["run-4"]]],
    [{ from: anInstant(2), until: anInstant(4) }, [["run-3", "run-2"]]],
    [{ exportId: "never-was" }, [[]]],
  ])("asked for %j has the pages %j", async (query, pages) => {
    expect(await pagesOf(query)).toEqual(pages);
  });

  it.each([
    [{ status: "happy" }, "/status"],
    [{ exportId: "a b" }, "/exportId"],
    [{ connectionId: "" }, "/connectionId"],
    [{ limit: "101" }, "/limit"],
    [{ after: "nonsense" }, "/after"],
    [{ search: "x" }, "/search"],
  ])("refuses %j and names the field", async (query, field) => {
    const answer = await anApi(state).request({ method: "GET", path: "/runs", query });
    expect([answer.status, answer.body.code]).toEqual([400, "invalidRequest"]);
    expect(answer.body.field).toBe(field);
  });

  it("shows of a run what the run's own page shows", async () => {
    const api = anApi(state);
    const one = await api.request({ method: "GET", path: "/runs/run-4", role: "Viewer" });
    const all = await api.request({ method: "GET", path: "/runs", role: "Viewer" });
    expect(all.body.items[0]).toEqual(one.body);
  });
});
