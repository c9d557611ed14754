import * as z from "zod";
import { DomainError } from "../problems/problem";
import type { ExportPlace, MadeSource } from "./source";

/** From where the functions of a stage may read segments, beside the segments bucket: what it is configured for. */
export const readableSourcesSchema = z.strictObject({
  /** The buckets that their roles let them read. */
  buckets: z.array(z.string().min(1)),
  /** Whether Azure's storage is read with tokens and keys that people enter. */
  azure: z.boolean(),
  /** Whether Azure's storage is read as apps that trust the functions. */
  azureFederation: z.boolean().default(false),
  /** What stands for Azure in the embedded environment. */
  azureEmulator: z
    .strictObject({
      /** The storage's address for tokens and keys that people enter. */
      url: z.url(),
      /** The same for tokens of Microsoft Entra, which are sent by https alone. */
      bearerUrl: z.url(),
      /** Where Microsoft Entra issues them. */
      authority: z.url(),
    })
    .optional(),
});
export type ReadableSources = z.infer<typeof readableSourcesSchema>;

/** A place as people are told of it. */
export function placeText(place: ExportPlace): string {
  switch (place.kind) {
    case "s3":
      return `bucket “${place.bucket}”`;
    case "azure":
      return `container “${place.container}” of storage account “${place.account}”`;
  }
}

/** Throws `sourceNotEnabled` when the stage is not set up to read from a place in this way. */
export function requireReadable(
  readable: ReadableSources,
  { place, credential }: Pick<MadeSource, "place" | "credential">,
): void {
  const inAzure = credential.kind === "federated" ? readable.azureFederation : readable.azure;
  const isReadable = place.kind === "azure" ? inAzure : readable.buckets.includes(place.bucket);
  if (!isReadable) {
    throw new DomainError("sourceNotEnabled", { place: placeText(place) }, "/place");
  }
}
