import * as z from "zod";
import { apiKeySchema, CONSENT_WORDING, sharingSchema } from "../../shared/domain/connection";
import { connectionsApiDependencies } from "../../shared/dependencies";
import type { ConnectionsApiDependencies } from "../../shared/use-cases/api-dependencies";
import { createConnection } from "../../shared/use-cases/create-connection";
import { deleteConnection } from "../../shared/use-cases/delete-connection";
import { getConnection, listConnections } from "../../shared/use-cases/view-connections";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { created, noContent, ok, okPage } from "./answers/answer";
import { presentConnection } from "./answers/connection-answer";
import {
  idSchema,
  noBody,
  noParameters,
  pageOf,
  pageQuerySchema,
  shownNameSchema,
} from "./request-schemas";

/** The body of `POST /connections`. */
export const createConnectionBodySchema = z.strictObject({
  displayName: shownNameSchema,
  apiKey: apiKeySchema,
  /** Consent, ticked: the answer to anything else quotes the wording. */
  agree: z.literal(true, { error: `must be true, which says: “${CONSENT_WORDING.text}”` }),
  sharing: sharingSchema.optional(),
  profileLimit: z.number().int().min(1).max(1_000_000_000).optional(),
});

const connectionPath = z.strictObject({ connectionId: idSchema });

/** Makes the function behind `/connections`. */
export function createHandler(dependencies: ConnectionsApiDependencies): ApiHandler {
  return createApi("connectionsApi", dependencies, {
    "POST /connections": operation(
      { path: noParameters, query: noParameters, body: createConnectionBodySchema },
      async ({ caller, log, body: { sharing, profileLimit, ...required } }) => {
        const connection = await createConnection(
          { ...dependencies, log },
          {
            caller,
            ...required,
            ...(sharing === undefined ? {} : { sharing }),
            ...(profileLimit === undefined ? {} : { profileLimit }),
          },
        );
        return created(
          `/connections/${connection.connectionId}`,
          presentConnection({ kind: "full", connection }),
        );
      },
    ),

    "GET /connections": operation(
      { path: noParameters, query: pageQuerySchema, body: noBody },
      async ({ caller, query }) =>
        okPage(
          await listConnections(dependencies, { caller, page: pageOf(query) }),
          presentConnection,
        ),
    ),

    "GET /connections/{connectionId}": operation(
      { path: connectionPath, query: noParameters, body: noBody },
      async ({ caller, path }) =>
        ok(presentConnection(await getConnection(dependencies, { caller, ...path }))),
    ),

    "DELETE /connections/{connectionId}": operation(
      { path: connectionPath, query: noParameters, body: noBody },
      async ({ caller, log, path }) => {
        await deleteConnection({ ...dependencies, log }, { caller, ...path });
        return noContent();
      },
    ),
  });
}

export const handler = lazyHandler(() => createHandler(connectionsApiDependencies()));
