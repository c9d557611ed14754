import {
  locationFields,
  profileFields,
  propertyTypes,
  type FieldRule,
} from "../../../shared/domain/klaviyo/klaviyo-fields";
import type { SegmentAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { answerOr, type CommandContext } from "../command-context";
import {
  mappingLines,
  mappingText,
  withField,
  type WrittenMapping,
} from "../configuration/mapping-fields";
import { count } from "../output/words";
import type { Choice, Prompts } from "../terminal/prompts";

type SegmentField = SegmentAnswer["fields"][number];

/**
 * The field with the email address, the likeliest first, then what else is to be filled: the API suggests it
 * by what the segments' fields are called, and a person takes it, changes it or leaves it.
 */
export async function chooseMapping(
  context: CommandContext,
  api: Api,
  segments: readonly string[],
): Promise<WrittenMapping> {
  return answerOr(context, "--email", async () => {
    const described = await Promise.all(
      segments.map((segment) => api.viewSegment({ path: { segment } })),
    );
    const fields = sharedFields(described);
    const email = await chooseEmailField(context.terminal.prompts, described, fields);
    return fillFurther(context, fields, await suggestion(api, described, email, fields));
  });
}

/** Fields that all of the segments have: a mapping must hold for each. */
function sharedFields(described: readonly SegmentAnswer[]): SegmentField[] {
  const [first, ...others] = described;
  return (first?.fields ?? []).filter(({ name }) =>
    others.every(({ fields }) => fields.some((field) => field.name === name)),
  );
}

async function chooseEmailField(
  prompts: Prompts,
  [first]: readonly SegmentAnswer[],
  fields: readonly SegmentField[],
): Promise<string> {
  const suggested = first?.suggestedEmailField;
  const isThere = fields.some(({ name }) => name === suggested);
  return prompts.choose({
    message: "Which field holds the email address?",
    choices: fields.map(({ name }) => ({
      name: name === suggested ? `${name} (looks like it)` : name,
      value: name,
      ...(name === first?.emailField && first.members !== undefined
        ? {
            description: `${count(first.members)} of ${count(first.rows)} rows of ${first.name} are members by it`,
          }
        : {}),
    })),
    ...(suggested !== undefined && isThere ? { default: suggested } : {}),
  });
}

/** What the API suggests for the first segment, as far as all of them have it. */
async function suggestion(
  api: Api,
  [first]: readonly SegmentAnswer[],
  email: string,
  fields: readonly SegmentField[],
): Promise<WrittenMapping> {
  if (first === undefined) {
    return { email };
  }
  const { suggestedMapping = { email } } =
    first.suggestedMapping?.email === email
      ? first
      : await api.viewSegment({ path: { segment: first.name }, query: { emailField: email } });
  return mappingLines(suggestedMapping)
    .filter(({ field }) => fields.some(({ name }) => name === field))
    .reduce<WrittenMapping>(
      (mapping, { klaviyoField, field }) => withField(mapping, klaviyoField, field),
      {},
    );
}

type Way = "all" | "email" | "change";

async function fillFurther(
  { terminal }: CommandContext,
  fields: readonly SegmentField[],
  suggested: WrittenMapping,
): Promise<WrittenMapping> {
  const { prompts } = terminal;
  const emailOnly = { email: suggested["email"] };
  const suggests = mappingLines(suggested).length > 1;
  if (suggests) {
    terminal.note(`\nBy their names, these fields fit (Klaviyo's field ← the segment's):`);
    terminal.note(`${mappingText(suggested).replace(/^/gm, "  ")}\n`);
  }
  const these: Choice<Way> = { name: "These", value: "all" };
  const way = await prompts.choose<Way>({
    message: "Which fields are sent? Nothing else ever leaves.",
    choices: [
      ...(suggests ? [these] : []),
      { name: "Only the email address", value: "email" },
      { name: suggests ? "Change them…" : "Choose further ones…", value: "change" },
    ],
  });
  switch (way) {
    case "email":
      return emailOnly;
    case "all":
      return suggested;
    case "change":
      return changed(prompts, fields, suggested);
  }
}

/** Some of what is suggested, and further fields one by one. */
async function changed(
  prompts: Prompts,
  fields: readonly SegmentField[],
  suggested: WrittenMapping,
): Promise<WrittenMapping> {
  const further = mappingLines(suggested).filter(({ klaviyoField }) => klaviyoField !== "email");
  const kept =
    further.length === 0
      ? []
      : await prompts.chooseSeveral({
          message: "Which of them? (space chooses, enter goes on)",
          required: false,
          choices: further.map((line) => ({
            name: `${line.klaviyoField} ← ${line.field}`,
            value: line,
            checked: true,
          })),
        });
  let mapping = kept.reduce<WrittenMapping>(
    (all, { klaviyoField, field }) => withField(all, klaviyoField, field),
    { email: suggested["email"] },
  );
  for (;;) {
    const added = await chooseField(prompts, fields, mapping);
    if (added === undefined) {
      return mapping;
    }
    mapping = withField(mapping, added.klaviyoField, added.value);
  }
}

async function chooseField(
  prompts: Prompts,
  fields: readonly SegmentField[],
  mapping: WrittenMapping,
): Promise<{ klaviyoField: string; value: unknown } | undefined> {
  const lines = mappingLines(mapping);
  const free = fields.filter(({ name }) => lines.every(({ field }) => field !== name));
  const chosen = await prompts.search<SegmentField | "enough">({
    message: "A further field of the segment? (type to search)",
    source: searched<SegmentField | "enough">([
      { name: "No further one", value: "enough" },
      ...free.map((field) => ({ name: `${field.name} (${field.type})`, value: field })),
    ]),
  });
  if (chosen === "enough") {
    return undefined;
  }
  const property = `properties.${chosen.name}`;
  const klaviyoField = await prompts.search<string>({
    message: `Which of Klaviyo's fields does “${chosen.name}” fill? (type to search)`,
    source: searched([
      { name: `The custom property “${chosen.name}”`, value: property },
      ...[
        ...standardFields("", profileFields),
        ...standardFields("location.", locationFields),
      ].filter(({ value }) => lines.every((line) => line.klaviyoField !== value)),
    ]),
  });
  if (klaviyoField !== property) {
    return { klaviyoField, value: chosen.name };
  }
  const type = await prompts.choose<string>({
    message: `Of which type is “${chosen.name}” in Klaviyo?`,
    choices: [
      { name: "As it is in the files; all of CSV is text", value: "" },
      ...Object.entries(propertyTypes).map(([name, { accepts }]) => ({
        name,
        value: name,
        description: `accepts ${accepts.replaceAll("`", "")}`,
      })),
    ],
  });
  return { klaviyoField, value: type === "" ? chosen.name : { field: chosen.name, type } };
}

function standardFields(
  prefix: string,
  fields: Readonly<Record<string, FieldRule>>,
): Choice<string>[] {
  return Object.entries(fields).map(([name, { accepts }]) => ({
    name: `${prefix}${name}`,
    value: `${prefix}${name}`,
    description: `accepts ${accepts.replaceAll("`", "")}`,
  }));
}

/** Those of the choices that hold what is typed. */
function searched<Value>(choices: readonly Choice<Value>[]) {
  return async (term: string): Promise<readonly Choice<Value>[]> =>
    choices.filter(({ name }) => name.toLowerCase().includes(term.trim().toLowerCase()));
}
