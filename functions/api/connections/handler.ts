import { connectionsContract, type KeyFields } from "../../../shared/contract/connections";
import { connectionsApiDependencies } from "./wiring";
import type { ConnectionsApiDependencies } from "../../../shared/use-cases/api-dependencies";
import type { NewKey } from "../../../shared/use-cases/klaviyo/connection-key";
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
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { created, noContent, ok, okPage, versioned } from "../../middleware/answer";
import { connectionSnapshot, presentConnection } from "./connection-answer";
import { listRequestOf, pageOf } from "../../../shared/contract/request-parts";

/** Makes the function behind `/connections`. */
export function createHandler(dependencies: ConnectionsApiDependencies): ApiHandler {
  return createApi("connectionsApi", dependencies, {
    "POST /connections": operation(
      connectionsContract["POST /connections"],
      async ({ caller, log, note, seed, body }) => {
        const { agree, apiKey: _key, secretArn: _ownSecret, ...settings } = body;
        const connection = await createConnection(
          { ...dependencies, log },
          {
            ...{ caller, settings, agree, key: newKeyOf(body) },
            ...(seed === undefined ? {} : { connectionId: seed }),
          },
        );
        const { connectionId } = connection;
        note({
          target: { kind: "connection", id: connectionId },
          after: connectionSnapshot(connection),
        });
        return versioned(
          created(`/connections/${connectionId}`, presentConnection({ kind: "full", connection })),
          connection,
        );
      },
    ),

    "GET /connections": operation(
      connectionsContract["GET /connections"],
      async ({ caller, query }) =>
        okPage(
          caller,
          await listConnections(dependencies, { caller, ...listRequestOf(query) }),
          presentConnection,
        ),
    ),

    "GET /connections/{connectionId}": operation(
      connectionsContract["GET /connections/{connectionId}"],
      async ({ caller, path }) => {
        const view = await getConnection(dependencies, { caller, ...path });
        const answer = ok(presentConnection(view));
        return view.kind === "full" ? versioned(answer, view.connection) : answer;
      },
    ),

    "PUT /connections/{connectionId}": operation(
      connectionsContract["PUT /connections/{connectionId}"],
      async ({ caller, log, note, path, ifMatch, body: { version: named, ...settings } }) => {
        const version = ifMatch ?? named;
        const { before, after } = await updateConnection(
          { ...dependencies, log },
          { caller, ...path, settings, ...(version === undefined ? {} : { version }) },
        );
        note({ before: connectionSnapshot(before), after: connectionSnapshot(after) });
        return versioned(ok(presentConnection({ kind: "full", connection: after })), after);
      },
    ),

    "DELETE /connections/{connectionId}": operation(
      connectionsContract["DELETE /connections/{connectionId}"],
      async ({ caller, log, note, path }) => {
        const removed = await deleteConnection({ ...dependencies, log }, { caller, ...path });
        note({ before: connectionSnapshot(removed) });
        return noContent();
      },
    ),

    "POST /connections/{connectionId}/verification": operation(
      connectionsContract["POST /connections/{connectionId}/verification"],
      async ({ caller, log, note, path }) => {
        const connection = await verifyConnection({ ...dependencies, log }, { caller, ...path });
        note({ after: connectionSnapshot(connection) });
        return versioned(ok(presentConnection({ kind: "full", connection })), connection);
      },
    ),

    "PUT /connections/{connectionId}/key": operation(
      connectionsContract["PUT /connections/{connectionId}/key"],
      async ({ caller, log, note, path, body }) => {
        const { before, after } = await replaceKey(
          { ...dependencies, log },
          { caller, ...path, key: newKeyOf(body) },
        );
        note({ before: connectionSnapshot(before), after: connectionSnapshot(after) });
        return versioned(ok(presentConnection({ kind: "full", connection: after })), after);
      },
    ),

    "GET /connections/{connectionId}/lists": operation(
      connectionsContract["GET /connections/{connectionId}/lists"],
      async ({ caller, log, path, query }) =>
        okPage(
          caller,
          await listKlaviyoLists(
            { ...dependencies, log },
            {
              ...{ caller, ...path, page: pageOf(query) },
              ...(query.search === undefined ? {} : { search: query.search }),
            },
          ),
          (list) => list,
        ),
    ),

    "POST /connections/{connectionId}/lists": operation(
      connectionsContract["POST /connections/{connectionId}/lists"],
      async ({ caller, log, note, path, body }) => {
        const list = await createKlaviyoList(
          { ...dependencies, log },
          { caller, ...path, ...body },
        );
        note({ after: list });
        return created(`/connections/${path.connectionId}/lists/${list.id}`, list);
      },
    ),

    "GET /connections/{connectionId}/lists/{listId}": operation(
      connectionsContract["GET /connections/{connectionId}/lists/{listId}"],
      async ({ caller, log, path }) =>
        ok(await getKlaviyoList({ ...dependencies, log }, { caller, ...path })),
    ),
  });
}

function newKeyOf({ apiKey, secretArn }: KeyFields): NewKey {
  return secretArn === undefined
    ? { kind: "typed", apiKey: apiKey ?? "" }
    : { kind: "ownSecret", secretArn };
}

export const handler = lazyHandler(() => createHandler(connectionsApiDependencies()));
