import {
  changesOf,
  emailOfSent,
  type ProfileChange,
} from "../../../domain/exports/profile-changes";
import type { KlaviyoCalls } from "../../klaviyo/klaviyo-client";

/**
 * What of the first changed profiles differs from what Klaviyo has; undefined when it can't be asked just now, which a
 * preview can do without.
 */
export async function previewChanges(
  klaviyo: Pick<KlaviyoCalls, "listProfileValues">,
  changed: readonly unknown[],
): Promise<ProfileChange[] | undefined> {
  const emails = changed.flatMap((profile) => emailOfSent(profile) ?? []);
  if (emails.length === 0) {
    return [];
  }
  const held = await klaviyo.listProfileValues(emails);
  return held.kind === "done"
    ? changesOf(changed, new Map(held.value.map(({ email, attributes }) => [email, attributes])))
    : undefined;
}
