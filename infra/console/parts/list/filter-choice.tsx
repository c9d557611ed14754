import Select from "@cloudscape-design/components/select";
import { useTexts } from "../../texts/language";

/** Filters a list by one of few values, or by none. */
export function FilterChoice<Value extends string>({
  label,
  values,
  words,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value | undefined) => void;
}) {
  const { common } = useTexts();
  const any = { value: "", label: common.any };
  const options = values.map((value) => ({ value, label: words[value] }));
  return (
    <div className="choice">
      <Select
        inlineLabelText={label}
        selectedOption={options.find(({ value }) => value === chosen) ?? any}
        options={[any, ...options]}
        onChange={({ detail: { selectedOption } }) =>
          onChoose(values.find((value) => value === selectedOption.value))
        }
      />
    </div>
  );
}
