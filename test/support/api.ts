import { expect } from "@jest/globals";
import { noSignIn } from "./fakes/credentials";
import { createHandler as createAuditApi } from "../../functions/api/audit/handler";
import { createHandler as createCallerApi } from "../../functions/api/caller/handler";
import { createHandler as createConnectionsApi } from "../../functions/api/connections/handler";
import { createHandler as createDescriptionApi } from "../../functions/api/description/handler";
import { createHandler as createExplanationsApi } from "../../functions/api/explanations/handler";
import { createHandler as createExportsApi } from "../../functions/api/exports/handler";
import { createHandler as createRunsApi } from "../../functions/api/runs/handler";
import { createHandler as createSchedulesApi } from "../../functions/api/schedules/handler";
import { createHandler as createSegmentsApi } from "../../functions/api/segments/handler";
import { createHandler as createSourcesApi } from "../../functions/api/sources/handler";
import { apiRoutes, type ApiFunctionName } from "../../shared/config/api-routes";
import type { ApiHandler } from "../../functions/middleware/api";
import { contractedRoutes } from "../../shared/contract/contract";
import { problemAnswerSchema } from "../../shared/contract/answers/problem-answer";
import { problemsOf } from "../../shared/contract/route-contract";
import type { ApiEvent, ApiResult } from "../../functions/middleware/api-event";
import { createCalendar } from "../../shared/adapters/croner-calendar";
import type { Connection } from "../../shared/domain/connections/connection";
import type { Export } from "../../shared/domain/exports/export";
import type { Role } from "../../shared/domain/access/identity";
import { groupsCalledAsRoles, type TokenRules } from "../../shared/domain/access/token-rules";
import type { Preview } from "../../shared/domain/exports/preview";
import type { ReportedRejection } from "../../shared/domain/runs/rejection";
import type { Run } from "../../shared/domain/runs/run";
import type * as z from "zod";
import type { systemScheduleSchema } from "../../shared/domain/schedules/schedule";
import type {
  AuditLog,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Log,
  MemberPreparation,
  People,
  PreviewStore,
  RateLimiter,
  RunStore,
  RunTraces,
  SegmentDescriptions,
} from "../../shared/ports";
import { aConnection, anExport, aRun, aSegmentFile } from "./builders";
import { verifiedToken } from "./access-token";
import { fakeAuditLog } from "./fakes/stores/audit-log";
import { fakeClock, fakeIds, fakeLimiter } from "./fakes/clock-and-ids";
import { fakeConnectionStore } from "./fakes/stores/connection-store";
import { fakeExportStore } from "./fakes/stores/export-store";
import { accessTo } from "./fakes/klaviyo-access";
import { fakeKlaviyo, type FakeAccount } from "./fakes/klaviyo";
import { fakeLog } from "./fakes/log";
import { fakePreviewStore } from "./fakes/stores/preview-store";
import { fakeRunData } from "./fakes/stores/run-data";
import { fakeRunStore } from "./fakes/stores/run-store";
import { fakePeople } from "./fakes/people";
import { fakeSearch, fakeTraces } from "./fakes/explanations";
import { fakeSettingsStore, fakeStartQueue, fakeTimetable } from "./fakes/scheduling";
import { fakeRequestLedger } from "./fakes/stores/request-ledger";
import { fakeSecretStore } from "./fakes/stores/secret-store";
import type { FakeObjectFolder } from "./fakes/stores/object-folder";
import { fakeSources, fakeSourceSecrets } from "./fakes/stores/sources";
import { fakeSegmentSettings } from "./fakes/stores/segment-settings";
import { segmentsAsSet } from "../../shared/use-cases/segments/segments-as-set";
import {
  fakeSegmentDescriptions,
  fakeSegmentReader,
  fakeSegmentSource,
} from "./fakes/stores/segment-source";

/** Tokens are as a user pool of the stack's own issues them. */
export const tokens: TokenRules = {
  issuedBy: "cognito",
  rolesClaim: "cognito:groups",
  groups: groupsCalledAsRoles,
};

/** The key that Klaviyo accepts in these tests. */
export const acceptedKey = "pk_accepted0123456789";

/**
 * Every answer of the API in these tests is one that its description has: the status, the headers, the body
 * with nothing in it that is not described, and of problems the code.
 */
function expectDocumented(routeKey: string, answer: ApiResult): void {
  const contracted = contractedRoutes().find(({ key }) => key === routeKey);
  if (contracted === undefined) {
    return;
  }
  const { route, contract } = contracted;
  const status = answer.statusCode ?? 0;
  const body: any = answer.body === undefined ? undefined : JSON.parse(answer.body);
  if (status >= 400) {
    const { code } = problemAnswerSchema.parse(body);
    expect(problemsOf(route, contract)).toContainEqual({ code, status });
    return;
  }
  expect(status).toBe(contract.answer.status);
  expect(contract.answer.schema.parse(body)).toEqual(body);
  expect(answer.headers?.["location"] !== undefined).toBe(status === 201 || status === 202);
  const version = body?.version;
  expect(answer.headers?.["etag"]).toBe(
    contract.answer.etag === undefined || version === undefined ? undefined : `"${version}"`,
  );
}

export interface ApiRequestParts {
  readonly method: string;
  readonly path: string;
  readonly role?: Role;
  readonly body?: unknown;
  readonly query?: Record<string, string> | undefined;
  readonly headers?: Record<string, string>;
  /** Further parts of the event, put over those made from the above. */
  readonly event?: Record<string, any>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // Tests look into answers of every shape.
  readonly body: any;
  readonly text: string;
}

/** The event that an HTTP API makes of a request with a verified token. */
export function anApiEvent({
  method,
  path,
  role,
  body,
  query,
  headers,
  event,
}: ApiRequestParts): ApiEvent {
  const { routeKey, pathParameters } = matchRoute(method, path);
  const token = verifiedToken({
    sub: `${(role ?? "Administrator").toLowerCase()}-1`,
    "cognito:groups": [role ?? "Administrator"],
  });
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    queryStringParameters: query,
    pathParameters,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    ...event,
    headers: {
      ...token.headers,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
      ...event?.["headers"],
    },
    requestContext: {
      requestId: "request-1",
      http: { method, path },
      authorizer: token.authorizer,
      ...event?.["requestContext"],
    },
  } as unknown as ApiEvent;
}

function matchRoute(
  method: string,
  path: string,
): { routeKey: string; pathParameters?: Record<string, string>; name?: ApiFunctionName } {
  for (const route of apiRoutes) {
    const pattern = route.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = route.method === method ? new RegExp(`^${pattern}$`).exec(path) : null;
    if (match !== null) {
      return {
        routeKey: `${route.method} ${route.path}`,
        name: route.function,
        ...(match.groups === undefined ? {} : { pathParameters: { ...match.groups } }),
      };
    }
  }
  return { routeKey: "$default" };
}

export interface ApiState {
  readonly connections?: Connection[];
  readonly exports?: Export[];
  readonly runs?: Run[];
  /** The rows of every rejection report. */
  readonly rejections?: readonly ReportedRejection[];
  readonly previews?: Preview[];
  readonly account?: FakeAccount;
  readonly systemSchedule?: z.input<typeof systemScheduleSchema>;
  /** Further accounts by their keys. */
  readonly accounts?: Record<string, FakeAccount>;
  /** Secrets of the customer's own, by ARN. */
  readonly ownSecrets?: Record<string, string>;
  /** The folder of every source of segments. */
  readonly sourceFolder?: FakeObjectFolder;
  readonly limiter?: RateLimiter;
  readonly people?: People;
  /** What explanations find. */
  readonly search?: MemberPreparation;
  readonly traces?: RunTraces;
  /** In place of the fakes. */
  readonly stores?: Partial<{
    connections: ConnectionStore;
    exports: ExportStore;
    runs: RunStore;
    previews: PreviewStore;
    audit: AuditLog;
    ids: IdGenerator;
    log: Log;
    descriptions: SegmentDescriptions;
  }>;
}

/** The whole API over fakes: one connection, one export on it, one segment, one run. */
export function anApi(state: ApiState = {}) {
  const given = state.connections ?? [aConnection()];
  const clock = fakeClock();
  const log = fakeLog();
  const prepared: string[] = [];
  const confirmed: string[] = [];
  const connections = fakeConnectionStore(...given);
  const exports = fakeExportStore(...(state.exports ?? [anExport()]));
  const previews = fakePreviewStore(...(state.previews ?? []));
  const runs = fakeRunStore(...(state.runs ?? [aRun()]));
  const secrets = fakeSecretStore({
    ...Object.fromEntries(given.map(({ secretArn }) => [secretArn, acceptedKey])),
    ...state.ownSecrets,
  });
  const sourceSecrets = fakeSourceSecrets();
  const audit = fakeAuditLog();
  const requests = fakeRequestLedger();
  const data = fakeRunData();
  const klaviyo = fakeKlaviyo({
    [acceptedKey]: { lists: { LiSt01: "Newsletter", LiSt02: "Other" }, ...state.account },
    ...state.accounts,
  });
  const settings = fakeSettingsStore(state.systemSchedule);
  const timetable = fakeTimetable();
  const starts = fakeStartQueue();
  const reader = fakeSegmentReader();
  const segmentSettings = fakeSegmentSettings();
  const dependencies = {
    settings,
    timetable,
    starts,
    previews,
    calendar: createCalendar(),
    connections,
    exports,
    runs,
    secrets,
    klaviyo: accessTo(klaviyo, { ...{ connections, secrets, clock }, ...state.stores }),
    log,
    clock,
    audit,
    requests,
    data,
    segments: segmentsAsSet(
      fakeSegmentSource(aSegmentFile(), aSegmentFile({ segment: "vip" })),
      segmentSettings,
    ),
    segmentSettings,
    reader,
    descriptions: fakeSegmentDescriptions(),
    people: state.people ?? fakePeople(),
    limiter: state.limiter ?? fakeLimiter(clock),
    ids: fakeIds(),
    queues: {
      prepare: async (_group: string, runId: string) => {
        prepared.push(runId);
      },
      preview: async (_group: string, { previewId }: { previewId: string }) => {
        prepared.push(previewId);
      },
      confirm: async (_group: string, { runId }: { runId: string }) => {
        confirmed.push(runId);
      },
    },
    files: {
      rejectionRows: async (key: string, place: number) =>
        isExpired(key) ? undefined : rejectionsFrom(state.rejections ?? [], place),
      reportLink: async (key: string, seconds: number) =>
        isExpired(key) ? undefined : `https://reports.example/${key}?expires=${seconds}`,
    },
    signIn: noSignIn(),
    tokens,
    ...state.stores,
  };
  const handlers: Record<ApiFunctionName, ApiHandler> = {
    connectionsApi: createConnectionsApi(dependencies),
    auditApi: createAuditApi(dependencies),
    descriptionApi: createDescriptionApi(dependencies),
    callerApi: createCallerApi({ ...dependencies, stage: "test" }),
    segmentsApi: createSegmentsApi(dependencies),
    sourcesApi: createSourcesApi({
      ...fakeSources(clock, state.sourceFolder),
      ...dependencies,
      allExports: exports,
      secrets: sourceSecrets,
    }),
    exportsApi: createExportsApi(dependencies),
    runsApi: createRunsApi(dependencies),
    explanationsApi: createExplanationsApi({
      ...dependencies,
      // Whoever waits too long for the search never does so here.
      clock: { ...clock, sleep: () => new Promise(() => undefined) },
      preparation: state.search ?? fakeSearch(),
      traces: state.traces ?? fakeTraces(),
    }),
    schedulesApi: createSchedulesApi(dependencies),
  };

  /** Sends an event to the function behind its route, else to the one named. */
  async function send(event: ApiEvent, name?: ApiFunctionName): Promise<ApiAnswer> {
    const { method, path } = event.requestContext.http;
    const handler = handlers[matchRoute(method, path).name ?? name ?? "connectionsApi"];
    const answer = await handler(event, {} as never);
    const text = answer.body ?? "";
    expectDocumented(matchRoute(method, path).routeKey, answer);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers ?? {},
      body: text === "" ? undefined : JSON.parse(text),
      text,
    };
  }

  return {
    ...{
      previews,
      connections,
      exports,
      runs,
      secrets,
      sourceSecrets,
      klaviyo,
      clock,
      log,
      prepared,
      confirmed,
      handlers,
      send,
    },
    ...{ settings, segmentSettings, timetable, starts, reader },
    ...{ audit, deletedData: data.deleted, snapshots: data.snapshots, requests },
    request: (parts: ApiRequestParts) => send(anApiEvent(parts)),
  };
}

const isExpired = (key: string): boolean => key.includes("expired");

/** The rows of a report in memory, whose places are their numbers. */
async function* rejectionsFrom(rows: readonly ReportedRejection[], place: number) {
  for (const [index, row] of [...rows.entries()].slice(place)) {
    yield { row, next: index + 1 };
  }
}

export const aConnectionBody = {
  displayName: "New shop",
  apiKey: acceptedKey,
  agree: true,
} as const;

export const anExportBody = {
  displayName: "VIPs to newsletter",
  connectionId: "connection-1",
  listId: "LiSt01",
  segments: ["vip"],
  mapping: { email: "Email" },
} as const;
