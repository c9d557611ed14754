import * as z from "zod";
import { routeContract, versionOf, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import {
  apiKeySchema,
  connectionSettingsSchema,
  connectionStateSchema,
  CONSENT_WORDING,
  newConnectionSettingsSchema,
  secretArnSchema,
  sharingSchema,
} from "../domain/connections/connection";
import { signInAnswerSchema, signInPlaceSchema } from "../domain/klaviyo/credential";
import { connectionAnswerSchema, shownConnectionSchema } from "./answers/connection-answer";
import { paceContract } from "./pace";
import {
  connectionExample,
  klaviyoListExample,
  ownSecretExample,
  signInStartExample,
} from "./examples";
import { componentSchemas } from "./components";
import {
  connectionPath,
  listPath,
  noAnswer,
  noBody,
  noParameters,
  pageQuerySchema,
  pageSchema,
  shownNameSchema,
  searchQueryFields,
  sortQueryFields,
} from "./request-parts";

/** A key is typed, or read from a secret of the customer's own; or somebody has signed in to Klaviyo. */
const keyShape = {
  apiKey: apiKeySchema.optional(),
  secretArn: secretArnSchema.optional(),
  /** What Klaviyo sent the person back with whose sign-in `POST /sign-ins` began. */
  signIn: z.strictObject({ returnTo: signInPlaceSchema, ...signInAnswerSchema.shape }).optional(),
};
export type KeyFields = z.infer<z.ZodObject<typeof keyShape>>;

function refuseUnclearKey(context: z.core.ParsePayload<KeyFields>): void {
  const { apiKey, secretArn, signIn } = context.value;
  if ([apiKey, secretArn, signIn].filter((way) => way !== undefined).length !== 1) {
    context.issues.push({
      code: "custom",
      path: ["apiKey"],
      message: "give one of apiKey, secretArn and signIn",
      input: undefined,
    });
  }
}

/** The body of `POST /connections`. */
const createConnectionBodySchema = z
  .strictObject({
    ...newConnectionSettingsSchema.shape,
    displayName: shownNameSchema,
    ...keyShape,
    /** Consent, ticked: the answer to anything else quotes the wording. */
    agree: z.literal(true, { error: `must be true, which says: “${CONSENT_WORDING.text}”` }),
  })
  .check(refuseUnclearKey);

/** The body of `PUT /connections/{connectionId}`: all settings, and the version that they replace. */
const updateConnectionBodySchema = z.strictObject({
  ...connectionSettingsSchema.shape,
  displayName: shownNameSchema,
  version: z.number().int().positive().optional(),
});

/** The body of `PUT /connections/{connectionId}/key`. */
const replaceKeyBodySchema = z.strictObject(keyShape).check(refuseUnclearKey);

/** The body of `POST /sign-ins`. */
const beginSignInBodySchema = z.strictObject({
  /** Where Klaviyo is to send the person back to. */
  returnTo: signInPlaceSchema,
});

const signInStartSchema = z
  .object({
    /** Klaviyo's page, on which the person lets this system in. */
    authorizationUrl: z.url(),
    redirectUri: z.url(),
    /** Comes back from Klaviyo as it is, or the answer is somebody else's. */
    state: z.string(),
    /** When it must have been finished. */
    expiresAt: z.iso.datetime(),
  })
  .register(componentSchemas, { id: "SignInStart" });

/** The body of `POST /connections/{connectionId}/lists`. */
const createListBodySchema = z.strictObject({ name: shownNameSchema });

const klaviyoListSchema = z
  .object({ id: z.string(), name: z.string() })
  .register(componentSchemas, { id: "KlaviyoList" });
const tryingTheKey = [
  "keyRefused",
  "scopesMissing",
  "signInForeign",
  "signInNotFinished",
  "signInEnded",
  "signInScopesMissing",
  "signInUnavailable",
  "signInAppRefused",
  "ownSecretUnreadable",
  "secretScheduledForDeletion",
  "klaviyoForbids",
  "klaviyoRefused",
  "klaviyoUnavailable",
] as const;
const usingTheKey = [
  "keyRefused",
  "scopesMissing",
  "signInEnded",
  "signInScopesMissing",
  "signInUnavailable",
  "signInAppRefused",
  "accountMismatch",
  "secretUnreadable",
  "ownSecretUnreadable",
  "secretScheduledForDeletion",
  "klaviyoForbids",
  "klaviyoRefused",
  "klaviyoUnavailable",
] as const;

/** The routes of `connectionsApi`. */
export const connectionsContract = {
  "POST /connections": routeContract({
    summary: "Connect a Klaviyo account",
    description:
      "Tries the key, the account and the scopes first; the connection exists only when all of that holds.",
    path: noParameters,
    query: noParameters,
    body: createConnectionBodySchema,
    bodyExample: {
      displayName: "Shop",
      secretArn: ownSecretExample,
      agree: true,
      sharing: "administratorsAndContributors",
    },
    answer: {
      status: 201,
      description: "The connection.",
      schema: connectionAnswerSchema,
      example: connectionExample,
      location: ({ connectionId }) => `/connections/${connectionId}`,
      etag: versionOf,
    },
    problems: [...tryingTheKey, "displayNameTaken"],
  }),
  "POST /sign-ins": routeContract({
    summary: "Begin to sign in to Klaviyo",
    description:
      "Open `authorizationUrl` in a browser. Klaviyo sends the person back to `redirectUri` with `code` and `state`, which go as `signIn` into a new connection or into a connection's key.",
    path: noParameters,
    query: noParameters,
    body: beginSignInBodySchema,
    bodyExample: { returnTo: "terminal" },
    answer: {
      status: 200,
      description: "Where to sign in, and until when.",
      schema: signInStartSchema,
      example: signInStartExample,
    },
    problems: ["signInUnavailable", "signInAppRefused"],
  }),
  "GET /connections": routeContract({
    summary: "List connections",
    description:
      "Contributors are shown name and type of those that are shared with them, and may filter by nothing else.",
    path: noParameters,
    query: pageQuerySchema.extend({
      ...searchQueryFields,
      ...sortQueryFields(["displayName", "createdAt"]),
      state: connectionStateSchema.optional(),
      sharing: sharingSchema.optional(),
    }),
    body: noBody,
    answer: {
      status: 200,
      description: "A page of connections.",
      schema: pageSchema(shownConnectionSchema).register(componentSchemas, {
        id: "ConnectionPage",
      }),
      example: { items: [connectionExample] },
    },
    problems: [],
  }),
  "GET /connections/{connectionId}": routeContract({
    summary: "Show a connection",
    path: connectionPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The connection, as far as the caller may see it.",
      schema: shownConnectionSchema,
      example: connectionExample,
      etag: (shown) => ("version" in shown ? shown.version : undefined),
    },
    problems: ["connectionNotFound"],
  }),
  "PUT /connections/{connectionId}": routeContract({
    summary: "Change a connection",
    description: "Replaces name, sharing and profile limit.",
    path: connectionPath,
    query: noParameters,
    body: updateConnectionBodySchema,
    bodyExample: { displayName: "Shop", sharing: "administrators", profileLimit: 250_000 },
    answer: {
      status: 200,
      description: "The connection.",
      schema: connectionAnswerSchema,
      example: connectionExample,
      etag: versionOf,
    },
    problems: ["connectionNotFound", "connectionChanged", "displayNameTaken"],
  }),
  "DELETE /connections/{connectionId}": routeContract({
    summary: "Remove a connection",
    description:
      "Refused while exports use it. Its key is deleted, and what was kept of its runs but their records.",
    path: connectionPath,
    query: noParameters,
    body: noBody,
    answer: { status: 204, description: "The connection is gone.", schema: noAnswer },
    problems: ["connectionNotFound", "connectionInUse"],
  }),
  "POST /connections/{connectionId}/verification": routeContract({
    summary: "Try a connection's key again",
    path: connectionPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The connection, with the state found.",
      schema: connectionAnswerSchema,
      example: connectionExample,
      etag: versionOf,
    },
    problems: ["connectionNotFound", "klaviyoForbids", "klaviyoRefused", "klaviyoUnavailable"],
  }),
  "PUT /connections/{connectionId}/key": routeContract({
    summary: "Replace a connection's key",
    description:
      "By another key, or a sign-in, of the same account; runs that are going carry on with it.",
    path: connectionPath,
    query: noParameters,
    body: replaceKeyBodySchema,
    bodyExample: { secretArn: ownSecretExample },
    answer: {
      status: 200,
      description: "The connection.",
      schema: connectionAnswerSchema,
      example: connectionExample,
      etag: versionOf,
    },
    problems: [
      "connectionNotFound",
      "connectionChanged",
      "ownSecretInUse",
      "accountMismatch",
      ...tryingTheKey,
    ],
  }),
  ...paceContract,
  "GET /connections/{connectionId}/lists": routeContract({
    summary: "List the Klaviyo lists of a connection's account",
    description:
      "In the order of their names, which is Klaviyo's. A page may hold fewer than `limit`; the list has ended when there is no `next`.",
    path: connectionPath,
    query: pageQuerySchema.extend(searchQueryFields),
    body: noBody,
    answer: {
      status: 200,
      description: "A page of lists.",
      schema: pageSchema(klaviyoListSchema).register(componentSchemas, { id: "KlaviyoListPage" }),
      example: { items: [klaviyoListExample] },
    },
    problems: ["connectionNotFound", ...usingTheKey],
  }),
  "POST /connections/{connectionId}/lists": routeContract({
    summary: "Make a Klaviyo list",
    path: connectionPath,
    query: noParameters,
    body: createListBodySchema,
    bodyExample: { name: "Newsletter" },
    answer: {
      status: 201,
      description: "The list.",
      schema: klaviyoListSchema,
      example: klaviyoListExample,
      location: ({ id }, { connectionId }) => `/connections/${connectionId}/lists/${id}`,
    },
    problems: ["connectionNotFound", ...usingTheKey],
  }),
  "GET /connections/{connectionId}/lists/{listId}": routeContract({
    summary: "Show a Klaviyo list",
    path: listPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The list.",
      schema: klaviyoListSchema,
      example: klaviyoListExample,
    },
    problems: ["connectionNotFound", "listNotFound", ...usingTheKey],
  }),
} satisfies Record<RouteKey<"connectionsApi">, RouteContract>;
