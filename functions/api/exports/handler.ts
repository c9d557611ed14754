import { exportsContract } from "../../../shared/contract/exports";
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
import { createApi, type ApiHandler } from "../../middleware/api";
import type { ChangeNote } from "../../middleware/api-event";
import { lazyHandler } from "../../middleware/lazy-handler";
import { presentPage } from "../../middleware/page-answer";
import { auditedExport, presentExport } from "./export-answer";
import { listRequestOf } from "../../../shared/contract/request-parts";
import type { ExportsApiDependencies } from "./dependencies";
import { exportsApiDependencies } from "./wiring";

/** Makes the function behind `/exports`. */
export function createHandler(dependencies: ExportsApiDependencies): ApiHandler {
  return createApi("exportsApi", exportsContract, dependencies, {
    "POST /exports": async ({ caller, log, note, seed, body }) => {
      const view = await createExport(
        { ...dependencies, log },
        { caller, settings: body, exportId: seed },
      );
      note({
        target: { kind: "export", id: view.export.exportId },
        after: auditedExport(view.export),
      });
      return presentExport(view);
    },

    "GET /exports": async ({ caller, query }) =>
      presentPage(
        caller,
        await listExports(dependencies, { caller, ...listRequestOf(query) }),
        presentExport,
      ),

    "GET /exports/{exportId}": async ({ caller, path }) => {
      const view = await getExport(dependencies, { caller, ...path });
      return presentExport(view);
    },

    "PUT /exports/{exportId}": async ({
      caller,
      log,
      note,
      path,
      ifMatch,
      body: { version: named, ...settings },
    }) => {
      const version = ifMatch ?? named;
      const change = await updateExport(
        { ...dependencies, log },
        { caller, ...path, settings, version },
      );
      return changed(note, change);
    },

    "DELETE /exports/{exportId}": async ({ caller, log, note, path }) => {
      const deleted = await deleteExport({ ...dependencies, log }, { caller, ...path });
      note({ before: auditedExport(deleted) });
    },

    "PUT /exports/{exportId}/connection": async ({
      caller,
      log,
      note,
      path,
      ifMatch,
      body: { connectionId, listId, agree },
    }) => {
      const change = await attachExport(
        { ...dependencies, log },
        {
          ...{ caller, ...path, connectionId, version: ifMatch },
          listId,
          agree,
        },
      );
      return changed(note, change);
    },

    "DELETE /exports/{exportId}/connection": async ({ caller, log, note, path }) =>
      changed(note, await detachExport({ ...dependencies, log }, { caller, ...path })),

    "GET /connections/{connectionId}/exports": async ({ caller, path, query }) =>
      presentPage(
        caller,
        await listConnectionExports(dependencies, { caller, ...path, ...listRequestOf(query) }),
        presentExport,
      ),

    "DELETE /connections/{connectionId}/exports": async ({ caller, log, note, path }) => {
      const views = await detachConnectionExports({ ...dependencies, log }, { caller, ...path });
      note({ after: { detached: views.map((view) => view.export.exportId) } });
      return { items: views.map(presentExport) };
    },
  });
}

/** Answers with the export as it now is, and tells the audit log of the change. */
function changed(
  note: (note: ChangeNote) => void,
  { before, view }: ExportChange,
): ReturnType<typeof presentExport> {
  note({ before: auditedExport(before), after: auditedExport(view.export) });
  return presentExport(view);
}

export const handler = lazyHandler(() => createHandler(exportsApiDependencies()));
