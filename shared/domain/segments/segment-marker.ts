import * as z from "zod";
import { hidesCharacters } from "../text/plain-text";

/** Longest name of a file in a segment's folder: S3's keys have at most 1,024 bytes. */
const LONGEST_NAME = 700;

const fileNameSchema = z
  .string()
  .min(1)
  .max(LONGEST_NAME)
  .refine((name) => !hidesCharacters(name), "a file's name holds no characters that are not seen")
  .refine(
    (name) => name.split("/").every((step) => step !== "" && step !== "." && step !== ".."),
    "name the file by its path below the segment's folder, without . or ..",
  );

/**
 * What says that a segment's refresh is whole, and which files belong to it.
 *
 * `none`: nothing is asked for. `success`: a file `_SUCCESS`, as Spark and Hadoop leave it. `file`: a file of the
 * writer's choosing, which it writes last. `manifest`: a file that lists the refresh's files; only these are read.
 * What the writer does not replace with each refresh marks nothing: a marker counts while no file is younger.
 */
export const segmentMarkerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("success") }),
  z.strictObject({ kind: z.literal("file"), name: fileNameSchema }),
  z.strictObject({ kind: z.literal("manifest"), name: fileNameSchema }),
]);
export type SegmentMarker = z.infer<typeof segmentMarkerSchema>;

export const noMarker: SegmentMarker = { kind: "none" };

/** The file of Spark's and Hadoop's committers. */
export const SUCCESS_FILE = "_SUCCESS";

/** The name of the marker's file, below the segment's folder. */
export function markerFile(marker: SegmentMarker): string | undefined {
  switch (marker.kind) {
    case "none":
      return undefined;
    case "success":
      return SUCCESS_FILE;
    case "file":
    case "manifest":
      return marker.name;
  }
}
