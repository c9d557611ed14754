import * as z from "zod";
import {
  apiKeySchema,
  CONSENT_WORDING,
  secretArnSchema,
  sharingSchema,
} from "../../shared/domain/connection";
import { connectionsApiDependencies } from "../../shared/dependencies";
import type { ConnectionsApiDependencies } from "../../shared/use-cases/api-dependencies";
import type { NewKey } from "../../shared/use-cases/connection-key";
import { createConnection } from "../../shared/use-cases/create-connection";
import { deleteConnection } from "../../shared/use-cases/delete-connection";
import { createKlaviyoList, listKlaviyoLists } from "../../shared/use-cases/klaviyo-lists";
import { replaceKey } from "../../shared/use-cases/replace-key";
import { updateConnection } from "../../shared/use-cases/update-connection";
import { verifyConnection } from "../../shared/use-cases/verify-connection";
import { getConnection, listConnections } from "../../shared/use-cases/view-connections";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { created, noContent, ok, okPage } from "./answers/answer";
import { connectionSnapshot, presentConnection } from "./answers/connection-answer";
import {
  idSchema,
  noBody,
  noParameters,
  pageOf,
  pageQuerySchema,
  shownNameSchema,
} from "./request-schemas";

const profileLimitSchema = z.number().int().min(1).max(1_000_000_000);

/** A key is typed, or read from a secret of the customer's own. */
const keyShape = { apiKey: apiKeySchema.optional(), secretArn: secretArnSchema.optional() };
type KeyFields = z.infer<z.ZodObject<typeof keyShape>>;

function refuseUnclearKey(context: z.core.ParsePayload<KeyFields>): void {
  const { apiKey, secretArn } = context.value;
  if ((apiKey === undefined) === (secretArn === undefined)) {
    context.issues.push({
      code: "custom",
      path: ["apiKey"],
      message: "give either apiKey or secretArn",
      input: undefined,
    });
  }
}

/** The body of `POST /connections`. */
export const createConnectionBodySchema = z
  .strictObject({
    displayName: shownNameSchema,
    ...keyShape,
    /** Consent, ticked: the answer to anything else quotes the wording. */
    agree: z.literal(true, { error: `must be true, which says: “${CONSENT_WORDING.text}”` }),
    sharing: sharingSchema.optional(),
    profileLimit: profileLimitSchema.optional(),
  })
  .check(refuseUnclearKey);

/** The body of `PUT /connections/{connectionId}`: all settings, and the version that they replace. */
export const updateConnectionBodySchema = z.strictObject({
  displayName: shownNameSchema,
  sharing: sharingSchema,
  profileLimit: profileLimitSchema,
  version: z.number().int().positive().optional(),
});

/** The body of `PUT /connections/{connectionId}/key`. */
export const replaceKeyBodySchema = z.strictObject(keyShape).check(refuseUnclearKey);

/** The body of `POST /connections/{connectionId}/lists`. */
export const createListBodySchema = z.strictObject({ name: shownNameSchema });

const listsQuerySchema = pageQuerySchema.extend({ name: z.string().max(200).optional() });
const connectionPath = z.strictObject({ connectionId: idSchema });

/** Makes the function behind `/connections`. */
export function createHandler(dependencies: ConnectionsApiDependencies): ApiHandler {
  return createApi("connectionsApi", dependencies, {
    "POST /connections": operation(
      { path: noParameters, query: noParameters, body: createConnectionBodySchema },
      async ({ caller, log, note, body }) => {
        const { displayName, agree, sharing, profileLimit } = body;
        const connection = await createConnection(
          { ...dependencies, log },
          {
            ...{ caller, displayName, agree, key: newKeyOf(body) },
            ...(sharing === undefined ? {} : { sharing }),
            ...(profileLimit === undefined ? {} : { profileLimit }),
          },
        );
        const { connectionId } = connection;
        note({
          target: { kind: "connection", id: connectionId },
          after: connectionSnapshot(connection),
        });
        return created(
          `/connections/${connectionId}`,
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

    "PUT /connections/{connectionId}": operation(
      { path: connectionPath, query: noParameters, body: updateConnectionBodySchema },
      async ({ caller, log, note, path, body: { version, ...settings } }) => {
        const { before, after } = await updateConnection(
          { ...dependencies, log },
          { caller, ...path, settings, ...(version === undefined ? {} : { version }) },
        );
        note({ before: connectionSnapshot(before), after: connectionSnapshot(after) });
        return ok(presentConnection({ kind: "full", connection: after }));
      },
    ),

    "DELETE /connections/{connectionId}": operation(
      { path: connectionPath, query: noParameters, body: noBody },
      async ({ caller, log, note, path }) => {
        const removed = await deleteConnection({ ...dependencies, log }, { caller, ...path });
        note({ before: connectionSnapshot(removed) });
        return noContent();
      },
    ),

    "POST /connections/{connectionId}/verification": operation(
      { path: connectionPath, query: noParameters, body: noBody },
      async ({ caller, log, note, path }) => {
        const connection = await verifyConnection({ ...dependencies, log }, { caller, ...path });
        note({ after: connectionSnapshot(connection) });
        return ok(presentConnection({ kind: "full", connection }));
      },
    ),

    "PUT /connections/{connectionId}/key": operation(
      { path: connectionPath, query: noParameters, body: replaceKeyBodySchema },
      async ({ caller, log, note, path, body }) => {
        const { before, after } = await replaceKey(
          { ...dependencies, log },
          { caller, ...path, key: newKeyOf(body) },
        );
        note({ before: connectionSnapshot(before), after: connectionSnapshot(after) });
        return ok(presentConnection({ kind: "full", connection: after }));
      },
    ),

    "GET /connections/{connectionId}/lists": operation(
      { path: connectionPath, query: listsQuerySchema, body: noBody },
      async ({ caller, log, path, query }) =>
        okPage(
          await listKlaviyoLists(
            { ...dependencies, log },
            {
              ...{ caller, ...path, page: pageOf(query) },
              ...(query.name === undefined ? {} : { name: query.name }),
            },
          ),
          (list) => list,
        ),
    ),

    "POST /connections/{connectionId}/lists": operation(
      { path: connectionPath, query: noParameters, body: createListBodySchema },
      async ({ caller, log, note, path, body }) => {
        const list = await createKlaviyoList(
          { ...dependencies, log },
          { caller, ...path, ...body },
        );
        note({ after: list });
        return created(`/connections/${path.connectionId}/lists`, list);
      },
    ),
  });
}

function newKeyOf({ apiKey, secretArn }: KeyFields): NewKey {
  return secretArn === undefined
    ? { kind: "typed", apiKey: apiKey ?? "" }
    : { kind: "ownSecret", secretArn };
}

export const handler = lazyHandler(() => createHandler(connectionsApiDependencies()));
