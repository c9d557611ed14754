import { describe, expect, it, jest } from "@jest/globals";
import { anApi } from "../../../support/api";
import { anInstant } from "../../../support/builders";

describe("GET /segments", () => {
  it("lists every segment, in pages", async () => {
    const api = anApi();

    const first = await api.request({ method: "GET", path: "/segments", query: { limit: "1" } });
    const second = await api.request({
      method: "GET",
      path: "/segments",
      query: { limit: "1", after: first.body.next },
    });

    expect(first.body.items).toEqual([
      { name: "customers", source: "bucket", files: 1, bytes: 100, refreshedAt: anInstant },
    ]);
    expect(second.body).toEqual({
      items: [{ name: "vip", source: "bucket", files: 1, bytes: 100, refreshedAt: anInstant }],
    });
  });
});

describe("GET /segments/{segment}", () => {
  const describeIt = (segment: string, query?: Record<string, string>) =>
    anApi().request({
      method: "GET",
      path: `/segments/${segment}`,
      query,
    });

  it("describes fields and members", async () => {
    const answer = await describeIt("customers");

    expect(answer.body).toEqual({
      name: "customers",
      files: 1,
      bytes: 100,
      source: "bucket",
      refreshedAt: anInstant,
      fields: [{ name: "Email", type: "text" }],
      suggestedEmailField: "Email",
      rows: 10,
      emailField: "Email",
      members: 9,
      warnings: [],
      refreshes: [{ refreshedAt: anInstant, rows: 10, members: 9, emailField: "Email" }],
    });
  });

  it.each([
    ["no-such-segment", undefined, 404, "segmentMissing", undefined],
    ["..", undefined, 400, "invalidRequest", "/segment"],
    ["customers", { emailField: "Mail" }, 422, "fieldMissing", undefined],
    ["customers", { emailField: "" }, 400, "invalidRequest", "/emailField"],
    ["customers", { field: "Email" }, 400, "invalidRequest", "/field"],
  ])("refuses %s with %j", async (segment, query, status, code, field) => {
    const answer = await describeIt(segment, query);

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
  });
});

describe("a segment that is described again", () => {
  it("is not read again, unless it is counted by another field", async () => {
    const api = anApi();
    const read = jest.spyOn(api.reader, "describe");
    const request = { method: "GET", path: "/segments/customers" };

    const first = await api.request(request);
    const again = await api.request({ ...request, role: "Viewer" });
    await api.request({ ...request, query: { emailField: "Email" } });

    expect(again.body).toEqual(first.body);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it.each(["ann@example.org", "+49 170 1234567", "1990-05-02"])(
    "shows no viewer a row that stands where its field names should: %s",
    async (cell) => {
      const api = anApi();
      const describeSegment = api.reader.describe;
      api.reader.describe = async (...files) => ({
        ...(await describeSegment(...files)),
        fields: [cell, "Ann Example"].map((name) => ({ name, type: "text" })),
        suggestedEmailField: cell,
      });
      const request = { method: "GET", path: "/segments/customers" };

      const viewer = await api.request({ ...request, role: "Viewer" });
      const contributor = await api.request({ ...request, role: "Contributor" });

      expect(viewer.body).toMatchObject({ fields: [], rows: 10, members: 9 });
      expect(viewer.text).not.toContain("Ann");
      expect(contributor.body.fields).toHaveLength(2);
    },
  );
});

describe("a segment's settings", () => {
  const path = "/segments/customers/settings";
  const put = (columns: unknown, more: object = {}) =>
    ({ method: "PUT", path, body: { columns }, role: "Contributor", ...more }) as const;
  const get = { method: "GET", path, role: "Viewer" } as const;
  const columns = ["email", "first_name"];

  it("are none until a contributor names the columns, and go when they are taken away", async () => {
    const api = anApi();
    expect((await api.request(get)).body).toEqual({ version: 1 });

    const named = await api.request(put(columns));
    expect([named.status, named.headers["etag"], named.body]).toEqual([
      200,
      '"2"',
      { columns, version: 2, updatedAt: anInstant, updatedBy: "contributor-1" },
    ]);
    expect((await api.request(get)).body).toEqual(named.body);
    const described = await api.request({ method: "GET", path: "/segments/customers" });
    expect(described.body.settings).toEqual(named.body);
    await api.request(put(null));

    expect((await api.request(get)).body).toMatchObject({ version: 3 });
    expect((await api.request(get)).body).not.toHaveProperty("columns");
  });

  it("are what the segment is read by from then on, whatever was kept of it", async () => {
    const api = anApi();
    const read = jest.spyOn(api.reader, "describe");
    const describeIt = () => api.request({ method: "GET", path: "/segments/customers" });

    await describeIt();
    await api.request(put(columns));
    await describeIt();
    await api.request(put(["email", "name"]));
    await describeIt();
    await describeIt();

    expect(read.mock.calls.map(([, files]) => files[0]?.columns)).toEqual([
      undefined,
      columns,
      ["email", "name"],
    ]);
  });

  it("are replaced only as they were seen", async () => {
    const api = anApi();
    await api.request(put(columns));

    const late = await api.request(put(null, { headers: { "if-match": '"1"' } }));
    const inTime = await api.request(put(["mail"], { headers: { "if-match": '"2"' } }));

    expect([late.status, late.body.code]).toEqual([412, "versionStale"]);
    expect([inTime.status, inTime.body.columns]).toEqual([200, ["mail"]]);
  });

  it("are in the audit log as they were and as they are", async () => {
    const api = anApi();
    await api.request(put(columns));
    await api.request(put(["mail"]));
    await api.request(put(null, { role: "Viewer" }));

    expect([...api.audit.stored.values()]).toMatchObject([
      { action: "updateSegmentSettings", outcome: "succeeded" },
      {
        target: { kind: "other", id: "customers" },
        before: { segment: "customers", columns },
        after: { segment: "customers", columns: ["mail"] },
      },
      { target: { kind: "other", id: "customers" }, outcome: "refused", code: "notPermitted" },
    ]);
  });

  it.each([
    ["no names", [], "/columns"],
    ["none at all", undefined, "/columns"],
    ["one text", "email", "/columns"],
    ["a name twice", ["email", "name", "Email"], "/columns/2"],
    ["somebody's address", ["kim@example.org", "name"], "/columns/0"],
  ])("refuse %s, and repeat nothing of it", async (_what, names, field) => {
    const answer = await anApi().request(put(names));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      400,
      "invalidRequest",
      field,
    ]);
    expect(answer.text).not.toContain("kim");
  });

  it("are of no segment that does not exist", async () => {
    const answer = await anApi().request(put(columns, { path: "/segments/nothing/settings" }));

    expect([answer.status, answer.body.code]).toEqual([404, "segmentMissing"]);
  });
});

describe("GET /segments/{segment}/rows", () => {
  it("shows the first rows, and the audit log keeps to whom, without them", async () => {
    const api = anApi();
    const request = { method: "GET", path: "/segments/customers/rows" } as const;
    const answer = await api.request({ ...request, role: "Contributor" });
    expect(answer.body).toMatchObject({
      segment: "customers",
      fields: ["Email"],
      rows: [["a@example.com"]],
    });
    const audit = await api.request({ method: "GET", path: "/audit" });
    expect(audit.body.items).toMatchObject([
      { action: "viewSegmentRows", outcome: "succeeded", after: { rows: 1 } },
    ]);
    expect(JSON.stringify(audit.body)).not.toContain("a@example.com");
  });

  it("shows viewers nothing, which the audit log keeps too", async () => {
    const api = anApi();
    const path = "/segments/customers/rows";
    const answer = await api.request({ method: "GET", path, role: "Viewer" });
    expect([answer.status, answer.body.code]).toEqual([403, "notPermitted"]);
    const audit = await api.request({ method: "GET", path: "/audit" });
    expect(audit.body.items).toMatchObject([{ action: "viewSegmentRows", outcome: "refused" }]);
  });
});
