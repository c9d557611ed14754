import { folderNameSchema } from "../../segments/segment";
import type { ModelTable } from "./model-json";

/** Why a table of a model is no segment. */
export type TableFault =
  | { readonly kind: "appendOnly"; readonly reason: string }
  | { readonly kind: "other"; readonly reason: string };

/** The column in which Synapse Link's append-only mode marks rows that were deleted. */
const DELETED = "isdelete";

/** What can be told of a table without looking at its files; undefined when nothing speaks against it. */
export function faultOfTable({
  $type = "LocalEntity",
  name,
  attributes,
}: ModelTable): TableFault | undefined {
  const other = (reason: string): TableFault => ({ kind: "other", reason });
  if (!folderNameSchema.safeParse(name).success) {
    return other("its name can't be a segment's");
  }
  if (/(?:^|\.)ReferenceEntity$/.test($type)) {
    return other("it is a reference to a table of another model");
  }
  if (!/(?:^|\.)LocalEntity$/.test($type)) {
    return other(`it is of the kind ${$type}, which is not known`);
  }
  if (attributes.length === 0) {
    return other("it names no columns");
  }
  return attributes.some((attribute) => attribute.name.toLowerCase() === DELETED)
    ? {
        kind: "appendOnly",
        reason: "it is written by Synapse Link in its append-only mode",
      }
    : undefined;
}
