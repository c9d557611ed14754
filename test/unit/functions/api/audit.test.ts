import { describe, expect, it } from "@jest/globals";
import { verifiedToken } from "../../../support/access-token";
import { acceptedKey, aConnectionBody, anApi, anExportBody } from "../../../support/api";
import { aConnection, aPreview, aPreviewResult, aRun, anInstant } from "../../../support/builders";

const from = (requestId: string, method: string, path: string, group: string) => {
  const { headers, authorizer } = verifiedToken({ sub: "user-1", "cognito:groups": [group] });
  return {
    headers,
    requestContext: {
      requestId,
      http: { method, path, sourceIp: "192.0.2.7", userAgent: "tooling/1.0" },
      authorizer,
    },
  };
};

describe("the audit log", () => {
  it("says who changed what, when, from where and with what outcome, before and after", async () => {
    const api = anApi();
    const [method, path] = ["PUT", "/connections/connection-1"];

    await api.request({
      ...{ method, path },
      body: { displayName: "Store", sharing: "administrators", profileLimit: 5 },
      event: from("request-7", method, path, "Administrator"),
    });

    expect([...api.audit.stored.values()]).toEqual([
      {
        auditId: expect.any(String),
        at: anInstant,
        action: "updateConnection",
        actor: { userId: "user-1", role: "Administrator" },
        source: {
          kind: "api",
          requestId: "request-7",
          ip: "192.0.2.7",
          userAgent: "tooling/1.0",
        },
        outcome: "succeeded",
        target: { kind: "connection", id: "connection-1" },
        before: expect.objectContaining({ displayName: "Shop", profileLimit: 100_000 }),
        after: expect.objectContaining({ displayName: "Store", profileLimit: 5 }),
      },
    ]);
  });

  it("names what was made, and never holds the key", async () => {
    const api = anApi();

    await api.request({ method: "POST", path: "/connections", body: aConnectionBody });
    await api.request({
      method: "PUT",
      path: "/connections/id-0001/key",
      body: { apiKey: acceptedKey },
    });
    await api.request({ method: "POST", path: "/exports", body: anExportBody });

    const entries = [...api.audit.stored.values()];
    expect(entries.map(({ action, target }) => [action, target?.id])).toEqual([
      ["createConnection", "id-0001"],
      ["replaceKey", "id-0001"],
      ["createExport", "id-0003"],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/pk_|secret:/);
  });

  it.each([
    [
      "who may not",
      { method: "DELETE", path: "/exports/export-1", role: "Viewer" },
      "notPermitted",
    ],
    ["what is not there", { method: "DELETE", path: "/exports/absent" }, "exportNotFound"],
    ["what is not valid", { method: "POST", path: "/exports", body: {} }, "invalidRequest"],
  ] as const)("keeps what was refused: %s", async (_what, request, code) => {
    const api = anApi();

    await api.request(request);

    expect([...api.audit.stored.values()]).toEqual([
      expect.objectContaining({ outcome: "refused", code }),
    ]);
  });

  it("keeps that something broke, and does nothing that it can't write down", async () => {
    const broken = anApi({ exports: [] });
    broken.secrets.delete = async () => {
      throw new Error("broke");
    };
    const mute = anApi({ exports: [] });
    mute.audit.add = async () => {
      throw new Error("no log today");
    };
    const remove = { method: "DELETE", path: "/connections/connection-1" } as const;

    await broken.request(remove);
    const answer = await mute.request(remove);

    expect([...broken.audit.stored.values()]).toEqual([
      expect.objectContaining({ outcome: "failed", code: "internalError" }),
    ]);
    expect(answer.status).toBe(500);
    expect(mute.connections.stored.size).toBe(1);
  });

  it("does not fail a change whose end it can't write down, and then says that it does not know", async () => {
    const api = anApi({ exports: [] });
    api.audit.complete = async () => {
      throw new Error("no log today");
    };

    const answer = await api.request({ method: "DELETE", path: "/connections/connection-1" });

    expect(answer.status).toBe(204);
    expect([...api.audit.stored.values()][0]?.outcome).toBe("unknown");
    expect(api.log.lines.map(({ event }) => event)).toContain("auditIncomplete");
  });

  it("leaves requests that only look out of it", async () => {
    const api = anApi();

    await api.request({ method: "GET", path: "/exports" });
    await api.request({ method: "GET", path: "/audit" });

    expect(api.audit.stored.size).toBe(0);
  });

  it("keeps who started a run, and which", async () => {
    const api = anApi();

    const run = await api.request({ method: "POST", path: "/exports/export-1/runs" });

    expect([...api.audit.stored.values()]).toEqual([
      expect.objectContaining({
        action: "startRun",
        target: { kind: "export", id: "export-1" },
        runId: run.body.runId,
      }),
    ]);
  });
});

describe("GET /audit", () => {
  const busy = async () => {
    const api = anApi();
    for (let index = 0; index < 5; index += 1) {
      api.clock.advance(1_000);
      await api.request({ method: "POST", path: "/connections/connection-1/verification" });
      await api.request({
        ...{ method: "PUT", path: "/exports/export-1", body: anExportBody },
        role: "Contributor",
      });
    }
    return api;
  };
  const audit = (query: object) =>
    ({
      method: "GET",
      path: "/audit",
      query: query as Record<string, string>,
    }) as const;

  it("shows all, newest first, in pages", async () => {
    const api = await busy();

    const first = await api.request(audit({ limit: "6" }));
    const second = await api.request(audit({ limit: "6", after: first.body.next }));

    const seen = [...first.body.items, ...second.body.items];
    expect(new Set(seen.map(({ auditId }) => auditId)).size).toBe(10);
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(second.body.next).toBeUndefined();
  });

  it.each([
    [{ actor: "contributor-1" }, 5],
    [{ target: "connection-1" }, 5],
    [{ action: "updateExport", outcome: "succeeded" }, 5],
    [{ actor: "contributor-1", target: "connection-1" }, 0],
    [{ from: "2026-11-02T08:00:02Z", until: "2026-11-02T09:00:04+01:00" }, 4],
  ])("finds by %j", async (query, count) => {
    const api = await busy();

    const answer = await api.request(audit(query));

    expect(answer.body.items).toHaveLength(count);
  });

  it.each([{ from: "yesterday" }, { outcome: "good" }, { target: "a b" }, { when: "now" }])(
    "refuses %j",
    async (query) => {
      const answer = await anApi().request(audit(query));

      expect([answer.status, answer.body.code]).toEqual([400, "invalidRequest"]);
    },
  );
});

describe("the audit log of who was handed personal data", () => {
  const report = "reports/run-1/rejections.csv";
  const state = () => ({
    runs: [aRun({ status: "completedWithWarnings", report })],
    previews: [
      aPreview({ status: "ready", result: aPreviewResult() }),
      aPreview({ previewId: "preview-2" }),
    ],
  });
  const entries = (api: ReturnType<typeof anApi>) =>
    [...api.audit.stored.values()].map(
      ({ action, actor, outcome, code, target, runId, after }) => ({
        ...{ action, userId: actor.userId, outcome, code, target, runId, after },
      }),
    );

  it("names the report, and who got the link to it", async () => {
    const api = anApi(state());

    await api.request({ method: "GET", path: "/runs/run-1/rejections", role: "Contributor" });

    expect(entries(api)).toEqual([
      {
        action: "downloadRejections",
        userId: "contributor-1",
        outcome: "succeeded",
        target: { kind: "run", id: "run-1" },
        runId: "run-1",
      },
    ]);
  });

  it("names a preview that showed profiles, and none that is under way", async () => {
    const api = anApi(state());

    await api.request({ method: "GET", path: "/exports/export-1/previews/preview-2" });
    await api.request({ method: "GET", path: "/exports/export-1/previews/preview-1" });

    expect(entries(api)).toEqual([
      {
        action: "viewPreview",
        userId: "administrator-1",
        outcome: "succeeded",
        target: { kind: "export", id: "export-1" },
        after: { previewId: "preview-1" },
      },
    ]);
  });

  it("names who tried in vain", async () => {
    const api = anApi(state());

    await api.request({ method: "GET", path: "/runs/run-1/rejections", role: "Viewer" });

    expect(entries(api)).toMatchObject([
      {
        action: "downloadRejections",
        userId: "viewer-1",
        outcome: "refused",
        code: "notPermitted",
      },
    ]);
  });

  it("comes before the data: what can't be recorded is not handed out", async () => {
    const api = anApi(state());
    api.audit.add = async () => {
      throw new Error("DynamoDB is away");
    };

    const link = await api.request({ method: "GET", path: "/runs/run-1/rejections" });
    const preview = await api.request({
      method: "GET",
      path: "/exports/export-1/previews/preview-1",
    });

    expect([link.status, preview.status]).toEqual([500, 500]);
    expect(link.text).not.toContain("https://");
  });
});

describe("a run's report", () => {
  const run = aRun({ status: "completedWithWarnings", report: "reports/run-1/rejections.csv" });
  const request = { method: "GET", path: "/runs/run-1/rejections" };

  it.each([
    ["is shared no longer", [aConnection({ sharing: "administrators" })]],
    ["is gone", []],
  ])("is an administrator's when the connection of the run %s", async (_what, connections) => {
    const api = anApi({ runs: [run], connections });

    const contributor = await api.request({ ...request, role: "Contributor" });
    const administrator = await api.request(request);

    expect([contributor.status, contributor.body.code]).toEqual([403, "notPermitted"]);
    expect(administrator.status).toBe(200);
  });
});
