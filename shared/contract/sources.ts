import * as z from "zod";
import { routeContract, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import { accountKeySchema, sasTokenSchema } from "../domain/sources/sas-token";
import { federatedAppSchema } from "../domain/sources/federated-app";
import { exportPlaceSchema, newSourceIdSchema, sourceIdSchema } from "../domain/sources/source";
import { sourceAnswerSchema } from "./answers/source-answer";
import { openingSourcesAlone } from "./answers/source-problems";
import { componentSchemas } from "./components";
import { sourceExample } from "./examples";
import { noAnswer, noBody, noParameters, pageSchema, shownNameSchema } from "./request-parts";

const sourcePath = z.strictObject({ sourceId: sourceIdSchema });

/** How a source lets in. A token or key is kept in Secrets Manager, and never shown again. */
const credentialSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("sasToken"), sasToken: sasTokenSchema }),
  z.strictObject({ kind: z.literal("accountKey"), accountKey: accountKeySchema }),
  z.strictObject({ kind: z.literal("federated"), ...federatedAppSchema.shape }),
]);

const placeAndCredential = {
  place: exportPlaceSchema,
  credential: credentialSchema,
};

/** A credential as it is sent. */
export type NewSourceCredential = z.output<typeof credentialSchema>;

interface PlaceAndCredential {
  readonly place?: z.infer<typeof exportPlaceSchema> | undefined;
  readonly credential?: z.infer<typeof credentialSchema> | undefined;
}

/** A bucket lets the functions' roles in, Azure a token, a key, or an app that trusts these roles. */
function refuseUnfitCredential({ value, issues }: z.core.ParsePayload<PlaceAndCredential>): void {
  const { place, credential } = value;
  const fits =
    place === undefined ||
    credential === undefined ||
    (place.kind === "s3") === (credential.kind === "none");
  if (!fits) {
    issues.push({
      code: "custom",
      path: ["credential", "kind"],
      message:
        place.kind === "s3"
          ? "a bucket lets the functions' roles in: none"
          : "Azure takes a sasToken, an accountKey, or an app that is federated",
      input: credential.kind,
    });
  }
}

/** The body of `POST /sources`. */
const createSourceBodySchema = z
  .strictObject({
    id: newSourceIdSchema.optional(),
    displayName: shownNameSchema,
    place: placeAndCredential.place,
    credential: placeAndCredential.credential.default({ kind: "none" }),
  })
  .check(refuseUnfitCredential);

/** The body of `PUT /sources/{sourceId}`; what is left out stays. */
const updateSourceBodySchema = z
  .strictObject({
    displayName: shownNameSchema,
    place: placeAndCredential.place.optional(),
    credential: placeAndCredential.credential.optional(),
    version: z.number().int().positive().optional(),
  })
  .check(refuseUnfitCredential)
  .refine(({ place, credential }) => place === undefined || credential !== undefined, {
    path: ["credential"],
    message: "another place needs its credential",
  });

const theSource = {
  description: "The source.",
  schema: sourceAnswerSchema,
  example: sourceExample,
  etag: ({ version }: z.infer<typeof sourceAnswerSchema>) => version,
} as const;

/** The routes of `sourcesApi`. */
export const sourcesContract = {
  "POST /sources": routeContract({
    summary: "Add a source of segments",
    description:
      "Reads its `model.json` first; the source exists only when that can be read. `id` becomes part of its segments' names and never changes; without it, it is made of the display name.",
    path: noParameters,
    query: noParameters,
    body: createSourceBodySchema,
    bodyExample: {
      displayName: "Customer Insights",
      place: sourceExample.place,
      credential: {
        kind: "sasToken",
        sasToken: "sv=2025-05-05&sp=rl&sr=c&se=2027-01-01T00:00:00Z&sig=c2lnbmF0dXJl",
      },
    },
    answer: {
      ...theSource,
      status: 201,
      location: ({ sourceId }) => `/sources/${sourceId}`,
    },
    problems: ["sourceIdTaken", "displayNameTaken", "tooManySources", ...openingSourcesAlone],
  }),
  "GET /sources": routeContract({
    summary: "List the sources of segments",
    description: "The segments bucket first, then the others by name. All are on one page.",
    path: noParameters,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "All sources.",
      schema: pageSchema(sourceAnswerSchema).register(componentSchemas, { id: "SourcePage" }),
      example: { items: [sourceExample] },
    },
    problems: [],
  }),
  "GET /sources/{sourceId}": routeContract({
    summary: "Show a source",
    path: sourcePath,
    query: noParameters,
    body: noBody,
    answer: { ...theSource, status: 200 },
    problems: ["sourceNotFound"],
  }),
  "PUT /sources/{sourceId}": routeContract({
    summary: "Change a source",
    description:
      "Its name; its credential or place too where they are given, which are tried first. Another place is refused while exports use its segments, whose meaning would change.",
    path: sourcePath,
    query: noParameters,
    body: updateSourceBodySchema,
    bodyExample: { displayName: "Customer Insights, Europe" },
    answer: { ...theSource, status: 200 },
    problems: [
      "sourceNotFound",
      "sourceBuiltIn",
      "sourceChanged",
      "sourceInUse",
      "displayNameTaken",
      ...openingSourcesAlone,
    ],
  }),
  "DELETE /sources/{sourceId}": routeContract({
    summary: "Remove a source",
    description: "Refused while exports use its segments. Its token or key is deleted.",
    path: sourcePath,
    query: noParameters,
    body: noBody,
    answer: { status: 204, description: "The source is gone.", schema: noAnswer },
    problems: ["sourceNotFound", "sourceBuiltIn", "sourceChanged", "sourceInUse"],
  }),
  "POST /sources/{sourceId}/verification": routeContract({
    summary: "Look at a source again",
    path: sourcePath,
    query: noParameters,
    body: noBody,
    answer: {
      ...theSource,
      status: 200,
      description: "The source, with the state found.",
    },
    problems: ["sourceNotFound", "sourceBuiltIn"],
  }),
} satisfies Record<RouteKey<"sourcesApi">, RouteContract>;
