import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { weekdays } from "../../../../../shared/domain/schedules/recurrence";
import { useApi } from "../../../api/api-provider";
import { systemScheduleQuery } from "../../../api/queries/schedules";
import { NextRuns } from "../../../parts/next-runs";
import { useTexts } from "../../../texts/language";
import { exportFormSchema, recurrenceOfForm } from "../form/export-form";
import { nextRunsOf } from "../form/next-runs";
import type { StepProps } from "./step-props";

const { scheduleMode, frequency } = exportFormSchema.shape;
/** Most times a day that a schedule takes. */
const MOST_TIMES = 4;
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map(
  (value) => ({ value, label: value }),
);

/** When the export runs by itself, and when that would be next. */
export function ScheduleStep(props: StepProps) {
  const { form, change, faultOf } = props;
  const said = useTexts().wizard.schedule;
  const system = useQuery(systemScheduleQuery(useApi())).data;
  return (
    <SpaceBetween size="l">
      <Container>
        <SpaceBetween size="l">
          <FormField label={said.label} errorText={faultOf("mode")}>
            <RadioGroup
              value={form.scheduleMode}
              items={scheduleMode.options.map((value) => ({ value, label: said.modes[value] }))}
              onChange={({ detail: { value } }) =>
                change({ scheduleMode: scheduleMode.parse(value) })
              }
            />
          </FormField>
          {form.scheduleMode === "onRefresh" ? (
            <FormField
              label={said.overdue}
              constraintText={said.overdueHint}
              errorText={faultOf("overdueAfterHours")}
            >
              <Input
                inputMode="numeric"
                value={form.overdueAfterHours}
                onChange={({ detail: { value } }) => change({ overdueAfterHours: value })}
              />
            </FormField>
          ) : null}
          {form.scheduleMode === "own" ? <OwnTimes {...props} /> : null}
        </SpaceBetween>
      </Container>
      {form.scheduleMode === "system" && system !== undefined ? (
        !system.active ? (
          <Alert type="info">{said.systemOff}</Alert>
        ) : system.onRefresh !== undefined ? (
          <Alert type="info">{said.systemOnRefresh}</Alert>
        ) : (
          <NextRuns
            instants={system.nextRuns.slice(0, 5)}
            timeZone={system.recurrence?.timeZone ?? "UTC"}
          />
        )
      ) : null}
      {form.scheduleMode === "own" ? (
        <NextRuns
          instants={nextRunsOf(recurrenceOfForm(form), new Date())}
          timeZone={form.timeZone}
        />
      ) : null}
      {form.scheduleMode === "off" ? <Box>{said.nextNone}</Box> : null}
      {form.scheduleMode === "onRefresh" ? <Box>{said.nextWaits}</Box> : null}
    </SpaceBetween>
  );
}

function OwnTimes({ form, change, faultOf }: StepProps) {
  const said = useTexts().wizard.schedule;
  const { times, days } = form;
  return (
    <SpaceBetween size="l">
      <FormField label={said.frequency}>
        <RadioGroup
          value={form.frequency}
          items={frequency.options.map((value) => ({ value, label: said.frequencies[value] }))}
          onChange={({ detail: { value } }) => change({ frequency: frequency.parse(value) })}
        />
      </FormField>
      {form.frequency === "weekly" ? (
        <FormField label={said.days} errorText={faultOf("days")}>
          <SpaceBetween direction="horizontal" size="s">
            {weekdays.map((day) => (
              <Checkbox
                key={day}
                checked={days.includes(day)}
                onChange={({ detail: { checked } }) =>
                  change({
                    days: checked ? [...days, day] : days.filter((other) => other !== day),
                  })
                }
              >
                {said.weekdays[day]}
              </Checkbox>
            ))}
          </SpaceBetween>
        </FormField>
      ) : null}
      <FormField label={said.times} constraintText={said.timesHint} errorText={faultOf("times")}>
        <SpaceBetween size="xs">
          {times.map((time, index) => (
            <SpaceBetween key={index} direction="horizontal" size="xs">
              <Input
                ariaLabel={said.time(index + 1)}
                value={time}
                placeholder="06:00"
                onChange={({ detail: { value } }) =>
                  change({ times: times.map((other, at) => (at === index ? value : other)) })
                }
              />
              {times.length > 1 ? (
                <Button
                  variant="icon"
                  iconName="close"
                  ariaLabel={said.removeTime(time)}
                  onClick={() => change({ times: times.filter((_, at) => at !== index) })}
                />
              ) : null}
            </SpaceBetween>
          ))}
          {times.length < MOST_TIMES ? (
            <Button iconName="add-plus" onClick={() => change({ times: [...times, ""] })}>
              {said.addTime}
            </Button>
          ) : null}
        </SpaceBetween>
      </FormField>
      <FormField label={said.timeZone} errorText={faultOf("timeZone")}>
        <Select
          filteringType="auto"
          filteringAriaLabel={said.timeZone}
          virtualScroll
          options={zones}
          selectedOption={{ value: form.timeZone, label: form.timeZone }}
          onChange={({ detail: { selectedOption } }) =>
            change({ timeZone: selectedOption.value ?? form.timeZone })
          }
        />
      </FormField>
    </SpaceBetween>
  );
}
