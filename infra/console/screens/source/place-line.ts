import type { ExportPlace } from "../../../../shared/domain/sources/source";

/** Where a source lies, on one line. */
export function placeLine(place: ExportPlace): string {
  const steps = place.kind === "s3" ? [place.bucket] : [place.account, place.container];
  const path = [...steps, ...(place.folder === "" ? [] : [place.folder])].join("/");
  return place.kind === "s3" ? `s3://${path}` : `Azure: ${path}`;
}
