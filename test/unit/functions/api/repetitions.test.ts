import { describe, expect, it } from "@jest/globals";
import { aConnectionBody, anApi, anExportBody } from "../../../support/api";
import { aConnection } from "../../../support/builders";

const keyed = (key: string) => ({ headers: { "idempotency-key": key } });

describe("a request with an Idempotency-Key", () => {
  const creations = [
    { path: "/connections", body: aConnectionBody },
    { path: "/exports", body: anExportBody },
    { path: "/connections/connection-1/lists", body: { name: "New" } },
    { path: "/exports/export-1/runs", body: {} },
    { path: "/exports/export-1/previews", body: {} },
    { path: "/runs", body: {} },
  ];

  it.each(creations)(
    "has one effect and one answer, however often it comes: $path",
    async (sent) => {
      const api = anApi();
      const request = { method: "POST", ...sent, ...keyed("key-1") };

      const first = await api.request(request);
      const again = await api.request(request);

      expect(first.status).toBeLessThan(300);
      expect(again).toEqual(first);
      expect(
        [...api.audit.stored.values()].filter(({ outcome }) => outcome === "succeeded"),
      ).toHaveLength(1);
    },
  );

  it("makes a second thing under another key, or of another caller", async () => {
    const api = anApi();
    const request = { method: "POST", path: "/exports", body: anExportBody };

    const ids = [
      await api.request({ ...request, ...keyed("key-1") }),
      await api.request({ ...request, ...keyed("key-2") }),
      await api.request({ ...request, ...keyed("key-1"), role: "Contributor" }),
    ].map(({ body }) => body.exportId);

    expect(new Set(ids).size).toBe(3);
  });

  it("is refused when the key has been used for another request", async () => {
    const api = anApi();
    await api.request({ method: "POST", path: "/exports", body: anExportBody, ...keyed("key-1") });

    const other = await api.request({
      method: "POST",
      path: "/exports",
      body: { ...anExportBody, displayName: "Other" },
      ...keyed("key-1"),
    });

    expect([other.status, other.body.code]).toEqual([422, "idempotencyKeyReused"]);
  });

  it("is refused while the first is being answered", async () => {
    const api = anApi();
    const request = { method: "POST", path: "/exports", body: anExportBody, ...keyed("key-1") };

    const answers = await Promise.all([api.request(request), api.request(request)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.map(({ body }) => body.code)).toContain("idempotencyKeyBusy");
  });

  it.each([
    { path: "/exports", body: anExportBody, id: "exportId" },
    { path: "/connections", body: aConnectionBody, id: "connectionId" },
    { path: "/exports/export-1/runs", body: {}, id: "runId" },
  ])("makes nothing twice when its answer was lost: $path", async ({ path, body, id }) => {
    const api = anApi();
    const request = { method: "POST", path, body, ...keyed("key-1") };
    const first = await api.request(request);
    for (const known of api.requests.known.values()) {
      // As a function leaves it that ends between effect and answer.
      delete known.answer;
    }
    await api.clock.sleep(51_000);

    const again = await api.request(request);

    expect([again.status, again.body[id]]).toEqual([first.status, first.body[id]]);
  });

  it("may be corrected under the same key after it was refused", async () => {
    const api = anApi();
    const send = (body: object) =>
      api.request({ method: "POST", path: "/exports", body, ...keyed("key-1") });

    const refused = await send({ ...anExportBody, segments: ["unknown"] });
    const corrected = await send(anExportBody);

    expect([refused.status, corrected.status]).toEqual([422, 201]);
  });

  it("leaves no key and nothing of what was sent in the ledger", async () => {
    const api = anApi();
    await api.request({
      method: "POST",
      path: "/connections",
      body: aConnectionBody,
      ...keyed("key-1"),
    });

    const kept = JSON.stringify([...api.requests.known.entries()]);

    expect(kept).not.toContain(aConnectionBody.apiKey);
    expect(kept).not.toContain("key-1");
  });

  it.each(["", "two words", "x".repeat(201)])("is refused with the key %j", async (key) => {
    const answer = await anApi().request({
      ...{ method: "POST", path: "/exports", body: anExportBody },
      ...keyed(key),
    });

    expect([answer.status, answer.body.code]).toEqual([400, "invalidRequest"]);
  });
});

describe("If-Match", () => {
  const changes = [
    {
      path: "/connections/connection-1",
      body: { displayName: "Renamed", sharing: "administrators", profileLimit: 5 },
    },
    { path: "/exports/export-1", body: anExportBody },
    { path: "/schedule", body: { active: false } },
    // Parts of an export have its version.
    { path: "/exports/export-1/schedule", body: { mode: "off" }, of: "/exports/export-1" },
    {
      path: "/exports/export-1/connection",
      body: { connectionId: "connection-1" },
      of: "/exports/export-1",
    },
  ];

  it.each(changes)(
    "lets the version be changed that was read, once: $path",
    async ({ path, body, of = path }) => {
      const api = anApi();
      const { headers } = await api.request({ method: "GET", path: of });
      const change = {
        method: "PUT",
        path,
        body,
        headers: { "if-match": String(headers["etag"]) },
      };

      const first = await api.request(change);
      const second = await api.request(change);

      expect([headers["etag"], first.status, first.headers["etag"]]).toEqual(['"1"', 200, '"2"']);
      expect([second.status, second.body.code]).toEqual([412, "versionStale"]);
      const { headers: now } = await api.request({ method: "GET", path: of });
      expect(now["etag"]).toBe('"2"');
    },
  );

  it("tells who changes an export that somebody has scheduled anew meanwhile", async () => {
    const api = anApi();
    const read = await api.request({ method: "GET", path: "/exports/export-1" });
    await api.request({
      ...{ method: "PUT", path: "/export-schedules" },
      body: { exportIds: ["export-1"], change: "switchOff" },
    });

    const answer = await api.request({
      ...{ method: "PUT", path: "/exports/export-1", body: anExportBody },
      headers: { "if-match": String(read.headers["etag"]) },
    });

    expect([answer.status, answer.body.code]).toEqual([412, "versionStale"]);
  });

  it("changes no schedule, and no timetable, when it comes too late", async () => {
    const api = anApi();
    const recurrence = { frequency: "daily", times: ["06:00"], timeZone: "Europe/Berlin" };
    const headers = { "if-match": '"7"' };

    const system = { method: "PUT", path: "/schedule", body: { active: true, recurrence } };
    const own = {
      ...{ method: "PUT", path: "/exports/export-1/schedule" },
      body: { mode: "own", recurrence },
    };
    const answers = [
      await api.request({ ...system, headers }),
      await api.request({ ...own, headers }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([412, 412]);
    expect(api.timetable.slots.size).toBe(0);
    expect((await api.settings.getSystemSchedule()).active).toBe(false);
    expect(api.exports.stored.get("export-1")?.schedule).toEqual({ mode: "system" });
  });

  it("an export that is not there is not found, whatever version is expected", async () => {
    const answer = await anApi().request({
      ...{ method: "PUT", path: "/exports/absent/schedule", body: { mode: "off" } },
      headers: { "if-match": '"1"' },
    });

    expect([answer.status, answer.body.code]).toEqual([404, "exportNotFound"]);
  });

  it("without it the system refresh is set also when somebody else sets it at the same moment", async () => {
    const api = anApi();
    const set = () => api.request({ method: "PUT", path: "/schedule", body: { active: false } });

    const answers = await Promise.all([set(), set(), set()]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await api.settings.getSystemSchedule()).version).toBe(4);
  });

  it.each(['"7"', "1", 'W/"1"', "anything"])(
    "refuses %s, which is no current version",
    async (tag) => {
      const answer = await anApi().request({
        ...{ method: "PUT", path: "/exports/export-1", body: anExportBody },
        headers: { "if-match": tag },
      });

      expect([answer.status, answer.body.code]).toEqual([412, "versionStale"]);
    },
  );

  it("takes * for any version", async () => {
    const answer = await anApi().request({
      ...{ method: "PUT", path: "/exports/export-1", body: anExportBody },
      headers: { "if-match": "*" },
    });

    expect(answer.status).toBe(200);
  });
});

describe("a kept answer", () => {
  const sent = [
    { path: "/exports", body: anExportBody },
    { path: "/connections/connection-1/lists", body: { name: "New" } },
    { path: "/exports/export-1/runs", body: {} },
    { path: "/exports/export-1/previews", body: {} },
  ];
  it.each(sent)(
    "is not handed out again when the connection is no longer shared with the caller: $path",
    async (request) => {
      const api = anApi();
      const whole = { method: "POST", ...request, ...keyed("key-1"), role: "Contributor" } as const;
      const first = await api.request(whole);
      await api.connections.update({ ...aConnection(), sharing: "administrators", version: 2 }, 1);

      const again = await api.request(whole);

      expect(first.status).toBeLessThan(300);
      expect([again.status, again.body.code]).toEqual([403, "notPermitted"]);
    },
  );

  it("is handed out again to an administrator, also of what is gone", async () => {
    const api = anApi();
    const request = { method: "POST", path: "/exports/export-1/runs", body: {}, ...keyed("key-1") };
    const first = await api.request(request);
    api.exports.stored.delete("export-1");

    expect(await api.request(request)).toEqual(first);
  });
});
