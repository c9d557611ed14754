import * as z from "zod";
import type { ExportSettings } from "../../../shared/domain/export";
import type { ExportSchedule, SystemScheduleSettings } from "../../../shared/domain/schedule";
import type { Session } from "../session/session";
import type {
  AuditEntry,
  ConnectionAnswer,
  ExportAnswer,
  ListAnswer,
  Page,
  RunAnswer,
  SegmentDescription,
  SegmentSummary,
  SystemScheduleAnswer,
} from "./answers";
import { createApiFetch } from "./api-fetch";

type Query = Readonly<Record<string, string | number | undefined>>;

export type NewKey = { readonly apiKey: string } | { readonly secretArn: string };
export interface ConnectionSettings {
  readonly displayName: string;
  readonly sharing: "administrators" | "administratorsAndContributors";
  readonly profileLimit: number;
}
export type NewConnection = Pick<ConnectionSettings, "displayName"> &
  Partial<ConnectionSettings> &
  NewKey & { readonly agree: true };
export interface RunOptions {
  readonly mode?: "incremental" | "full";
}

export type Api = ReturnType<typeof openApi>;

/** The REST API, an operation a function; each throws `Failure`. */
export function openApi(session: Session) {
  const apiFetch = createApiFetch(session);
  const send = async <Answer>(
    method: string,
    path: string,
    { query = {}, body }: { query?: Query; body?: object } = {},
  ): Promise<Answer> => {
    const url = new URL(`${session.url}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await apiFetch(
      new Request(url, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      }),
    );
    const text = await response.text();
    return z.custom<Answer>().parse(text === "" ? undefined : JSON.parse(text));
  };
  const id = encodeURIComponent;

  return {
    listConnections: (query: Query = {}) =>
      send<Page<ConnectionAnswer>>("GET", "/connections", { query }),
    getConnection: (connectionId: string) =>
      send<ConnectionAnswer>("GET", `/connections/${id(connectionId)}`),
    createConnection: (body: NewConnection) =>
      send<ConnectionAnswer>("POST", "/connections", { body }),
    updateConnection: (connectionId: string, body: ConnectionSettings, version?: number) =>
      send<ConnectionAnswer>("PUT", `/connections/${id(connectionId)}`, {
        body: { ...body, version },
      }),
    deleteConnection: (connectionId: string) =>
      send<undefined>("DELETE", `/connections/${id(connectionId)}`),
    verifyConnection: (connectionId: string) =>
      send<ConnectionAnswer>("POST", `/connections/${id(connectionId)}/verification`),
    replaceKey: (connectionId: string, body: NewKey) =>
      send<ConnectionAnswer>("PUT", `/connections/${id(connectionId)}/key`, { body }),
    listKlaviyoLists: (connectionId: string, query: Query = {}) =>
      send<Page<ListAnswer>>("GET", `/connections/${id(connectionId)}/lists`, { query }),
    createKlaviyoList: (connectionId: string, name: string) =>
      send<ListAnswer>("POST", `/connections/${id(connectionId)}/lists`, { body: { name } }),
    listConnectionExports: (connectionId: string, query: Query = {}) =>
      send<Page<ExportAnswer>>("GET", `/connections/${id(connectionId)}/exports`, { query }),
    detachConnectionExports: (connectionId: string) =>
      send<Page<ExportAnswer>>("DELETE", `/connections/${id(connectionId)}/exports`),

    listSegments: (query: Query = {}) => send<Page<SegmentSummary>>("GET", "/segments", { query }),
    viewSegment: (segment: string, query: Query = {}) =>
      send<SegmentDescription>("GET", `/segments/${id(segment)}`, { query }),

    listExports: (query: Query = {}) => send<Page<ExportAnswer>>("GET", "/exports", { query }),
    getExport: (exportId: string) => send<ExportAnswer>("GET", `/exports/${id(exportId)}`),
    createExport: (body: ExportSettings) => send<ExportAnswer>("POST", "/exports", { body }),
    updateExport: (exportId: string, body: ExportSettings, version?: number) =>
      send<ExportAnswer>("PUT", `/exports/${id(exportId)}`, { body: { ...body, version } }),
    deleteExport: (exportId: string) => send<undefined>("DELETE", `/exports/${id(exportId)}`),
    attachExport: (exportId: string, body: { connectionId: string; listId?: string }) =>
      send<ExportAnswer>("PUT", `/exports/${id(exportId)}/connection`, { body }),
    detachExport: (exportId: string) =>
      send<ExportAnswer>("DELETE", `/exports/${id(exportId)}/connection`),
    scheduleExport: (exportId: string, body: ExportSchedule) =>
      send<Pick<ExportAnswer, "exportId" | "schedule" | "nextRun">>(
        "PUT",
        `/exports/${id(exportId)}/schedule`,
        { body },
      ),

    startRun: (exportId: string, body: RunOptions) =>
      send<RunAnswer>("POST", `/exports/${id(exportId)}/runs`, { body }),
    runAll: () => send<Page<{ exportId: string; runId: string }>>("POST", "/runs", { body: {} }),
    listRuns: (exportId: string, query: Query = {}) =>
      send<Page<RunAnswer>>("GET", `/exports/${id(exportId)}/runs`, { query }),
    getRun: (runId: string) => send<RunAnswer>("GET", `/runs/${id(runId)}`),
    cancelRun: (runId: string) => send<RunAnswer>("POST", `/runs/${id(runId)}/cancel`),
    rejectionsLink: (runId: string) =>
      send<{ url: string; expiresAt: string }>("GET", `/runs/${id(runId)}/rejections`),

    viewSchedule: () => send<SystemScheduleAnswer>("GET", "/schedule"),
    updateSchedule: (body: SystemScheduleSettings) =>
      send<SystemScheduleAnswer>("PUT", "/schedule", { body }),
    viewAudit: (query: Query = {}) => send<Page<AuditEntry>>("GET", "/audit", { query }),
  };
}
