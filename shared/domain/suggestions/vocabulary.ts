import type { LocationFieldName, ProfileFieldName } from "../klaviyo/klaviyo-fields";

/**
 * What a column can be known to hold by its name: one of Klaviyo's fields, or whether a person agreed to be
 * written to (`agreed`), or refused (`refused`). `family_name` is the last name if the first one has a column, and the
 * whole name otherwise.
 */
export type KnownColumn =
  | "email"
  | "family_name"
  | ProfileFieldName
  | LocationFieldName
  | "agreed"
  | "refused";

/** Names that belong together: of one platform's exports, or of one language. The likeliest name comes first. */
export interface Vocabulary {
  readonly kind: "general" | "platform" | "language";
  readonly names: Readonly<Partial<Record<KnownColumn, readonly string[]>>>;
}
