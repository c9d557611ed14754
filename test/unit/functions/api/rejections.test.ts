import { describe, expect, it } from "@jest/globals";
import type { ReportedRejection } from "../../../../shared/domain/runs/rejection";
import { anApi } from "../../../support/api";
import { aConnection, aRun } from "../../../support/builders";

const report = "reports/run-1/rejections.csv";
const ended = aRun({ status: "completedWithWarnings", report });

const aRow = (row: number, more: Partial<ReportedRejection> = {}): ReportedRejection => ({
  ...{ segment: "customers", file: "a.csv", row, email: `${row}@example`, category: "invalid" },
  ...{ refusedBy: "export", code: "emailInvalid", text: "Malformed." },
  ...more,
});
const blank = { category: "blank", code: "emailBlank", email: "" } as const;
const rejections = [aRow(1), aRow(2, blank), aRow(3), aRow(4, { segment: "vip" }), aRow(5, blank)];

const rows = { method: "GET", path: "/runs/run-1/rejections/rows", role: "Contributor" } as const;
const counts = { ...rows, path: "/runs/run-1/rejections/counts" } as const;

describe("GET /runs/{runId}/rejections/rows", () => {
  it.each<[Record<string, string>, number[][]]>([
    [{}, [[1, 2, 3, 4, 5]]],
    [{ limit: "2" }, [[1, 2], [3, 4], [5]]],
    [{ limit: "5" }, [[1, 2, 3, 4, 5]]],
    [{ code: "emailBlank" }, [[2, 5]]],
    [{ code: "emailBlank", limit: "1" }, [[2], [5]]],
    [{ category: "invalid", segment: "vip" }, [[4]]],
    [{ code: "of nobody" }, [[]]],
  ])("asked for %j has the pages %j", async (query, pages) => {
    const api = anApi({ runs: [ended], rejections });
    const found: number[][] = [];
    let after: string | undefined;
    do {
      const answer = await api.request({
        ...rows,
        query: { ...query, ...(after === undefined ? {} : { after }) },
      });
      expect(answer.status).toBe(200);
      found.push(answer.body.items.map(({ row }: ReportedRejection) => row));
      after = answer.body.next;
    } while (after !== undefined);
    expect(found).toEqual(pages);
  });

  it("writes into the audit log to whom rows were handed out, and nothing of what is in them", async () => {
    const api = anApi({ runs: [ended], rejections });
    await api.request(rows);
    const [entry, ...others] = [...api.audit.stored.values()];
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      ...{ action: "listRejections", outcome: "succeeded", runId: "run-1" },
      actor: { userId: "contributor-1" },
    });
    expect(JSON.stringify(entry)).not.toContain("@example");

    await api.request({ ...rows, query: { code: "of nobody" } });
    expect(api.audit.stored.size).toBe(1);
  });

  it("is refused, and that is written down, where the connection is not shared", async () => {
    const connections = [aConnection({ sharing: "administrators" })];
    const api = anApi({ runs: [ended], rejections, connections });
    const answer = await api.request(rows);
    expect([answer.status, answer.body.code]).toEqual([403, "notPermitted"]);
    expect([...api.audit.stored.values()]).toMatchObject([{ outcome: "refused" }]);
  });

  it.each([
    [{ after: "0" }, "/after"],
    [{ after: "-1" }, "/after"],
    [{ after: "1e9" }, "/after"],
    [{ category: "happy" }, "/category"],
    [{ code: "" }, "/code"],
    [{ segment: "../x" }, "/segment"],
  ])("refuses %j and names the field", async (query, field) => {
    const answer = await anApi({ runs: [ended], rejections }).request({ ...rows, query });
    expect([answer.status, answer.body.field]).toEqual([400, field]);
  });

  it("looks through so many rows and no more, and says where to go on", async () => {
    const many = Array.from({ length: 20_001 }, (_, index) => aRow(index + 1));
    const api = anApi({ runs: [ended], rejections: [...many, aRow(7, blank)] });
    const query = { code: "emailBlank" };
    const first = await api.request({ ...rows, query });
    const second = await api.request({ ...rows, query: { ...query, after: first.body.next } });
    expect(first.body).toEqual({ items: [], next: "20000" });
    expect(second.body).toEqual({ items: [aRow(7, blank)] });
  });
});

describe("GET /runs/{runId}/rejections/counts", () => {
  it("counts by code, the most frequent first, and shows nobody's data", async () => {
    const api = anApi({ runs: [ended], rejections });
    expect((await api.request(counts)).body).toEqual({
      counts: [
        { code: "emailInvalid", rows: 3 },
        { code: "emailBlank", rows: 2 },
      ],
      complete: true,
    });
    expect(api.audit.stored.size).toBe(0);
  });

  it("answers as the run keeps it, without reading the report", async () => {
    const kept = [{ code: "emailInvalid", rows: 1_000_000 }];
    const runs = [aRun({ ...ended, rejectionCounts: kept, report: "reports/expired" })];
    const api = anApi({ runs });
    expect((await api.request(counts)).body).toEqual({ counts: kept, complete: true });
  });

  it("says so when there are more codes than are counted", async () => {
    const coded = Array.from({ length: 501 }, (_, index) => aRow(index + 1, { code: `c${index}` }));
    const { body } = await anApi({ runs: [ended], rejections: coded }).request(counts);
    expect([body.counts.length, body.complete]).toEqual([500, false]);
  });
});

describe.each([rows, counts])("$path", (request) => {
  it("says why a run has no report, and that one is no longer kept", async () => {
    const going = await anApi({ runs: [aRun()] }).request(request);
    const expired = aRun({ status: "completedWithWarnings", report: "reports/expired/r.csv" });
    const gone = await anApi({ runs: [expired] }).request(request);
    const none = await anApi({ runs: [] }).request(request);
    expect([going.status, going.body.code]).toEqual([404, "reportNotAvailable"]);
    expect([gone.status, gone.body.code]).toEqual([410, "reportExpired"]);
    expect([none.status, none.body.code]).toEqual([404, "runNotFound"]);
  });
});
