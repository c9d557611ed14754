import { describe, expect, it } from "@jest/globals";
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
