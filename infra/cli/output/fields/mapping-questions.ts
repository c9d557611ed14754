import { stringify } from "yaml";
import type {
  MappingQuestion,
  OpenQuestion,
} from "../../../../shared/domain/exports/mapping-questions";
import { mappingLines } from "../../configuration/mapping-fields";
import type { Terminal } from "../../terminal/terminal";
import { hint } from "../hints";
import { paragraph } from "../words";

const unclearTexts: Readonly<Record<MappingQuestion["setting"], string>> = {
  decimal: "has numbers such as 1,234 whose comma or point may part thousands or a fraction",
  format: "has dates such as 01/02/2024 that may be one day or another",
  defaultCountry: "has phone numbers without a country's code",
};

/** What is unclear about a field of the segments. */
export function questionText({ field, attribute, setting }: OpenQuestion): string {
  return `“${field}” (${attribute}) ${unclearTexts[setting]}`;
}

const choiceTexts: Readonly<Record<string, string>> = {
  ".": "a decimal point: 1,234 is 1234, and 1.234 less than 2",
  ",": "a decimal comma: 1.234 is 1234, and 1,234 less than 2",
};

/** What a value of the setting would mean. */
export function choiceText(choice: string): string {
  return choiceTexts[choice] ?? `${choice}${/^[dMy]/.test(choice) ? `, ${orderText(choice)}` : ""}`;
}

function orderText(format: string): string {
  switch (format.slice(0, 1)) {
    case "d":
      return "the day first";
    case "M":
      return "the month first";
    default:
      return "the year first";
  }
}

/**
 * Says which values will be left out, and the commands that put it right, one for each way: which is right is for
 * the reader to know.
 */
export function noteQuestions(
  { note, noteColumns }: Pick<Terminal, "note" | "noteColumns">,
  exportName: string,
  mapping: object,
  questions: readonly OpenQuestion[],
): void {
  for (const question of questions) {
    note(
      paragraph(
        `${questionText(question)}. Such values are left out until the mapping says it:`,
        noteColumns,
      ),
    );
    const { setting, choices } = question;
    for (const choice of choices.length > 0 ? choices : [unknownChoices[setting]]) {
      // Not broken, so that it can be pasted.
      note(
        `  ${hint("exports", "update", exportName, "--map", pairOf(mapping, question, choice))}`,
      );
    }
  }
}

/** Capitals stand for what only the reader knows. */
const unknownChoices: Readonly<Record<MappingQuestion["setting"], string>> = {
  decimal: "MARK",
  format: "FORMAT",
  defaultCountry: "COUNTRY",
};

/** `properties.Points={field: Points, type: number, decimal: "."}` */
function pairOf(
  mapping: object,
  { attribute, setting, field }: OpenQuestion,
  value: string,
): string {
  const line = mappingLines(mapping).find(({ klaviyoField }) => klaviyoField === attribute);
  const said = { field, ...line?.rules, [setting]: value };
  return `${attribute}=${stringify(said, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim()}`;
}
