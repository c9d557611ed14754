import {
  LONGEST_PREVIEW_SECONDS,
  PREVIEW_LIFETIME_SECONDS,
  type Preview,
} from "../../../domain/exports/preview";
import type { PreviewOptions } from "../../../domain/runs/run-options";
import type { Caller } from "../../../domain/access/identity";
import { DomainError, problem } from "../../../domain/problems/problem";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Log,
  PreviewStore,
  RunQueues,
} from "../../../ports";
import { getManagedExport } from "../../access/managed-export";
import { checkRunOptions } from "../start/check-run-options";

export interface RequestPreviewDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get">;
  readonly previews: Pick<PreviewStore, "create">;
  readonly queues: Pick<RunQueues, "preview">;
  readonly clock: Pick<Clock, "now">;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/**
 * Has it found out what a run of an export would do. A run may go on beside it, and previews of other callers; of
 * one caller's, one at a time. Throws `exportNotFound`, `notPermitted`, what {@link checkRunOptions} throws, and
 * `previewRunning`, which names the preview that is under way.
 */
export async function requestPreview(
  dependencies: RequestPreviewDependencies,
  {
    caller,
    exportId,
    options,
    previewId = dependencies.ids.next(),
  }: {
    caller: Caller;
    exportId: string;
    options: PreviewOptions;
    /** Given when the request may be repeated: there is one preview then. @default a new id */
    previewId?: string | undefined;
  },
): Promise<Preview> {
  const { previews, queues, clock, log } = dependencies;
  const found = await getManagedExport(dependencies, caller, exportId, "createPreview");
  checkRunOptions(caller, found, options);
  const { connectionId } = found;
  const preview: Preview = {
    previewId,
    exportId,
    connectionId,
    ...options,
    requestedBy: caller.userId,
    requestedAt: clock.now().toISOString(),
    status: "running",
  };
  const { underWay } = await previews.create(preview);
  if (underWay !== undefined) {
    throw new DomainError("previewRunning", { previewId: underWay });
  }
  await queues.preview(connectionId, { exportId, previewId });
  log.info("previewRequested", { exportId, previewId });
  return preview;
}

/**
 * Shows a preview to who may manage its export. Throws `exportNotFound`, `notPermitted`, and
 * `previewNotFound`, also for one that is too old or was made on another connection.
 */
export async function getPreview(
  dependencies: Pick<RequestPreviewDependencies, "connections" | "exports" | "clock"> & {
    readonly previews: Pick<PreviewStore, "get">;
  },
  { caller, exportId, previewId }: { caller: Caller; exportId: string; previewId: string },
): Promise<Preview> {
  const { previews, clock } = dependencies;
  const { connectionId } = await getManagedExport(dependencies, caller, exportId, "viewPreview");
  const preview = await previews.get(exportId, previewId);
  const age = clock.now().getTime() - Date.parse(preview?.requestedAt ?? "");
  const isOld = age > PREVIEW_LIFETIME_SECONDS * 1_000 && preview?.status !== "running";
  if (preview === undefined || isOld || preview.connectionId !== connectionId) {
    throw new DomainError("previewNotFound", { previewId });
  }
  return preview.status === "running" && age > LONGEST_PREVIEW_SECONDS * 1_000
    ? { ...preview, status: "failed", problem: problem("internalError") }
    : preview;
}
