import * as z from "zod";
import { DomainError } from "../problems/problem";
import type { ExportPlace } from "./source";

/** From where the functions of a stage may read segments, beside the segments bucket: what it is configured for. */
export const readableSourcesSchema = z.strictObject({
  /** The buckets that their roles let them read. */
  buckets: z.array(z.string().min(1)),
  /** Whether Azure's storage is read. */
  azure: z.boolean(),
  /** The address of the emulator that stands for it in the embedded environment. */
  azureEmulator: z.url().optional(),
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

/** Throws `sourceNotEnabled` when the stage is not set up to read from a place. */
export function requireReadable(readable: ReadableSources, place: ExportPlace): void {
  const isReadable =
    place.kind === "azure" ? readable.azure : readable.buckets.includes(place.bucket);
  if (!isReadable) {
    throw new DomainError("sourceNotEnabled", { place: placeText(place) }, "/place");
  }
}
