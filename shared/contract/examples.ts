import { connectionPermissions } from "../domain/access/access-table";
import { CONSENT_WORDING, REQUIRED_SCOPES } from "../domain/connections/connection";
import { noNumbers, noRemovals } from "../domain/runs/run";
import { usualPreviewOptions, usualRunOptions } from "../domain/runs/run-options";

/** Examples of answers that several routes give. */

export const ids = {
  connection: "01M84KSTB3JY7Q4C6N1RKZ0F8D",
  export: "01M84KSTE9P2V5W8X3T6HMA1BC",
  run: "01M84KSTQVRD05QHBZK6VTEBKV",
  preview: "01M84KSTV7M2Q8H4N5XJ3C6DPR",
} as const;
const instant = "2026-11-02T08:00:00.000Z";
const made = {
  createdAt: instant,
  createdBy: "administrator-1",
  updatedAt: instant,
  updatedBy: "administrator-1",
};

/** Rather than a key: what looks like one has no place in a document. */
export const ownSecretExample =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:klaviyo-shop-AbCdEf";

export const connectionExample = {
  connectionId: ids.connection,
  type: "klaviyo",
  displayName: "Shop",
  sharing: "administratorsAndContributors",
  profileLimit: 100_000,
  account: { id: "AbC123", organizationName: "Example Shop", timezone: "Europe/Berlin" },
  scopes: [...REQUIRED_SCOPES],
  keySource: "typed",
  revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
  consent: {
    agreedBy: "administrator-1",
    agreedAt: instant,
    wordingVersion: CONSENT_WORDING.version,
    wording: CONSENT_WORDING.text,
  },
  exportUser: "administrator-1",
  version: 1,
  ...made,
  state: "neverUsed",
  stateFoundAt: instant,
  stateFoundBy: "check",
  permissions: [...connectionPermissions],
};

export const klaviyoListExample = { id: "LiSt01", name: "Newsletter" };

export const exportBodyExample = {
  displayName: "Customers to newsletter",
  connectionId: ids.connection,
  listId: klaviyoListExample.id,
  segments: ["customers"],
  mapping: { email: "Email" },
  syncMode: "upsert",
};

export const exportExample = {
  exportId: ids.export,
  version: 1,
  ...made,
  ...exportBodyExample,
  connection: { displayName: "Shop", type: "klaviyo" },
  schedule: { mode: "system" },
  nextRun: "2026-11-03T05:00:00.000Z",
  lastRun: null,
  permissions: ["view", "edit", "run", "delete", "attach", "detach"],
};

export const runExample = {
  runId: ids.run,
  exportId: ids.export,
  trigger: "onDemand",
  ...usualRunOptions,
  requestedBy: "contributor-1",
  status: "queued",
  settings: exportBodyExample,
  numbers: noNumbers,
  removals: noRemovals,
  warnings: [],
  progress: { settledChunks: 0, chunks: null, percent: 0, profiles: null },
  phases: [{ phase: "queued", from: instant }],
  timings: { requestedAt: instant, movedAt: instant },
  links: { self: `/runs/${ids.run}`, export: `/exports/${ids.export}` },
};

const previewRunning = {
  previewId: ids.preview,
  exportId: ids.export,
  ...usualPreviewOptions,
  requestedBy: "contributor-1",
  requestedAt: instant,
  status: "running",
  links: {
    self: `/exports/${ids.export}/previews/${ids.preview}`,
    export: `/exports/${ids.export}`,
  },
};
export const previewExample = {
  running: previewRunning,
  ready: {
    ...previewRunning,
    status: "ready",
    endedAt: "2026-11-02T08:00:02.000Z",
    numbers: {
      ...{ rows: 1_200, blank: 32, invalid: 12, duplicates: 56, members: 1_100 },
      ...{ new: 40, changed: 0, unchanged: 1_060, tooLarge: 0, leaving: 0 },
    },
    profiles: [{ type: "profile", attributes: { email: "customer.1@shop.example.com" } }],
    rejections: [
      {
        segment: "customers",
        file: "customers.csv",
        row: 1,
        email: null,
        code: "emailBlank",
        text: "The row has no email address.",
      },
    ],
    warnings: [],
    estimate: {
      calls: { importJobs: 1, statusPolls: 1, lookups: 0, removals: 0, subscriptions: 0 },
      seconds: 1,
    },
  },
};

export const recurrenceExample = {
  frequency: "weekly",
  days: ["monday", "thursday"],
  times: ["06:00", "14:30"],
  timeZone: "Europe/Berlin",
};

export const systemScheduleExample = {
  active: true,
  recurrence: recurrenceExample,
  version: 3,
  updatedAt: instant,
  updatedBy: "administrator-1",
  nextRuns: ["2026-11-02T13:30:00.000Z", "2026-11-05T05:00:00.000Z"],
};

export const scheduledExportExample = {
  exportId: ids.export,
  version: 3,
  schedule: { mode: "own", recurrence: recurrenceExample },
  nextRun: "2026-11-02T13:30:00.000Z",
};

const summary = {
  ...{ name: "customers", source: "bucket" },
  ...{ files: 1, bytes: 52_480, refreshedAt: instant },
};
export const segmentExample = {
  summary,
  rows: {
    ...{ segment: "customers", refreshedAt: instant, completeness: "proven", files: 2 },
    fields: ["Email", "Orders"],
    rows: [
      ["ada@example.com", "3"],
      ["grace@example.com", null],
    ],
    cut: false,
  },
  settings: {
    columns: ["Email", "First name", "Orders"],
    version: 2,
    updatedAt: instant,
    updatedBy: "user-1",
  },
  whole: {
    ...summary,
    fields: [
      { name: "Email", type: "text" },
      { name: "Orders", type: "number" },
    ],
    suggestedEmailField: "Email",
    rows: 1_200,
    emailField: "Email",
    suggestedMapping: { email: "Email" },
    members: 1_100,
    warnings: [],
    refreshes: [{ refreshedAt: instant, rows: 1_200, members: 1_100, emailField: "Email" }],
  },
};

export const signInStartExample = {
  authorizationUrl: "https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=example",
  redirectUri: "http://127.0.0.1:8976/callback",
  state: "1795708800.b3V0LW9mLXJhbmRvbQ.c2VhbC1vZi10aGUtc3RhdGU",
  expiresAt: "2026-11-26T12:15:00.000Z",
};

export const sourceExample = {
  sourceId: "customer-insights",
  kind: "customerInsights" as const,
  displayName: "Customer Insights",
  builtIn: false,
  place: {
    kind: "azure" as const,
    account: "contosodata",
    container: "exports",
    folder: "CustomerInsights_0123/Klaviyo",
  },
  credential: { kind: "sasToken" as const, expiresAt: "2027-01-01T00:00:00.000Z" },
  state: "working" as const,
  stateFoundAt: instant,
  stateFoundBy: "check" as const,
  refreshedAt: instant,
  tableCount: 1,
  tables: [{ name: "HighValue", fields: 24 }],
  refused: [],
  version: 1,
  ...{ createdAt: instant, createdBy: "administrator-1" },
  ...{ updatedAt: instant, updatedBy: "administrator-1" },
};

export const paceExample = {
  at: instant,
  calls: [
    {
      call: "createImportJob",
      burst: { used: 8, limit: 10 },
      steady: { used: 96, limit: 150 },
      heldUntil: "2026-11-02T08:00:30.000Z",
    },
  ],
  heldUntil: "2026-11-02T08:00:30.000Z",
  runs: [
    {
      runId: ids.run,
      exportId: ids.export,
      exportName: "Customers to newsletter",
      status: "running",
      phase: "pushing",
      calls: 96,
      nextCallAt: "2026-11-02T08:00:30.000Z",
    },
  ],
  otherRuns: 1,
  limits: { profilesPerRun: 100_000, listsPerDay: 150 },
};
