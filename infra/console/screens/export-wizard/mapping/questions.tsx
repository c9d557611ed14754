import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { OpenQuestion } from "../../../../../shared/domain/exports/mapping-questions";
import { useTexts } from "../../../texts/language";
import { attributeOf, type FormLine } from "../form/export-form";
import { useCountryOptions } from "./line-options";
import { withRule } from "./lines";

/** Asks how values are meant that can be read in several ways, one question for each field. */
export function MappingQuestions({
  questions,
  lines,
  change,
}: {
  readonly questions: readonly OpenQuestion[];
  readonly lines: readonly FormLine[];
  readonly change: (lines: FormLine[]) => void;
}) {
  const said = useTexts().wizard.mapping;
  const countries = useCountryOptions();
  if (questions.length === 0) {
    return null;
  }
  const decimals: Readonly<Record<string, string>> = said.decimals;
  const optionsOf = ({ setting, choices }: OpenQuestion): readonly SelectProps.Option[] =>
    setting === "defaultCountry"
      ? countries.filter(({ value }) => value !== "")
      : choices.map((value) => ({ value, label: decimals[value] ?? value }));
  return (
    <Alert type="warning" header={said.unclear}>
      <SpaceBetween size="s">
        <div>{said.unclearText}</div>
        {questions.map((question) => (
          <FormField
            key={question.attribute}
            label={said.answer}
            description={said.questions[question.setting](question.field)}
          >
            <Select
              ariaLabel={`${said.answer} ${question.attribute}`}
              placeholder={said.leaveOut}
              filteringType={question.setting === "defaultCountry" ? "auto" : "none"}
              filteringAriaLabel={said.answer}
              options={optionsOf(question)}
              selectedOption={null}
              onChange={({ detail: { selectedOption } }) =>
                change(
                  lines.map((line) =>
                    attributeOf(line) === question.attribute
                      ? withRule(line, question.setting, selectedOption.value ?? "")
                      : line,
                  ),
                )
              }
            />
          </FormField>
        ))}
      </SpaceBetween>
    </Alert>
  );
}
