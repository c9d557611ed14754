import { describe, expect, it } from "@jest/globals";
import pc from "picocolors";
import { describeExplanation } from "../../../../../infra/cli/output/explanation";
import { anApi } from "../../../../support/api";
import { aPlan, aRun } from "../../../../support/builders";
import { fakeSearch, fakeTraces, nobodyFound } from "../../../../support/fakes/explanations";

const ann = "ann@example.org";
const ask = {
  ...{
    method: "POST",
    path: "/exports/export-1/explanations",
    body: { email: ` ${ann.toUpperCase()} ` },
  },
} as const;
const found = {
  ...nobodyFound,
  rows: [
    { segment: "customers", file: "customers.csv", row: 1, verdict: "used" },
    { segment: "customers", file: "customers.csv", row: 9, verdict: "duplicate" },
  ] as const,
  rowCount: 2,
  profile: { type: "profile", attributes: { email: ann } },
  leftOut: [
    { attribute: "properties.Points", field: "Points", reason: "notType", text: "is none" },
  ],
};

describe("POST /exports/{exportId}/explanations", () => {
  it("tells what each place has of the person, and closes what it has opened", async () => {
    const search = fakeSearch({ ...found, rows: [...found.rows], inSnapshot: true });
    const runs = [
      aRun({ runId: "run-1", status: "successful", plan: aPlan() }),
      aRun({ runId: "run-2", status: "skipped", requestedAt: "2026-11-01T08:00:00.000Z" }),
    ];
    const traces = fakeTraces({
      kind: "member",
      fate: "imported",
      known: true,
      code: null,
      detail: null,
    });
    const api = anApi({ search, runs, traces, account: { listed: [ann] } });

    const { status, body } = await api.request(ask);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      reason: { code: "onListByFirstRow", onList: true },
      segments: { kind: "searched", rowCount: 2, profile: found.profile, leftOut: found.leftOut },
      runs: [
        { runId: "run-1", verdict: { kind: "changed" } },
        { runId: "run-2", verdict: { kind: "notRun" } },
      ],
      klaviyo: { kind: "asked", onList: true, profile: { consent: "SUBSCRIBED" } },
    });
    expect(search.closed()).toBe(1);
    const text = describeExplanation({ colors: pc.createColors(false), columns: 100 }, body);
    expect(text).toMatch(/^They are on the list; of 2 rows/);
    expect(text).toMatch(/Rows +customers, customers\.csv, row 1: used/);
    expect(text).toContain("properties.Points");
    expect(text).toMatch(/run-2 .*did not run/);
  });

  it("tells the rest when Klaviyo refuses the key", async () => {
    const api = anApi({
      search: fakeSearch(),
      accounts: {},
      account: { failures: [{ kind: "keyRefused" }] },
    });
    const { body } = await api.request(ask);
    expect(body).toMatchObject({
      reason: { code: "accountUnreachable", onList: null },
      segments: { kind: "searched" },
      klaviyo: { kind: "notAsked", problem: { code: "keyRefused" } },
    });
  });

  it.each([[{}], [{ email: "" }], [{ email: "x".repeat(301) }], [{ email: ann, sql: "1" }]])(
    "takes no %j",
    async (body) => {
      expect((await anApi().request({ ...ask, body })).status).toBe(400);
    },
  );
});
