import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { weekdays } from "../../../../shared/domain/schedules/recurrence";
import { useTexts } from "../../texts/language";
import type { RecurrenceFaults, TypedRecurrence } from "./typed-recurrence";

const MOST_TIMES = 4;
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map(
  (value) => ({ value, label: value }),
);

/** Days, times and time zone at which something recurs. */
export function RecurrenceFields({
  typed,
  faults,
  disabled,
  onChange,
}: {
  readonly typed: TypedRecurrence;
  readonly faults: RecurrenceFaults;
  readonly disabled: boolean;
  readonly onChange: (typed: TypedRecurrence) => void;
}) {
  const texts = useTexts().recurrence;
  const { frequency, days, times, timeZone } = typed;
  const faultOf = (field: keyof RecurrenceFaults) =>
    faults[field] === true ? texts.faults[field] : "";
  const setTime = (index: number, time: string) =>
    onChange({ ...typed, times: times.map((other, at) => (at === index ? time : other)) });
  return (
    <SpaceBetween size="l">
      <FormField label={texts.frequency}>
        <RadioGroup
          value={frequency}
          items={(["daily", "weekly"] as const).map((value) => ({
            value,
            label: texts[value],
            disabled,
          }))}
          onChange={({ detail }) =>
            onChange({ ...typed, frequency: detail.value === "weekly" ? "weekly" : "daily" })
          }
        />
      </FormField>
      {frequency === "weekly" && (
        <FormField label={texts.days} errorText={faultOf("days")}>
          <SpaceBetween direction="horizontal" size="s">
            {weekdays.map((day) => (
              <Checkbox
                key={day}
                disabled={disabled}
                checked={days.includes(day)}
                onChange={({ detail }) =>
                  onChange({
                    ...typed,
                    days: weekdays.filter((other) =>
                      other === day ? detail.checked : days.includes(other),
                    ),
                  })
                }
              >
                {texts.weekdays[day]}
              </Checkbox>
            ))}
          </SpaceBetween>
        </FormField>
      )}
      <FormField label={texts.times} constraintText={texts.timesHint} errorText={faultOf("times")}>
        <SpaceBetween size="xs">
          {times.map((time, index) => (
            <SpaceBetween key={index} direction="horizontal" size="xs">
              <Input
                value={time}
                disabled={disabled}
                ariaLabel={texts.time(index + 1)}
                placeholder="06:00"
                onChange={({ detail }) => setTime(index, detail.value)}
              />
              {times.length > 1 && !disabled && (
                <Button
                  variant="icon"
                  iconName="close"
                  ariaLabel={texts.removeTime(index + 1)}
                  onClick={() =>
                    onChange({ ...typed, times: times.filter((_time, at) => at !== index) })
                  }
                />
              )}
            </SpaceBetween>
          ))}
          {times.length < MOST_TIMES && !disabled && (
            <Button
              iconName="add-plus"
              onClick={() => onChange({ ...typed, times: [...times, ""] })}
            >
              {texts.addTime}
            </Button>
          )}
        </SpaceBetween>
      </FormField>
      <FormField label={texts.timeZone} errorText={faultOf("timeZone")}>
        <Select
          filteringType="auto"
          filteringAriaLabel={texts.timeZone}
          virtualScroll
          disabled={disabled}
          options={zones}
          selectedOption={{ value: timeZone, label: timeZone }}
          onChange={({ detail }) =>
            onChange({ ...typed, timeZone: detail.selectedOption.value ?? timeZone })
          }
        />
      </FormField>
    </SpaceBetween>
  );
}
