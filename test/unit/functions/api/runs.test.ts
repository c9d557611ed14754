import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../shared/domain/problems/problem";
import { noNumbers, type Run } from "../../../../shared/domain/runs/run";
import { usualRunOptions } from "../../../../shared/domain/runs/run-options";
import { anApi } from "../../../support/api";
import { anExport, anInstant, aPlan, aRun } from "../../../support/builders";

const start = { method: "POST", path: "/exports/export-1/runs", role: "Contributor" } as const;
const show = { method: "GET", path: "/runs/run-1", role: "Viewer" } as const;
const cancel = { method: "POST", path: "/runs/run-1/cancel", role: "Contributor" } as const;
const rejections = { method: "GET", path: "/runs/run-1/rejections", role: "Contributor" } as const;

describe("POST /exports/{exportId}/runs", () => {
  it.each([
    ["without a body", undefined, "incremental"],
    ["with an empty object", {}, "incremental"],
    ["as a full run", { mode: "full" }, "full"],
  ])("starts a run %s and says where to follow it", async (_how, body, mode) => {
    const api = anApi({ runs: [] });

    const answer = await api.request({ ...start, body });

    expect(answer.status).toBe(202);
    expect(answer.headers["location"]).toBe("/runs/id-0001");
    expect(answer.body).toMatchObject({
      runId: "id-0001",
      exportId: "export-1",
      trigger: "onDemand",
      mode,
      requestedBy: "contributor-1",
      status: "queued",
      progress: { settledChunks: 0, chunks: null, percent: 0, profiles: null },
      phases: [{ phase: "queued", from: anInstant }],
    });
    expect(api.prepared).toEqual(["id-0001"]);
  });

  it("keeps and shows whether this run may remove many, which none may by itself", async () => {
    const api = anApi({ runs: [] });
    const allowed = await api.request({ ...start, body: { allowMassRemoval: true } });
    expect(allowed.body).toMatchObject({ mode: "incremental", allowMassRemoval: true });
    expect(api.runs.stored.get("id-0001")?.allowMassRemoval).toBe(true);
    const other = await anApi({ runs: [] }).request(start);
    expect(other.body).toMatchObject({ allowMassRemoval: false });
    const odd = await api.request({ ...start, body: { allowMassRemoval: "yes" } });
    expect([odd.status, odd.body.field]).toEqual([400, "/allowMassRemoval"]);
  });

  describe("that reconciles the list", () => {
    const reconcile = { ...start, role: "Administrator", body: { reconcile: true } } as const;
    const aMirror = { runs: [], exports: [anExport({ syncMode: "mirror" as const })] };

    it("is kept and shown, and written into the audit log; no other run does", async () => {
      const api = anApi(aMirror);
      expect((await api.request(reconcile)).body).toMatchObject({ reconcile: true });
      expect(api.runs.stored.get("id-0001")?.reconcile).toBe(true);
      expect(JSON.stringify([...api.audit.stored.values()])).toContain('"reconcile":true');
      const other = anApi(aMirror);
      expect((await other.request(start)).body).toMatchObject({ reconcile: false });
      expect(other.runs.stored.get("id-0001")?.reconcile).toBe(false);
      expect(JSON.stringify([...other.audit.stored.values()])).not.toContain("reconcile");
    });

    it("is made once, however often it is asked for under one key", async () => {
      const api = anApi(aMirror);
      const asked = { ...reconcile, headers: { "idempotency-key": "reconcile-1" } };
      const [one, other] = [await api.request(asked), await api.request(asked)];
      expect([one.status, other.status]).toEqual([202, 202]);
      expect(other.body).toEqual(one.body);
      expect(api.runs.stored.size).toBe(1);
    });

    it.each(["runs", "previews"])(
      "is refused of an export that removes nobody: %s",
      async (what) => {
        const api = anApi({ runs: [] });
        const answer = await api.request({ ...reconcile, path: `/exports/export-1/${what}` });
        expect([answer.status, answer.body.code, answer.body.field]).toEqual([
          ...[409, "reconcileUpsert", "/reconcile"],
        ]);
        expect(api.prepared).toEqual([]);
      },
    );
  });

  it("answers a second start with the run that is going", async () => {
    const api = anApi({ runs: [] });
    await api.request(start);

    const answer = await api.request(start);

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: "exportRunning", params: { runId: "id-0001" } });
    expect(api.prepared).toEqual(["id-0001"]);
  });

  it("refuses an unknown mode, and an export that is not there", async () => {
    const api = anApi();

    const mode = await api.request({ ...start, body: { mode: "some" } });
    const gone = await api.request({ ...start, path: "/exports/gone/runs" });

    expect([mode.status, mode.body.field]).toEqual([400, "/mode"]);
    expect([gone.status, gone.body.code]).toEqual([404, "exportNotFound"]);
  });
});

describe("POST /runs/{runId}/cancel", () => {
  it("ends a run at once of which nothing was sent, and frees its export", async () => {
    const api = anApi({ runs: [] });
    const { body } = await api.request(start);
    const path = `/runs/${String(body.runId)}/cancel`;

    const answer = await api.request({ ...cancel, path });

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: "canceled", problem: { code: "runCanceled" } });
    expect((await api.request(start)).status).toBe(202);
  });

  it("stops a run that is sending, and has what waits settled at once", async () => {
    const api = anApi({ runs: [aRun({ status: "running", phase: "pushing", plan: aPlan() })] });

    const answer = await api.request(cancel);

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: "running", stopping: { code: "runCanceled" } });
    expect(api.confirmed).toEqual(["run-1"]);
  });

  it("changes nothing the second time", async () => {
    const api = anApi({ runs: [aRun()] });
    const first = await api.request(cancel);

    const second = await api.request(cancel);

    expect(second.status).toBe(202);
    expect(second.body).toEqual(first.body);
  });

  it("answers 409 for a run that has ended otherwise, and 404 for one that is not there", async () => {
    const api = anApi({ runs: [aRun({ status: "successful" })] });

    const ended = await api.request(cancel);
    const gone = await api.request({ ...cancel, path: "/runs/gone/cancel" });

    expect([ended.status, ended.body.code, ended.body.params]).toEqual([
      409,
      "runEnded",
      { runId: "run-1", status: "successful" },
    ]);
    expect([gone.status, gone.body.code]).toEqual([404, "runNotFound"]);
  });
});

describe("GET /runs/{runId}", () => {
  it("says for whom a run waits, and of whoever can be waited for, AWS first", async () => {
    const waiting: NonNullable<Run["waiting"]> = {
      for: "klaviyo",
      problem: problem("klaviyoUnavailable", { reason: "status 503" }),
      ...{ since: anInstant, until: "2026-11-02T09:00:00.000Z", at: anInstant },
    };
    const shown = async (more: Partial<Run>) =>
      (
        await anApi({ runs: [aRun({ status: "running", phase: "preparing", ...more })] }).request(
          show,
        )
      ).body.waiting;

    expect(await shown({ waiting })).toEqual({
      ...{ ...waiting.problem, for: "klaviyo" },
      ...{ since: anInstant, until: "2026-11-02T09:00:00.000Z" },
    });
    const trouble = { since: anInstant, at: anInstant, what: "PutItem: ThrottlingException" };
    expect(await shown({ waiting, trouble, movedAt: anInstant })).toMatchObject({
      ...{ code: "awsUnavailable", for: "aws", since: anInstant },
    });
    expect(await shown({ waiting, plan: aPlan() })).toMatchObject({ for: "klaviyo" });
    expect(await shown({ waiting, status: "failed" })).toBeUndefined();
    expect(await shown({})).toBeUndefined();
  });

  it("shows a run on its way", async () => {
    const run = aRun({
      status: "running",
      phase: "confirming",
      startedAt: anInstant,
      settledChunks: 1,
      plan: aPlan({ chunkSizes: [10_000, 10_000, 500] }),
      numbers: { ...noNumbers, rows: 20_510, members: 20_500, invalid: 10, imported: 9_999 },
      warnings: [problem("snapshotUnreadable")],
    });
    const api = anApi({ runs: [run] });

    const answer = await api.request(show);

    expect(answer.body).toEqual({
      runId: "run-1",
      exportId: "export-1",
      trigger: "onDemand",
      ...usualRunOptions,
      requestedBy: "contributor-1",
      status: "running",
      phase: "confirming",
      settings: run.settings,
      numbers: run.numbers,
      removals: run.removals,
      warnings: run.warnings,
      progress: {
        ...{ settledChunks: 1, chunks: 3, percent: 33 },
        profiles: { toSend: 20_500, prepared: 20_500, sent: 9_999, confirmed: 9_999 },
      },
      phases: [
        { phase: "queued", from: anInstant, until: anInstant },
        { phase: "preparing", from: anInstant },
      ],
      timeLeft: { seconds: 1, restsOn: "limits" },
      timings: { requestedAt: anInstant, startedAt: anInstant, movedAt: anInstant },
      links: { self: "/runs/run-1", export: "/exports/export-1" },
    });
  });

  it("shows a run that has ended, with its problem, its time and its report", async () => {
    const run = aRun({
      status: "failed",
      endedAt: "2026-11-02T08:00:12.500Z",
      problem: problem("profilesUnsent", { unsent: 5, members: 10 }),
      report: "reports/run-1/rejections.csv",
    });

    const answer = await anApi({ runs: [run] }).request(show);

    expect(answer.body).toMatchObject({
      problem: { culprit: "system", code: "profilesUnsent", params: { unsent: 5, members: 10 } },
      timings: { seconds: 12.5 },
      links: { rejections: "/runs/run-1/rejections" },
    });
    expect(answer.text).not.toContain("rejections.csv");
  });

  it.each([
    ["running", 3, 99],
    ["successful", 3, 100],
    ["completedWithWarnings", 3, 100],
    ["failed", 1, 33],
    ["canceled", 0, 0],
  ] as const)("is %s with %i of 3 chunks settled: %i percent", async (status, settled, percent) => {
    const run = aRun({ status, settledChunks: settled, plan: aPlan({ chunkSizes: [1, 1, 1] }) });

    const answer = await anApi({ runs: [run] }).request(show);

    expect(answer.body.progress.percent).toBe(percent);
  });

  it("says so when there is no such run", async () => {
    const answer = await anApi().request({ ...show, path: "/runs/run-9" });

    expect([answer.status, answer.body.code]).toEqual([404, "runNotFound"]);
  });
});

describe("GET /exports/{exportId}/runs", () => {
  it("lists newest first, in pages", async () => {
    const runs = [1, 2, 3].map((day) =>
      aRun({ runId: `run-${day}`, requestedAt: `2026-11-0${day}T08:00:00.000Z` }),
    );
    const api = anApi({ runs });
    const list = { method: "GET", path: "/exports/export-1/runs", role: "Viewer" } as const;

    const first = await api.request({ ...list, query: { limit: "2" } });
    const second = await api.request({ ...list, query: { limit: "2", after: first.body.next } });

    const ids = (body: { items: { runId: string }[] }) => body.items.map(({ runId }) => runId);
    expect(ids(first.body)).toEqual(["run-3", "run-2"]);
    expect(ids(second.body)).toEqual(["run-1"]);
    expect(second.body.next).toBeUndefined();
  });

  it("is empty for an export that has not run, and 404 for one that never was", async () => {
    const api = anApi({ exports: [anExport()], runs: [] });

    const none = await api.request({ method: "GET", path: "/exports/export-1/runs" });
    const never = await api.request({ method: "GET", path: "/exports/export-9/runs" });

    expect(none.body).toEqual({ items: [] });
    expect([never.status, never.body.code]).toEqual([404, "exportNotFound"]);
  });
});

describe("GET /runs/{runId}/rejections", () => {
  it("gives a link that is good for 15 minutes", async () => {
    const report = "reports/run-1/rejections.csv";
    const api = anApi({ runs: [aRun({ status: "completedWithWarnings", report })] });

    const answer = await api.request(rejections);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      url: `https://reports.example/${report}?expires=900`,
      expiresAt: "2026-11-02T08:15:00.000Z",
    });
  });

  it.each([
    ["running", "it has not ended"],
    ["skipped", "it ended before one was written"],
  ] as const)("says why a run that is %s has none", async (status, reason) => {
    const answer = await anApi({ runs: [aRun({ status })] }).request(rejections);

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: "reportNotAvailable", params: { reason } });
  });

  it("says that a report is no longer kept, which goes before its run", async () => {
    const report = "reports/expired/rejections.csv";
    const api = anApi({ runs: [aRun({ status: "completedWithWarnings", report })] });

    const answer = await api.request(rejections);

    expect([answer.status, answer.body.code]).toEqual([410, "reportExpired"]);
  });
});

describe("POST /exports/{exportId}/previews", () => {
  const request = { method: "POST", path: "/exports/export-1/previews", body: {} };

  it("is refused while a preview of the caller's is under way, which it names", async () => {
    const api = anApi();
    const first = await api.request(request);

    const second = await api.request(request);
    const another = await api.request({ ...request, role: "Contributor" });

    expect([second.status, second.body.code]).toEqual([409, "previewRunning"]);
    expect(second.body.params).toEqual({ previewId: first.body.previewId });
    expect(another.status).toBe(202);
  });
});

describe("a start with resubscribe", () => {
  it("is an administrator's", async () => {
    const acknowledgement = {
      agreedBy: "administrator-1",
      agreedAt: anInstant,
      wordingVersion: "1",
      wording: "…",
    };
    const subscription = { historicalImport: false, acknowledgement } as const;
    const api = anApi({ runs: [], exports: [anExport({ subscription })] });
    const request = { ...start, body: { resubscribe: true } };

    const contributor = await api.request({ ...request, role: "Contributor" });
    const administrator = await api.request({ ...request, role: "Administrator" });

    expect([contributor.status, contributor.body.code]).toEqual([403, "notPermitted"]);
    expect([administrator.status, administrator.body.code]).toEqual([202, undefined]);
    expect([...api.runs.stored.values()]).toMatchObject([{ resubscribe: true }]);
  });
});
