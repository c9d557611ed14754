import type { LocationFieldName, ProfileFieldName } from "../klaviyo/klaviyo-fields";

/**
 * What a column can be known to hold by its name: one of Klaviyo's fields, or whether a person agreed to be
 * written to (`agreed`), or refused (`refused`).
 */
export type KnownColumn = "email" | ProfileFieldName | LocationFieldName | "agreed" | "refused";

/** Names that belong together: of one platform's exports, or of one language. The likeliest name comes first. */
export interface Vocabulary {
  readonly kind: "general" | "platform" | "language";
  readonly names: Readonly<Partial<Record<KnownColumn, readonly string[]>>>;
}
