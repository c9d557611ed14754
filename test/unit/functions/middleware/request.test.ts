import { describe, expect, it } from "@jest/globals";
import { MAX_BODY_BYTES } from "../../../../functions/middleware/parse-request";
import { DomainError } from "../../../../shared/domain/problems/problem";
import {
  acceptedKey,
  aConnectionBody,
  anApi,
  anApiEvent,
  anExportBody,
} from "../../../support/api";

const post = (event: Record<string, unknown>) =>
  anApi().request({ method: "POST", path: "/connections", event });
const json = { "content-type": "application/json" };

describe("a request's body", () => {
  it.each([
    ["none", {}],
    ["text", { "content-type": "text/plain" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["nearly JSON", { "content-type": "application/jsonx" }],
  ])("must be said to be JSON: %s", async (_what, headers) => {
    const answer = await post({ headers, body: JSON.stringify(aConnectionBody) });

    expect([answer.status, answer.body.code]).toEqual([415, "mediaTypeUnsupported"]);
  });

  it.each(["application/json; charset=utf-8", "Application/JSON"])(
    "may be said to be JSON as %s",
    async (contentType) => {
      const headers = { "content-type": contentType };
      const answer = await post({ headers, body: JSON.stringify(aConnectionBody) });

      expect(answer.status).toBe(201);
    },
  );

  it("may come as base64", async () => {
    const body = Buffer.from(JSON.stringify(aConnectionBody)).toString("base64");
    const answer = await post({ headers: json, body, isBase64Encoded: true });

    expect(answer.status).toBe(201);
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["broken JSON", `{"apiKey": "${acceptedKey}`],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "7"],
    ["bytes that are no text", "\u0000\ufffd"],
  ])("is refused as a whole when it is %s, without being quoted", async (_what, body) => {
    const answer = await post({ headers: json, body });

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      400,
      "invalidRequest",
      "",
    ]);
    expect(answer.text).not.toContain("pk_");
  });

  it("must not be larger than a route has use for", async () => {
    const fits = await post({ headers: json, body: `"${"x".repeat(MAX_BODY_BYTES - 2)}"` });
    const over = await post({ headers: json, body: `"${"x".repeat(MAX_BODY_BYTES - 1)}"` });

    expect(fits.status).toBe(400);
    expect([over.status, over.body.code]).toEqual([413, "requestTooLarge"]);
  });
});

describe("what the API can't answer", () => {
  it("is a plain 500 without details, whose cause is in the log", async () => {
    const api = anApi();
    api.connections.list = async () => {
      throw new Error("table klaviyo-dev-connections is on fire");
    };

    const answer = await api.request({ method: "GET", path: "/connections" });

    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      type: "urn:klaviyo-segment-export:problem:internalError",
      title: "Internal error",
      status: 500,
      detail:
        "Something went wrong inside the system. Try again; if it happens again, give the request id to the operators.",
      code: "internalError",
      requestId: "request-1",
    });
    expect(api.log.lines.at(-1)).toMatchObject({
      level: "error",
      event: "requestFailed",
      details: { requestId: "request-1", route: "GET /connections", userId: "administrator-1" },
    });
    expect(String(api.log.lines.at(-1)?.details["error"])).toContain("on fire");
  });

  it("includes problems that no request should meet", async () => {
    const api = anApi();
    api.connections.list = async () => {
      throw new DomainError("runStalled");
    };

    const answer = await api.request({ method: "GET", path: "/connections" });

    expect([answer.status, answer.body.code]).toEqual([500, "internalError"]);
  });

  it("is a 404 when there is no such route", async () => {
    const api = anApi();
    const event = anApiEvent({ method: "PATCH", path: "/connections" });

    const answer = await api.send(event, "connectionsApi");

    expect([answer.status, answer.body.code]).toEqual([404, "routeNotFound"]);
  });
});

describe("the log", () => {
  it("has one line for each request, with its ids and status", async () => {
    const api = anApi();

    await api.request({ method: "GET", path: "/exports", role: "Viewer" });
    await api.request({ method: "GET", path: "/connections", role: "Viewer" });

    expect(api.log.lines).toEqual([
      {
        level: "info",
        event: "requestAnswered",
        details: {
          requestId: "request-1",
          route: "GET /exports",
          userId: "viewer-1",
          role: "Viewer",
          status: 200,
        },
      },
      {
        level: "info",
        event: "requestRefused",
        details: {
          requestId: "request-1",
          route: "GET /connections",
          userId: "viewer-1",
          role: "Viewer",
          status: 403,
          code: "notPermitted",
          field: undefined,
        },
      },
    ]);
  });
});

describe("a name that is made", () => {
  const hidden = ["a\u001b[2J", "a\u202eb", "a\u200bb", "a\u2028b", "a\nb"];
  const named = [
    { path: "/connections", body: aConnectionBody, field: "/displayName" },
    { path: "/exports", body: anExportBody, field: "/displayName" },
    { path: "/connections/connection-1/lists", body: {}, field: "/name" },
  ];
  it.each(named.flatMap((request) => hidden.map((name) => ({ ...request, name }))))(
    "holds nothing that is not seen: $name at $path",
    async ({ path, body, field, name }) => {
      const sent = { ...body, [field.slice(1)]: name };
      const answer = await anApi().request({ method: "POST", path, body: sent });

      expect([answer.status, answer.body.field]).toEqual([400, field]);
      expect(answer.body.detail).toContain("not seen");
    },
  );

  it.each(hidden)("of a custom property holds none either: %j", async (name) => {
    const mapping = { email: "Email", properties: { [name]: "City" } };
    const body = { ...anExportBody, mapping };
    const answer = await anApi().request({ method: "POST", path: "/exports", body });

    expect([answer.status, answer.body.field]).toEqual([400, `/mapping/properties/${name}`]);
  });

  it("is one name however its accents are composed", async () => {
    const api = anApi();
    const create = (displayName: string) =>
      api.request({
        method: "POST",
        path: "/connections",
        body: { ...aConnectionBody, displayName },
      });

    const first = await create("Cafe\u0301");
    const second = await create(" CAFÉ ");

    expect(first.body.displayName).toBe("Café");
    expect([second.status, second.body.code]).toEqual([409, "displayNameTaken"]);
  });
});
