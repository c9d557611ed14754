import type { ExportPlace } from "../source";
import { azureAccountOf, type PartitionPath } from "./partition-path";

/** Where a partition's file may lie below the source's folder, the likeliest first; or why it lies elsewhere. */
export type Rebased =
  | { readonly kind: "paths"; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: "foreign"; readonly reason: string };

/**
 * Finds where below a source's folder the file lies that was written at a partition's location. In Azure that is
 * where it was written, which must be in the folder. In S3 it was copied to, with all that lay beside it: the end of
 * its path is what stays.
 *
 * @param localHost host and port of the emulator of Azure's storage, where there is one
 */
export function rebase(
  { host, steps }: Extract<PartitionPath, { kind: "path" }>,
  place: ExportPlace,
  localHost?: string,
): Rebased {
  const isLocal = localHost !== undefined && host === localHost;
  // The emulator has the account in the path.
  const account = isLocal ? steps[0] : azureAccountOf(host);
  const path = isLocal ? steps.slice(1) : steps;
  if (account === undefined) {
    return { kind: "foreign", reason: "a partition's location is not in Azure's storage" };
  }
  if (place.kind === "s3") {
    // The first step is the container.
    const below = path.slice(1);
    return { kind: "paths", paths: below.map((_, from) => below.slice(from)) };
  }
  const base = [place.container, ...place.folder.split("/").filter((step) => step !== "")];
  const isBelow =
    account === place.account &&
    path.length > base.length &&
    base.every((step, at) => step === path[at]);
  return isBelow
    ? { kind: "paths", paths: [path.slice(base.length)] }
    : { kind: "foreign", reason: "a partition's location is outside of the source's folder" };
}
