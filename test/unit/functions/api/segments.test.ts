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
      { name: "customers", files: 1, bytes: 100, refreshedAt: anInstant },
    ]);
    expect(second.body).toEqual({
      items: [{ name: "vip", files: 1, bytes: 100, refreshedAt: anInstant }],
    });
  });
});

describe("GET /segments/{segment}", () => {
  const describeIt = (segment: string, query?: Record<string, string>) =>
    anApi().request({
      method: "GET",
      path: `/segments/${segment}`,
      ...(query === undefined ? {} : { query }),
    });

  it("describes fields and members", async () => {
    const answer = await describeIt("customers");

    expect(answer.body).toEqual({
      name: "customers",
      files: 1,
      bytes: 100,
      refreshedAt: anInstant,
      fields: [{ name: "Email", type: "text" }],
      suggestedEmailField: "Email",
      rows: 10,
      emailField: "Email",
      members: 9,
      warnings: [],
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
