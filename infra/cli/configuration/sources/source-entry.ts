import * as z from "zod";
import { displayNameSchema } from "../../../../shared/domain/connections/connection";
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
  })
  .refine(
    ({ place, sasToken, accountKey }) =>
      [sasToken, accountKey].filter((given) => given !== undefined).length <=
      (place.kind === "azure" ? 1 : 0),
    {
      path: ["place"],
      message: "a place in Azure takes sasToken or accountKey, and a bucket neither",
    },
  );
export type SourceEntry = z.infer<typeof sourceEntrySchema>;
