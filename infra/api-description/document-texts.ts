import { ids } from "../../shared/contract/examples";

/** What the API's description says beside what the routes' contracts say. */

export const apiIntroduction = [
  "Puts customer segments onto Klaviyo lists, on a schedule or on demand.",
  "Lists come in pages: `limit` (1 to 100) and `after`, which takes the `next` of the page before. `search` finds parts of names, whatever the case; `sort` names a field, with `-` before it from last to first; all other parameters are filters, and all that is given must hold. `from` is the first instant of a span of time, `until` the one after the last. Query parameters that a route does not know are refused.",
  "What has a version answers with it as `ETag`; a change that carries it as `If-Match` is refused with 412 when somebody else was faster. Without `If-Match`, whatever is stored is replaced. An export's connection and schedule have the export's version.",
  "Creations and starts take an `Idempotency-Key`: a repetition with the same key within 24 hours has no second effect and gets the first one's answer.",
  "Errors are problem details (RFC 9457) with a stable `code`. A reader must expect fields that it does not know.",
].join("\n\n");

/** The first step of the paths, and what is behind it. */
export const tags = {
  connections: "Klaviyo accounts: who may use them, their keys and lists",
  segments: "What can be exported",
  exports: "Which segments go to which list",
  runs: "Executions of exports, their progress and their rejections",
  schedule: "When exports run by themselves",
  description: "This document",
  audit: "Who changed what, and what became of runs",
} as const;

export const answerHeaderTexts = {
  ETag: {
    description: "The version of what is answered, for `If-Match`.",
    schema: { type: "string" },
    example: '"3"',
  },
  Location: {
    description: "Where what was made or started can be seen.",
    schema: { type: "string" },
    example: "/runs/01M84KSTQVRD05QHBZK6VTEBKV",
  },
  "Retry-After": {
    description:
      "After how many seconds the request may be sent again, where that is known; nothing of it has been done. It is there when the account's limit at Klaviyo is used up.",
    schema: { type: "integer", minimum: 1 },
    example: 34,
  },
} as const;

export const headerParameters = {
  ifMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description: "The `ETag` of the version that is to be replaced.",
    schema: { type: "string" },
    example: '"3"',
  },
  idempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "Makes a repetition safe: chosen by the caller, a new one for every new request.",
    schema: { type: "string", minLength: 1, maxLength: 200 },
    example: "0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11",
  },
} as const;

/** Values that the problems' messages are filled with in examples. */
export const exampleParams: Readonly<Record<string, string | number>> = {
  code: "permission_denied",
  kind: "export",
  id: ids.export,
  attribute: "syncMode",
  reason: "displayName: is required",
  limit: 65_536,
  what: "columns",
  columns: 3,
  names: 2,
  role: "Administrator",
  connectionId: ids.connection,
  exportId: ids.export,
  runId: ids.run,
  previewId: ids.preview,
  displayName: "Shop",
  format: "Delta Lake",
  count: 1,
  exports: ids.export,
  named: `“Newsletter” (${ids.export})`,
  scopes: "profiles:write",
  minutes: 15,
  found: "XyZ789",
  expected: "AbC123",
  listId: "LiSt01",
  segment: "customers",
  file: "part-1.csv",
  other: "country=DE/part-1.csv",
  otherFields: "“country”",
  field: "Email",
  fields: "Name, Orders",
  status: "successful",
  method: "GET",
  path: "/nothing",
  sourceId: "customer-insights",
  source: "Customer Insights",
  place: "container “exports” of storage account “contosodata”",
  cells: 4,
  runs: 2,
  first: "2026/11/25/0600",
  second: "2026/11/26/0600",
  clientId: "6f1c2a3b-4d5e-4f60-8a7b-9c0d1e2f3a4b",
  tenantId: "0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d",
  issuer: "https://a1b2c3d4.tokens.sts.global.api.aws",
  subject: "arn:aws:iam::123456789012:role/segment-export-prepare-run",
  audience: "api://AzureADTokenExchange",
};
