import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startEnvironment, type Environment } from "../../../infra/local/environment";
import type { TokenClaims } from "../../../infra/local/identity/token-issuer";
import { writeCloudAssembly, type CloudAssembly } from "./cloud-assembly";
import {
  audience,
  environmentFunctions,
  environmentTemplate,
  issuer,
} from "./environment-template";

let assembly: CloudAssembly;
let environment: Environment;

beforeAll(async () => {
  assembly = writeCloudAssembly(environmentTemplate, environmentFunctions);
  environment = await startEnvironment({ templateDirectory: assembly.directory });
});

afterAll(async () => {
  await environment.close();
  assembly.remove();
});

const call = (path: string, init?: RequestInit) => fetch(environment.apiUrl + path, init);
const callWith = (path: string, token: string) =>
  call(path, { headers: { authorization: `Bearer ${token}` } });
const echo = async (path: string, init?: RequestInit): Promise<any> =>
  (await call(path, init)).json();

describe("the gateway", () => {
  test("hands requests on in payload format 2.0", async () => {
    const event = await echo("/open/caf%C3%A9?x=1&x=%202&y=", {
      method: "POST",
      headers: {
        "X-Mixed": "a",
        cookie: "one=1; two=2",
        "content-type": "application/json",
        "user-agent": "test",
      },
      body: '{"name":"é"}',
    });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "ANY /open/{name}",
      rawPath: "/open/café",
      rawQueryString: "x=1&x=%202&y=",
      cookies: ["one=1", "two=2"],
      headers: { "x-mixed": "a", "content-type": "application/json" },
      queryStringParameters: { x: "1, 2", y: "" },
      pathParameters: { name: "café" },
      body: '{"name":"é"}',
      isBase64Encoded: false,
      requestContext: {
        stage: "$default",
        routeKey: "ANY /open/{name}",
        http: { method: "POST", path: "/open/café", protocol: "HTTP/1.1", userAgent: "test" },
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
        requestId: expect.any(String),
      },
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event.requestContext).not.toHaveProperty("authorizer");
  });

  test("hands bodies that are not text on as base64", async () => {
    const event = await echo("/files/a/b.bin", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array([0, 255]),
    });
    expect(event).toMatchObject({
      body: "AP8=",
      isBase64Encoded: true,
      pathParameters: { path: "a/b.bin" },
    });
  });

  test("prefers the more exact route", async () => {
    expect((await echo("/open/literal")).routeKey).toBe("GET /open/literal");
    expect((await echo("/open/literal", { method: "DELETE" })).routeKey).toBe("ANY /open/{name}");
  });

  test.each(["/", "/unknown", "/open", "/open/a/b", "/files/a"])(
    "answers 404 where no route leads: GET %s",
    async (path) => {
      const response = await call(path);
      expect([response.status, await response.json()]).toEqual([404, { message: "Not Found" }]);
    },
  );

  test("answers what the function says", async () => {
    const plain = await call("/open/a?answer=plain");
    expect([plain.status, plain.headers.get("content-type"), await plain.json()]).toEqual([
      200,
      "application/json",
      { plain: true },
    ]);
    const binary = await call("/open/a?answer=binary");
    expect(binary.status).toBe(201);
    expect(binary.headers.get("content-type")).toBe("image/png");
    expect(binary.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect([...new Uint8Array(await binary.arrayBuffer())]).toEqual([0, 255]);
  });

  test.each(["throw", "malformed"])("answers 500 when the function fails: %s", async (answer) => {
    const response = await call(`/open/a?answer=${answer}`);
    expect([response.status, await response.json()]).toEqual([
      500,
      { message: "Internal Server Error" },
    ]);
  });

  test("answers 503 when the function takes longer than the integration waits", async () => {
    const response = await call("/slow");
    expect([response.status, await response.json()]).toEqual([
      503,
      { message: "Service Unavailable" },
    ]);
  });

  test("answers 413 for more than ten megabytes", async () => {
    const response = await call("/files/a", {
      method: "POST",
      body: new Uint8Array(10 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
  });

  test("answers browsers of allowed origins", async () => {
    const preflight = (origin: string) =>
      call("/guarded", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET" },
      });
    const allowed = await preflight("https://admin.example");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://admin.example");
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET,POST");
    const other = await preflight("https://other.example");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a route with a JWT authorizer", () => {
  test("hands the token's claims on as text", async () => {
    const token = await environment.issueToken({
      subject: "someone",
      username: "name",
      groups: ["Administrator", "Viewer"],
      others: { nothing: null, flag: true },
    });
    const event: any = await (await callWith("/guarded", token)).json();
    const { jwt } = event.requestContext.authorizer;
    expect(jwt.scopes).toBeNull();
    expect(jwt.claims).toMatchObject({
      sub: "someone",
      username: "name",
      "cognito:groups": "[Administrator Viewer]",
      client_id: audience,
      iss: issuer,
      token_use: "access",
      scope: "openid",
      flag: "true",
      exp: expect.stringMatching(/^\d+$/),
    });
    expect(jwt.claims).not.toHaveProperty("nothing");
  });

  test("takes the tokens made for each role", async () => {
    for (const [role, token] of Object.entries(environment.tokens)) {
      const event: any = await (await callWith("/guarded", token)).json();
      const groups: string = event.requestContext.authorizer.jwt.claims["cognito:groups"];
      expect(groups.toLowerCase()).toBe(`[${role}]`);
    }
  });

  test.each<[string, TokenClaims]>([
    ["expired", { expiresIn: -1 }],
    ["of another issuer", { issuer: "https://other.invalid" }],
    ["of another client", { others: { client_id: "other" } }],
    ["whose audience is another, though the client is right", { others: { aud: "other" } }],
    ["not valid yet", { others: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
    ["issued in the future", { others: { iat: Math.floor(Date.now() / 1000) + 600 } }],
  ])("refuses a token %s", async (_what, claims) => {
    const response = await callWith("/guarded", await environment.issueToken(claims));
    expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
    expect(response.headers.get("www-authenticate")).toContain("invalid_token");
  });

  test.each([
    ["without a token", () => ""],
    ["with something else", () => "Bearer abc"],
    ["with a token that was changed", () => `Bearer ${tampered(environment.tokens.viewer)}`],
    ["with an unsigned token", () => `Bearer ${unsigned(environment.tokens.viewer)}`],
  ])("refuses a request %s", async (_what, authorization) => {
    const response = await call("/guarded", { headers: { authorization: authorization() } });
    expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
  });

  test("that asks for a scope refuses tokens without it", async () => {
    const without = await callWith("/scoped", environment.tokens.administrator);
    expect([without.status, await without.json()]).toEqual([403, { message: "Forbidden" }]);
    const token = await environment.issueToken({ scope: "openid exports/write" });
    const event: any = await (await callWith("/scoped", token)).json();
    expect(event.requestContext.authorizer.jwt.scopes).toEqual(["openid", "exports/write"]);
  });
});

function tampered(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = JSON.stringify({ ...claims, "cognito:groups": ["Administrator"] });
  return [header, Buffer.from(changed).toString("base64url"), signature].join(".");
}

function unsigned(token: string): string {
  const [, payload = ""] = token.split(".");
  return `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
}
