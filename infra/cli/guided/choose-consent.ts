import type { Api } from "../api/api";
import type { CommandContext } from "../command-context";
import { withField, type WrittenMapping } from "../configuration/mapping-fields";

/**
 * The mapping of an export that subscribes, with the field that says who has agreed to emails: offered where the
 * first segment has one by its name, all segments have it, and the mapping names none.
 */
export async function withConsent(
  { terminal }: Pick<CommandContext, "terminal">,
  api: Pick<Api, "viewSegment">,
  segments: readonly string[],
  mapping: WrittenMapping,
): Promise<WrittenMapping> {
  if (mapping["consent"] !== undefined) {
    return mapping;
  }
  const described = await Promise.all(
    segments.map((segment) => api.viewSegment({ path: { segment } })),
  );
  const suggested = described[0]?.suggestedConsent;
  if (
    suggested === undefined ||
    !described.every(({ fields }) => fields.some(({ name }) => name === suggested.field))
  ) {
    return mapping;
  }
  const { field, meaning } = suggested;
  const taken = await terminal.prompts.confirm({
    message: `“${field}” seems to say who has ${meaning === "agreed" ? "agreed to" : "refused"} emails. Subscribe nobody who has not agreed by it?`,
    default: true,
  });
  return taken
    ? withField(mapping, "consent", meaning === "agreed" ? field : { field, meaning })
    : mapping;
}
