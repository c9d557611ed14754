import fc from "fast-check";
import type { ApiEvent } from "../../../functions/middleware/api-event";
import { apiRoutes } from "../../../shared/config/api-routes";
import { verifiedToken } from "../access-token";
import { acceptedKey, aConnectionBody, anExportBody } from "../api";

/** Requests as nobody should send them, and some that are valid but for one thing. */

const hostileText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.integer({ min: 1, max: 3_000 }).map((length) => "é".repeat(length)),
  fc.constantFrom(
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "%00",
    "\u0000",
    "\ud800",
    "\udc00\ud800",
    "\u202e",
    "ﷺ".repeat(100),
    "__proto__",
    "constructor",
    "toString",
    "name#shop",
    "chunk#00001",
    "run",
    "null",
    "-1",
    "1e309",
    "' OR 1=1 --",
    '"; DROP TABLE runs; --',
    "${jndi:ldap://x}",
    "=cmd|'/c calc'!A1",
    "{{7*7}}",
    "<script>alert(1)</script>",
    acceptedKey,
    `x ${acceptedKey} y`,
    "jane.doe@example.com",
    Buffer.from('{"id":"name#shop"}').toString("base64url"),
    Buffer.from('{"runId":"x","at":"\ud800"}').toString("base64url"),
    Buffer.from('{"runId":"run-1","at":"9"}').toString("base64url"),
    Buffer.from('{"segment":"vip"}').toString("base64url"),
    Buffer.from('{"id":"\\u0000"}').toString("base64url"),
    Buffer.from('{"page":"x","looked":0}').toString("base64url"),
    Buffer.from('{"position":"9999"}').toString("base64url"),
    "private-1",
    "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mine/klaviyo",
  ),
);

const hostileValue = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, [], {}, [[[]]], { email: {} }),
);

/** A valid object with one field replaced, added or left out. */
function spoiled(valid: Record<string, unknown>): fc.Arbitrary<unknown> {
  const names = fc.oneof(fc.constantFrom(...Object.keys(valid)), hostileText);
  return fc.oneof(
    fc.constant(valid),
    fc.tuple(names, hostileValue).map(([name, value]) => ({ ...valid, [name]: value })),
    names.map((name) => ({ ...valid, [name]: undefined })),
    hostileText.map((displayName) => ({ ...valid, displayName })),
  );
}

/** What a route takes, by the word that its path has for it. */
const validParameters: Record<string, string> = {
  connectionId: "connection-1",
  exportId: "export-1",
  runId: "run-1",
  listId: "LiSt01",
  segment: "vip",
  sourceId: "insights",
};
const recurrence = { frequency: "daily", times: ["06:00"], timeZone: "Europe/Berlin" };
const validBodies: Record<string, Record<string, unknown>> = {
  "POST /connections": aConnectionBody,
  "POST /exports": anExportBody,
  "POST /sources": { displayName: "Exports", place: { kind: "s3", bucket: "exports" } },
  "PUT /sources/{sourceId}": { displayName: "Exports" },
  "PUT /exports/{exportId}": anExportBody,
  "PUT /exports/{exportId}/connection": { connectionId: "connection-1", listId: "LiSt01" },
  "PUT /connections/{connectionId}": {
    displayName: "Shop",
    sharing: "administratorsAndContributors",
    profileLimit: 5,
  },
  "PUT /connections/{connectionId}/key": { apiKey: acceptedKey },
  "POST /connections/{connectionId}/lists": { name: "New" },
  "POST /exports/{exportId}/runs": { mode: "full" },
  "PUT /schedule": { active: true, recurrence },
  "PUT /exports/{exportId}/schedule": { mode: "own", recurrence },
  "PUT /export-schedules": { exportIds: ["export-1"], change: "switchOff" },
};

/** An export whose field and property are called as nobody expects. */
const oddMapping = fc.tuple(hostileText, hostileText).map(([field, property]) => ({
  ...anExportBody,
  mapping: { email: field, properties: { [property]: field, Tier: { field: property } } },
}));

const bodyFor = (routeKey: string): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary:
        routeKey in validBodies
          ? fc
              .oneof(
                { weight: 3, arbitrary: spoiled(validBodies[routeKey] ?? {}) },
                ...(validBodies[routeKey] === anExportBody
                  ? [{ weight: 1, arbitrary: oddMapping }]
                  : []),
              )
              .map((value) => JSON.stringify(value))
          : fc.constant(undefined),
    },
    { weight: 2, arbitrary: hostileValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        undefined,
        `{"__proto__":{"agree":true}}`,
        `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
        `"${"x".repeat(70_000)}"`,
        `{"displayName":"\\ud800"}`,
        "\ufeff{}",
        "{'displayName':1}",
        "[1,]",
      ),
    },
  );

const parameterFor = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(validParameters[name] ?? "id-0001") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("id-0001", "unused", ...Object.values(validParameters)),
    },
    { weight: 2, arbitrary: hostileText },
  );

/** A cursor as some list makes it, for whichever list. */
const cursor = fc
  .constantFrom(
    { runId: "run-1", at: "2026-11-02T08:00:00.000Z" },
    { runId: "\u0000", at: "0001-01-01T00:00:00Z" },
    { position: "2026-11-02T08:00:00.000Z#x" },
    { sortedBy: "", id: "" },
    { id: "x" },
  )
  .map((position) => Buffer.from(JSON.stringify(position)).toString("base64url"));
const spans = [
  {},
  { from: "2026-11-02T08:00:00Z", until: "2026-11-02T08:00:00Z" },
  { from: "0000-01-01T00:00:00+01:00" },
  { until: "0000-01-01T00:00:00Z" },
  { until: "9999-12-31T23:59:59-01:00" },
];
const listQueries = [
  { search: "o" },
  { sort: "-displayName" },
  { sort: "requestedAt", status: "failed" },
  { sort: "at", outcome: "refused" },
  { state: "working" },
  { connectionId: "none", detached: "true" },
  { segment: "vip", lastRunStatus: "successful" },
];

const query = fc.oneof(
  // A route that takes no query refuses any, and what it would do then is not tried.
  { weight: 3, arbitrary: fc.constant(undefined) },
  fc.constantFrom(
    { limit: "1" },
    { emailField: "Email" },
    { name: "news" },
    { target: "export-1", from: "2026-11-02T08:00:00Z" },
    { actor: "user-1", outcome: "refused" },
  ),
  fc
    .tuple(fc.constantFrom(...listQueries), fc.constantFrom(...spans), cursor)
    .map(([wanted, span, after]) => ({ ...wanted, ...span, after })),
  fc
    .tuple(fc.constantFrom(...spans), cursor)
    .map(([span, after]) => ({ ...span, after, limit: "1" })),
  fc.dictionary(
    fc.constantFrom(
      ...["limit", "after", "emailField", "name", "actor", "target", "action", "from", "until"],
      ...["search", "sort", "status", "trigger", "mode", "state", "sharing", "connectionId"],
      ...["listId", "segment", "syncMode", "scheduleMode", "lastRunStatus", "detached"],
    ),
    hostileText,
    { maxKeys: 2 },
  ),
  fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
);

const claims = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom("Administrator", "Contributor", "Viewer")
      .map((group) => ({ sub: "user-1", "cognito:groups": [group] })),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { sub: hostileValue, "cognito:groups": hostileValue },
      { requiredKeys: [] },
    ),
  },
);

/** An event as the gateway would make it of any such request to a route that exists. */
export const hostileRequests: fc.Arbitrary<ApiEvent> = fc
  .constantFrom(...apiRoutes)
  .chain((route) =>
    fc.record({
      route: fc.constant(route),
      parameter: parameterFor(/\{(\w+)\}/.exec(route.path)?.[1] ?? ""),
      query,
      body: bodyFor(`${route.method} ${route.path}`),
      base64: fc.boolean(),
      contentType: fc.oneof(
        { weight: 8, arbitrary: fc.constant("application/json") },
        { weight: 1, arbitrary: fc.option(hostileText, { nil: undefined }) },
      ),
      claims,
    }),
  )
  .map((parts) => {
    const { route, parameter } = parts;
    const name = /\{(\w+)\}/.exec(route.path)?.[1];
    const token = verifiedToken(parts.claims);
    const path = route.path.replace(/\{\w+\}/, () => parameter);
    return {
      version: "2.0",
      routeKey: `${route.method} ${route.path}`,
      rawPath: path,
      rawQueryString: "",
      headers: {
        ...token.headers,
        ...(parts.contentType === undefined ? {} : { "content-type": parts.contentType }),
      },
      queryStringParameters: parts.query,
      ...(name === undefined ? {} : { pathParameters: { [name]: parameter } }),
      ...(parts.body === undefined
        ? {}
        : {
            body: parts.base64 ? Buffer.from(parts.body).toString("base64") : parts.body,
          }),
      isBase64Encoded: parts.base64,
      requestContext: {
        requestId: "request-1",
        http: { method: route.method, path },
        authorizer: token.authorizer,
      },
    } as unknown as ApiEvent;
  });
