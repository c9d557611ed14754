import type { DropReason } from "../../profiles/profile-values";

/** Why a value is left out that its field can hold as far as this system knows. */
export const refusedByKlaviyo = {
  reason: "refusedByKlaviyo",
  text: "holds a value there that Klaviyo does not take",
} as const;

/** Every reason why a value is left out of a profile. */
export type DroppedValueReason = DropReason | typeof refusedByKlaviyo.reason;

/**
 * Columns of the report of values that were left out of profiles, in order; a row a value. It is apart from the
 * rejection report: the people in it are on the list. `shape` is what the value looks like ({@link valueShape}).
 */
export const DROPPED_VALUE_COLUMNS = [
  "segment",
  "file",
  "row",
  "email",
  "attribute",
  "field",
  "reason",
  "text",
  "shape",
] as const;
