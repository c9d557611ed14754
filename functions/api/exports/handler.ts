import { exportsContract } from "../../../shared/contract/exports";
import { exportsApiDependencies } from "./wiring";
import type { ExportsApiDependencies } from "../../../shared/use-cases/api-dependencies";
import { attachExport } from "../../../shared/use-cases/exports/attach-export";
import { createExport } from "../../../shared/use-cases/exports/create-export";
import { deleteExport } from "../../../shared/use-cases/exports/delete-export";
import {
  detachConnectionExports,
  detachExport,
} from "../../../shared/use-cases/exports/detach-export";
import { listConnectionExports, listExports } from "../../../shared/use-cases/exports/list-exports";
import { updateExport, type ExportChange } from "../../../shared/use-cases/exports/update-export";
import { getExport } from "../../../shared/use-cases/exports/view-exports";
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import type { ApiResult, ChangeNote } from "../../middleware/api-event";
import { lazyHandler } from "../../middleware/lazy-handler";
import { created, noContent, ok, okPage, versioned } from "../../middleware/answer";
import { exportSnapshot, presentExport } from "./export-answer";
import { listRequestOf } from "../../../shared/contract/request-parts";

/** Makes the function behind `/exports`. */
export function createHandler(dependencies: ExportsApiDependencies): ApiHandler {
  return createApi("exportsApi", dependencies, {
    "POST /exports": operation(
      exportsContract["POST /exports"],
      async ({ caller, log, note, seed, body }) => {
        const view = await createExport(
          { ...dependencies, log },
          { caller, settings: body, ...(seed === undefined ? {} : { exportId: seed }) },
        );
        note({
          target: { kind: "export", id: view.export.exportId },
          after: exportSnapshot(view.export),
        });
        return versioned(
          created(`/exports/${view.export.exportId}`, presentExport(view)),
          view.export,
        );
      },
    ),

    "GET /exports": operation(exportsContract["GET /exports"], async ({ caller, query }) =>
      okPage(
        caller,
        await listExports(dependencies, { caller, ...listRequestOf(query) }),
        presentExport,
      ),
    ),

    "GET /exports/{exportId}": operation(
      exportsContract["GET /exports/{exportId}"],
      async ({ caller, path }) => {
        const view = await getExport(dependencies, { caller, ...path });
        return versioned(ok(presentExport(view)), view.export);
      },
    ),

    "PUT /exports/{exportId}": operation(
      exportsContract["PUT /exports/{exportId}"],
      async ({ caller, log, note, path, ifMatch, body: { version: named, ...settings } }) => {
        const version = ifMatch ?? named;
        const change = await updateExport(
          { ...dependencies, log },
          { caller, ...path, settings, ...(version === undefined ? {} : { version }) },
        );
        return changed(note, change);
      },
    ),

    "DELETE /exports/{exportId}": operation(
      exportsContract["DELETE /exports/{exportId}"],
      async ({ caller, log, note, path }) => {
        const deleted = await deleteExport({ ...dependencies, log }, { caller, ...path });
        note({ before: exportSnapshot(deleted) });
        return noContent();
      },
    ),

    "PUT /exports/{exportId}/connection": operation(
      exportsContract["PUT /exports/{exportId}/connection"],
      async ({ caller, log, note, path, ifMatch, body: { connectionId, listId, agree } }) => {
        const change = await attachExport(
          { ...dependencies, log },
          {
            ...{ caller, ...path, connectionId, version: ifMatch },
            ...(listId === undefined ? {} : { listId }),
            ...(agree === undefined ? {} : { agree }),
          },
        );
        return changed(note, change);
      },
    ),

    "DELETE /exports/{exportId}/connection": operation(
      exportsContract["DELETE /exports/{exportId}/connection"],
      async ({ caller, log, note, path }) =>
        changed(note, await detachExport({ ...dependencies, log }, { caller, ...path })),
    ),

    "GET /connections/{connectionId}/exports": operation(
      exportsContract["GET /connections/{connectionId}/exports"],
      async ({ caller, path, query }) =>
        okPage(
          caller,
          await listConnectionExports(dependencies, { caller, ...path, ...listRequestOf(query) }),
          presentExport,
        ),
    ),

    "DELETE /connections/{connectionId}/exports": operation(
      exportsContract["DELETE /connections/{connectionId}/exports"],
      async ({ caller, log, note, path }) => {
        const views = await detachConnectionExports({ ...dependencies, log }, { caller, ...path });
        note({ after: { detached: views.map((view) => view.export.exportId) } });
        return ok({ items: views.map(presentExport) });
      },
    ),
  });
}

/** Answers with the export as it now is, and tells the audit log of the change. */
function changed(note: (note: ChangeNote) => void, { before, view }: ExportChange): ApiResult {
  note({ before: exportSnapshot(before), after: exportSnapshot(view.export) });
  return versioned(ok(presentExport(view)), view.export);
}

export const handler = lazyHandler(() => createHandler(exportsApiDependencies()));
