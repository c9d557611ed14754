import * as z from "zod";
import { exportSettingsSchema } from "../../shared/domain/export";
import { exportsApiDependencies } from "../../shared/dependencies";
import type { ExportsApiDependencies } from "../../shared/use-cases/api-dependencies";
import { createExport } from "../../shared/use-cases/create-export";
import { deleteExport } from "../../shared/use-cases/delete-export";
import { updateExport } from "../../shared/use-cases/update-export";
import { getExport, listExports } from "../../shared/use-cases/view-exports";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { created, noContent, ok, okPage } from "./answers/answer";
import { presentExport } from "./answers/export-answer";
import {
  idSchema,
  noBody,
  noParameters,
  pageOf,
  pageQuerySchema,
  shownNameSchema,
} from "./request-schemas";

/** The body of `POST /exports`. */
export const createExportBodySchema = z.strictObject({
  ...exportSettingsSchema.shape,
  displayName: shownNameSchema,
});

/** The body of `PUT /exports/{exportId}`: all settings, and the version that they are meant to replace. */
export const updateExportBodySchema = createExportBodySchema.extend({
  version: z.number().int().positive().optional(),
});

const exportPath = z.strictObject({ exportId: idSchema });

/** Makes the function behind `/exports`. */
export function createHandler(dependencies: ExportsApiDependencies): ApiHandler {
  return createApi("exportsApi", dependencies, {
    "POST /exports": operation(
      { path: noParameters, query: noParameters, body: createExportBodySchema },
      async ({ caller, log, body }) => {
        const view = await createExport({ ...dependencies, log }, { caller, settings: body });
        return created(`/exports/${view.export.exportId}`, presentExport(view));
      },
    ),

    "GET /exports": operation(
      { path: noParameters, query: pageQuerySchema, body: noBody },
      async ({ caller, query }) =>
        okPage(await listExports(dependencies, { caller, page: pageOf(query) }), presentExport),
    ),

    "GET /exports/{exportId}": operation(
      { path: exportPath, query: noParameters, body: noBody },
      async ({ caller, path }) =>
        ok(presentExport(await getExport(dependencies, { caller, ...path }))),
    ),

    "PUT /exports/{exportId}": operation(
      { path: exportPath, query: noParameters, body: updateExportBodySchema },
      async ({ caller, log, path, body: { version, ...settings } }) => {
        const view = await updateExport(
          { ...dependencies, log },
          { caller, ...path, settings, ...(version === undefined ? {} : { version }) },
        );
        return ok(presentExport(view));
      },
    ),

    "DELETE /exports/{exportId}": operation(
      { path: exportPath, query: noParameters, body: noBody },
      async ({ caller, log, path }) => {
        await deleteExport({ ...dependencies, log }, { caller, ...path });
        return noContent();
      },
    ),
  });
}

export const handler = lazyHandler(() => createHandler(exportsApiDependencies()));
