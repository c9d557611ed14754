import { randomUUID } from "node:crypto";
import { createApiClient, type Loose } from "../../client/client";
import type { operations } from "../../client/api-types";
import { Failure } from "../failure";
import type { Session } from "../session/session";
import type { Page } from "../../../shared/domain/paging/every-page";
import type { ConnectionAnswer } from "./answers";
import { createApiFetch } from "./api-fetch";

type BodyOf<Name extends keyof operations> = operations[Name] extends {
  requestBody?: { content: { "application/json": infer Body } };
}
  ? Body
  : never;
type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

export type NewKey = { readonly apiKey: string } | { readonly secretArn: string };
export type RunOptions = BodyOf<"startRun">;
/** What was read, so that a change of it is refused when somebody else was faster. */
interface Read {
  readonly version?: number | undefined;
}
type ReadExport = Read & { readonly exportId: string };
type PageQuery = Loose<{ limit?: number; after?: string }>;

/** The REST API, an operation a function; each throws `Failure`. */
export type Api = ReturnType<typeof openApi>;

export function openApi(session: Session) {
  const client = createApiClient({
    url: session.url,
    token: session.token,
    fetch: createApiFetch(session),
  });
  const connection = (connectionId: string) => ({ params: { path: { connectionId } } });
  const anExport = (exportId: string) => ({ params: { path: { exportId } } });
  const aRun = (runId: string) => ({ params: { path: { runId } } });
  const page = (query: PageQuery) => ({ params: { query } });

  return {
    listConnections: async (
      query: Loose<QueryOf<"listConnections">>,
    ): Promise<Page<ConnectionAnswer>> =>
      answer(
        client.GET("/connections", {
          params: { query },
        }),
      ),
    getConnection: async (connectionId: string): Promise<ConnectionAnswer> =>
      answer(client.GET("/connections/{connectionId}", connection(connectionId))),
    createConnection: async (body: Loose<BodyOf<"createConnection">>): Promise<ConnectionAnswer> =>
      answer(client.POST("/connections", { ...once(), body })),
    updateConnection: async (
      { connectionId, ...read }: Read & { readonly connectionId: string },
      body: Loose<BodyOf<"updateConnection">>,
    ) =>
      answer(
        client.PUT("/connections/{connectionId}", {
          ...ifStill(read),
          ...connection(connectionId),
          body,
        }),
      ),
    deleteConnection: async (connectionId: string) => {
      await client.DELETE("/connections/{connectionId}", connection(connectionId));
    },
    verifyConnection: async (connectionId: string) =>
      answer(client.POST("/connections/{connectionId}/verification", connection(connectionId))),
    replaceKey: async (connectionId: string, body: NewKey) =>
      answer(client.PUT("/connections/{connectionId}/key", { ...connection(connectionId), body })),
    listKlaviyoLists: async (connectionId: string, query: Loose<QueryOf<"listKlaviyoLists">>) =>
      answer(
        client.GET("/connections/{connectionId}/lists", {
          params: { path: { connectionId }, query },
        }),
      ),
    createKlaviyoList: async (connectionId: string, name: string) =>
      answer(
        client.POST("/connections/{connectionId}/lists", {
          ...once(),
          ...connection(connectionId),
          body: { name },
        }),
      ),
    listConnectionExports: async (connectionId: string, query: PageQuery) =>
      answer(
        client.GET("/connections/{connectionId}/exports", {
          params: { path: { connectionId }, query },
        }),
      ),
    detachConnectionExports: async (connectionId: string) =>
      answer(client.DELETE("/connections/{connectionId}/exports", connection(connectionId))),

    listSegments: async (query: PageQuery) => answer(client.GET("/segments", page(query))),
    viewSegment: async (segment: string, query: { emailField?: string | undefined } = {}) =>
      answer(
        client.GET("/segments/{segment}", {
          params: { path: { segment }, query },
        }),
      ),

    viewSegmentSettings: async (segment: string) =>
      answer(client.GET("/segments/{segment}/settings", { params: { path: { segment } } })),
    updateSegmentSettings: async (
      segment: string,
      read: Read,
      body: Loose<BodyOf<"updateSegmentSettings">>,
    ) =>
      answer(
        client.PUT("/segments/{segment}/settings", {
          ...ifStill(read),
          params: { path: { segment } },
          body,
        }),
      ),

    listExports: async (query: Loose<QueryOf<"listExports">>) =>
      answer(client.GET("/exports", { params: { query } })),
    getExport: async (exportId: string) =>
      answer(client.GET("/exports/{exportId}", anExport(exportId))),
    createExport: async (body: Loose<BodyOf<"createExport">>) =>
      answer(client.POST("/exports", { ...once(), body })),
    updateExport: async ({ exportId, ...read }: ReadExport, body: Loose<BodyOf<"updateExport">>) =>
      answer(
        client.PUT("/exports/{exportId}", {
          ...ifStill(read),
          ...anExport(exportId),
          body,
        }),
      ),
    deleteExport: async (exportId: string) => {
      await client.DELETE("/exports/{exportId}", anExport(exportId));
    },
    attachExport: async ({ exportId, ...read }: ReadExport, body: Loose<BodyOf<"attachExport">>) =>
      answer(
        client.PUT("/exports/{exportId}/connection", {
          ...ifStill(read),
          ...anExport(exportId),
          body,
        }),
      ),
    detachExport: async (exportId: string) =>
      answer(client.DELETE("/exports/{exportId}/connection", anExport(exportId))),
    scheduleExport: async (
      { exportId, ...read }: ReadExport,
      body: Loose<BodyOf<"scheduleExport">>,
    ) =>
      answer(
        client.PUT("/exports/{exportId}/schedule", {
          ...ifStill(read),
          ...anExport(exportId),
          body,
        }),
      ),

    startRun: async (exportId: string, body: RunOptions) =>
      answer(client.POST("/exports/{exportId}/runs", { ...once(), ...anExport(exportId), body })),
    runAll: async () => answer(client.POST("/runs", { ...once(), body: {} })),
    createPreview: async (exportId: string, body: BodyOf<"createPreview">) =>
      answer(
        client.POST("/exports/{exportId}/previews", { ...once(), ...anExport(exportId), body }),
      ),
    getPreview: async (exportId: string, previewId: string) =>
      answer(
        client.GET("/exports/{exportId}/previews/{previewId}", {
          params: { path: { exportId, previewId } },
        }),
      ),
    listRuns: async (exportId: string, query: Loose<QueryOf<"listRuns">>) =>
      answer(
        client.GET("/exports/{exportId}/runs", {
          params: { path: { exportId }, query },
        }),
      ),
    getRun: async (runId: string) => answer(client.GET("/runs/{runId}", aRun(runId))),
    cancelRun: async (runId: string) => answer(client.POST("/runs/{runId}/cancel", aRun(runId))),
    rejectionsLink: async (runId: string) =>
      answer(client.GET("/runs/{runId}/rejections", aRun(runId))),

    viewSchedule: async () => answer(client.GET("/schedule")),
    updateSchedule: async (body: Loose<BodyOf<"updateSchedule">>) =>
      answer(client.PUT("/schedule", { body })),
    viewAudit: async (query: Loose<QueryOf<"viewAudit">>) =>
      answer(client.GET("/audit", { params: { query } })),
  };
}

/** A key by which the API knows the repetition of a creation or a start. */
function once(): { headers: Record<string, string> } {
  return { headers: { "idempotency-key": randomUUID() } };
}

/** An ETag is the version in quotes, so that what came in a list has one too. */
function ifStill({ version }: Read): { headers?: Record<string, string> } {
  return version === undefined ? {} : { headers: { "if-match": `"${version}"` } };
}

/** What succeeded; the sending has thrown for whatever did not. */
async function answer<Data>(call: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  const { data, response } = await call;
  if (data === undefined) {
    throw new Failure({
      code: "answerEmpty",
      message: `The API answered ${response.status} with nothing. Tell the operators.`,
      exit: "unreachable",
    });
  }
  return data;
}
