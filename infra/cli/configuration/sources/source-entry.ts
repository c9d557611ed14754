import * as z from "zod";
import { displayNameSchema } from "../../../../shared/domain/connections/connection";
import { federatedAppSchema } from "../../../../shared/domain/sources/federated-app";
import { exportPlaceSchema, newSourceIdSchema } from "../../../../shared/domain/sources/source";
import { secretPlaceSchema } from "../secret-place";

const secretOfSource = secretPlaceSchema("the token or key");

/** A source. Its token or key is used when it is made or moved; that of one that stays is left alone. */
export const sourceEntrySchema = z
  .strictObject({
    /** What its segments' names begin with, and what tells it apart. */
    id: newSourceIdSchema,
    displayName: displayNameSchema,
    place: exportPlaceSchema,
    sasToken: secretOfSource.optional(),
    accountKey: secretOfSource.optional(),
    /** An app of Microsoft Entra that trusts the functions: nothing of it is secret. */
    federated: z.strictObject(federatedAppSchema.shape).optional(),
  })
  .refine(
    ({ place, sasToken, accountKey, federated }) =>
      [sasToken, accountKey, federated].filter((given) => given !== undefined).length <=
      (place.kind === "azure" ? 1 : 0),
    {
      path: ["place"],
      message: "a place in Azure takes one of sasToken, accountKey and federated, a bucket none",
    },
  );
export type SourceEntry = z.infer<typeof sourceEntrySchema>;
