import { openQuestions, type OpenQuestion } from "../../../shared/domain/exports/mapping-questions";
import { faultOfDateFormat } from "../../../shared/domain/cells/dates/date-format";
import { phoneCountrySchema } from "../../../shared/domain/profiles/phone-countries";
import type { ExportAnswer, SegmentAnswer } from "../api/answers";
import type { CommandContext } from "../command-context";
import { mappingLines, withField, type WrittenMapping } from "../configuration/mapping-fields";
import { choiceText, noteQuestions, questionText } from "../output/fields/mapping-questions";
import { hint } from "../output/hints";
import { paragraph } from "../output/words";
import type { Choice, Prompts } from "../terminal/prompts";

export interface SettledMapping {
  readonly mapping: WrittenMapping;
  /** What nobody has said: it is told with {@link noteQuestions} once the mapping is saved. */
  readonly left: readonly OpenQuestion[];
}

/** The mapping with what a person says of fields that can be read in several ways; as it is where nobody is there. */
export async function settled(
  { terminal }: Pick<CommandContext, "terminal">,
  mapping: WrittenMapping,
  described: readonly SegmentAnswer[],
): Promise<SettledMapping> {
  let said = mapping;
  const left: OpenQuestion[] = [];
  for (const question of openQuestions(mapping, described)) {
    const answer = terminal.interactive ? await ask(terminal.prompts, question) : undefined;
    if (answer === undefined) {
      left.push(question);
    } else {
      said = withSetting(said, question, answer);
    }
  }
  return { mapping: said, left };
}

function withSetting(
  mapping: WrittenMapping,
  { attribute, field, setting }: OpenQuestion,
  value: string,
): WrittenMapping {
  const line = mappingLines(mapping).find(({ klaviyoField }) => klaviyoField === attribute);
  return withField(mapping, attribute, { field, ...line?.rules, [setting]: value });
}

const OTHER = { kind: "other" } as const;
const NONE = { kind: "none" } as const;

/** Undefined for who wants such values left out. */
async function ask(prompts: Prompts, question: OpenQuestion): Promise<string | undefined> {
  const { setting, choices } = question;
  if (setting === "defaultCountry") {
    return written(prompts, `${questionText(question)}. Of which country, such as DE?`, (answer) =>
      phoneCountrySchema.safeParse(answer.toUpperCase()).success
        ? true
        : "two letters of a country, such as DE, US or GB",
    ).then((country) => country?.toUpperCase());
  }
  type Answer = { readonly kind: "said"; readonly value: string } | typeof OTHER | typeof NONE;
  const other: Choice<Answer> = { name: "Another format…", value: OTHER };
  const chosen = await prompts.choose<Answer>({
    message: `${questionText(question)}. How are they meant?`,
    choices: [
      ...choices.map((value): Choice<Answer> => ({
        name: choiceText(value),
        short: value,
        value: { kind: "said", value },
      })),
      ...(setting === "format" ? [other] : []),
      { name: "Leave such values out", value: NONE },
    ],
  });
  switch (chosen.kind) {
    case "said":
      return chosen.value;
    case "none":
      return undefined;
    case "other":
      return written(
        prompts,
        "The format, such as dd/MM/yyyy or MM/dd/yyyy HH:mm:",
        (answer) => faultOfDateFormat(answer) ?? true,
      );
  }
}

async function written(
  prompts: Prompts,
  message: string,
  fault: (answer: string) => true | string,
): Promise<string | undefined> {
  const answer = await prompts.text({
    message: `${message} (empty leaves such values out)`,
    validate: (text) => text.trim() === "" || fault(text.trim()),
  });
  return answer.trim() === "" ? undefined : answer.trim();
}

/** Says what an export's answer leaves open: of what was saved without anybody being asked. */
export function noteOpen(
  terminal: Pick<CommandContext["terminal"], "note" | "noteColumns">,
  {
    displayName,
    mapping,
    unclear = [],
    undescribed = [],
  }: Pick<ExportAnswer, "displayName" | "mapping" | "unclear" | "undescribed">,
): void {
  const byAttribute = new Map(unclear.map((question) => [question.attribute, question]));
  noteQuestions(terminal, displayName, mapping, [...byAttribute.values()]);
  for (const segment of undescribed) {
    terminal.note(
      paragraph(
        `Whether all values of “${segment}” can be read in one way only is not known. See how its fields are read with: ${hint("segments", "describe", segment)}`,
        terminal.noteColumns,
      ),
    );
  }
}
