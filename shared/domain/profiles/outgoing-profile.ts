import type { FieldMapping } from "../exports/field-mapping";
import { profileText } from "../klaviyo/profile-text";
import { findField } from "../segments/find-field";
import { judgeEmail, type EmailJudgement } from "./email";
import { DROPPED, type ProfileReader } from "./profile-reader";
import { isDropReason, type DropReason } from "./profile-values";

/** What one row of a segment comes to. */
export interface OutgoingProfile {
  /** Without a valid address the row is rejected, and there is no profile. */
  readonly email: EmailJudgement["kind"];
  /** The profile as Klaviyo is sent it, as JSON. */
  readonly json?: string;
  /** Values that are left out of it, by where they would have gone. */
  readonly dropped: readonly { readonly attribute: string; readonly reason: DropReason }[];
}

/**
 * The profile that a run would send for one row, made by the readers of values and from the texts that runs use.
 *
 * @param fields the row's fields
 * @param row a value for each field: text, or what a typed source holds; null where it is empty
 */
export function outgoingProfile(
  { email: emailField }: Pick<FieldMapping, "email">,
  reader: ProfileReader,
  fields: readonly string[],
  row: readonly unknown[],
): OutgoingProfile {
  const valueOf = (field: string): unknown => row[findField(fields, field) ?? -1] ?? null;
  const cell = valueOf(emailField);
  const judged = judgeEmail(typeof cell === "string" ? cell : null);
  if (judged.kind !== "valid") {
    return { email: judged.kind, dropped: [] };
  }
  const groups: Record<keyof typeof profileText.groups, string[]> = {
    profile: [],
    location: [],
    properties: [],
  };
  const unset: string[] = [];
  const dropped: { attribute: string; reason: DropReason }[] = [];
  for (const { mapped, read } of reader.parts) {
    const reading = read(valueOf(mapped.field));
    if (reading === "") {
      if (mapped.empty === "clear") {
        unset.push(JSON.stringify(mapped.name));
      }
    } else if (reading.startsWith(DROPPED)) {
      const reason = /^\w+/.exec(reading.slice(DROPPED.length))?.[0] ?? "";
      if (isDropReason(reason)) {
        dropped.push({ attribute: mapped.attribute, reason });
      }
    } else {
      groups[mapped.group].push(`${JSON.stringify(mapped.name)}:${reading}`);
    }
  }
  const around = ({ before, after }: { before: string; after: string }, values: string[]): string =>
    values.length === 0 ? "" : `${before}${values.join(",")}${after}`;
  const json = [
    ...[profileText.beforeEmail, judged.email, profileText.afterEmail],
    around(profileText.groups.profile, groups.profile),
    around(profileText.groups.location, groups.location),
    around(profileText.groups.properties, groups.properties),
    unset.length === 0 ? profileText.end : around(profileText.unset, unset),
  ].join("");
  return { email: "valid", json, dropped };
}
