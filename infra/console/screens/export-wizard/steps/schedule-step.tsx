import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../../api/api-provider";
import { systemScheduleQuery } from "../../../api/queries/schedules";
import { NextRuns } from "../../../parts/next-runs";
import { RecurrenceFields } from "../../../parts/recurrence/recurrence-fields";
import { useTexts } from "../../../texts/language";
import { exportFormSchema, recurrenceOfForm } from "../form/export-form";
import { nextRunsOf } from "../form/next-runs";
import type { StepProps } from "./step-props";

const { scheduleMode } = exportFormSchema.shape;

/** When the export runs by itself, and when that would be next. */
export function ScheduleStep({ form, change, faultOf }: StepProps) {
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
          {form.scheduleMode === "own" ? (
            <RecurrenceFields
              typed={form}
              disabled={false}
              faults={{
                days: faultOf("days") !== undefined,
                times: faultOf("times") !== undefined,
                timeZone: faultOf("timeZone") !== undefined,
              }}
              onChange={({ frequency, days, times, timeZone }) =>
                change({ frequency, days: [...days], times: [...times], timeZone })
              }
            />
          ) : null}
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
