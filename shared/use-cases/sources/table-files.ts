import type { CsvShape } from "../../domain/segments/csv-shape";
import type { FolderObject } from "../../ports";

/** What there is of a table just now. */
export type TableFiles =
  | {
      readonly kind: "files";
      readonly files: readonly { readonly object: FolderObject; readonly shape: CsvShape }[];
      /** Whether the model says that they are all, and none of them is ever written anew. */
      readonly proven: boolean;
      /** When they were written, where the model says it. */
      readonly refreshedAt?: Date | undefined;
    }
  | { readonly kind: "unfinished"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "none" };
