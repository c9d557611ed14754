import { connectionsContract, type KeyFields } from "../../../shared/contract/connections";
import type { NewKey } from "../../../shared/use-cases/klaviyo/connection-key";
import type { Caller } from "../../../shared/domain/access/identity";
import { beginSignIn } from "../../../shared/use-cases/connections/begin-sign-in";
import { createConnection } from "../../../shared/use-cases/connections/create-connection";
import { deleteConnection } from "../../../shared/use-cases/connections/delete-connection";
import {
  createKlaviyoList,
  getKlaviyoList,
  listKlaviyoLists,
} from "../../../shared/use-cases/connections/klaviyo-lists";
import { replaceKey } from "../../../shared/use-cases/connections/replace-key";
import { updateConnection } from "../../../shared/use-cases/connections/update-connection";
import { verifyConnection } from "../../../shared/use-cases/connections/verify-connection";
import {
  getConnection,
  listConnections,
} from "../../../shared/use-cases/connections/view-connections";
import { viewPace } from "../../../shared/use-cases/connections/view-pace";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { presentPage } from "../../middleware/page-answer";
import { auditedConnection, presentConnection, presentWholeConnection } from "./connection-answer";
import { listRequestOf, pageOf } from "../../../shared/contract/request-parts";
import { presentPace } from "./pace-answer";
import type { ConnectionsApiDependencies } from "./dependencies";
import { connectionsApiDependencies } from "./wiring";

/** Makes the function behind `/connections`. */
export function createHandler(dependencies: ConnectionsApiDependencies): ApiHandler {
  return createApi("connectionsApi", connectionsContract, dependencies, {
    "POST /connections": async ({ caller, log, note, seed, body }) => {
      const { agree, apiKey: _key, secretArn: _ownSecret, signIn: _signIn, ...settings } = body;
      const connection = await createConnection(
        { ...dependencies, log },
        {
          ...{ caller, settings, agree, key: newKeyOf(caller, body) },
          connectionId: seed,
        },
      );
      const { connectionId } = connection;
      note({
        target: { kind: "connection", id: connectionId },
        after: auditedConnection(connection),
      });
      return presentWholeConnection(caller, connection);
    },

    "POST /sign-ins": async ({ caller, body }) => {
      const { expiresAt, ...start } = await beginSignIn(dependencies, { caller, ...body });
      return { ...start, expiresAt: expiresAt.toISOString() };
    },

    "GET /connections": async ({ caller, query }) =>
      presentPage(
        caller,
        await listConnections(dependencies, { caller, ...listRequestOf(query) }),
        (view) => presentConnection(caller, view),
      ),

    "GET /connections/{connectionId}": async ({ caller, path }) =>
      presentConnection(caller, await getConnection(dependencies, { caller, ...path })),

    "PUT /connections/{connectionId}": async ({
      caller,
      log,
      note,
      path,
      ifMatch,
      body: { version: named, ...settings },
    }) => {
      const version = ifMatch ?? named;
      const { before, after } = await updateConnection(
        { ...dependencies, log },
        { caller, ...path, settings, version },
      );
      note({ before: auditedConnection(before), after: auditedConnection(after) });
      return presentWholeConnection(caller, after);
    },

    "DELETE /connections/{connectionId}": async ({ caller, log, note, path }) => {
      const removed = await deleteConnection({ ...dependencies, log }, { caller, ...path });
      note({ before: auditedConnection(removed) });
    },

    "POST /connections/{connectionId}/verification": async ({ caller, log, note, path }) => {
      const connection = await verifyConnection({ ...dependencies, log }, { caller, ...path });
      note({ after: auditedConnection(connection) });
      return presentWholeConnection(caller, connection);
    },

    "PUT /connections/{connectionId}/key": async ({ caller, log, note, path, body }) => {
      const { before, after } = await replaceKey(
        { ...dependencies, log },
        { caller, ...path, key: newKeyOf(caller, body) },
      );
      note({ before: auditedConnection(before), after: auditedConnection(after) });
      return presentWholeConnection(caller, after);
    },

    "GET /connections/{connectionId}/pace": async ({ caller, path }) =>
      presentPace(await viewPace(dependencies, { caller, ...path })),

    "GET /connections/{connectionId}/lists": async ({ caller, log, path, query }) =>
      presentPage(
        caller,
        await listKlaviyoLists(
          { ...dependencies, log },
          {
            ...{ caller, ...path, page: pageOf(query) },
            search: query.search,
          },
        ),
        (list) => list,
      ),

    "POST /connections/{connectionId}/lists": async ({ caller, log, note, path, body }) => {
      const list = await createKlaviyoList({ ...dependencies, log }, { caller, ...path, ...body });
      note({ after: list });
      return list;
    },

    "GET /connections/{connectionId}/lists/{listId}": async ({ caller, log, path }) =>
      getKlaviyoList({ ...dependencies, log }, { caller, ...path }),
  });
}

function newKeyOf({ userId }: Caller, { apiKey, secretArn, signIn }: KeyFields): NewKey {
  if (signIn !== undefined) {
    return { kind: "signIn", userId, ...signIn };
  }
  return secretArn === undefined
    ? { kind: "typed", apiKey: apiKey ?? "" }
    : { kind: "ownSecret", secretArn };
}

export const handler = lazyHandler(() => createHandler(connectionsApiDependencies()));
