import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SystemScheduleSettings } from "../../../../shared/domain/schedules/schedule";
import { useApi, useMay } from "../../api/api-provider";
import { systemScheduleQuery, type SystemScheduleAnswer } from "../../api/queries/schedules";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { RecurrenceFields } from "../../parts/recurrence/recurrence-fields";
import { useFormats, useTexts } from "../../texts/language";
import { formOf, settingsOf } from "./refresh-form";
import { RefreshRuns } from "./refresh-runs";

/** The system refresh: what it is, when it is due, and its form for those who may change it. */
export function SystemRefreshView() {
  const { systemRefresh: texts, common } = useTexts();
  const schedule = useQuery(systemScheduleQuery(useApi()));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={texts.description}>
          {texts.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {schedule.isError && (
          <FailureAlert error={schedule.error} onRetry={() => schedule.refetch()} />
        )}
        {schedule.data !== undefined ? (
          <SpaceBetween size="l">
            <RefreshForm schedule={schedule.data} onReload={() => void schedule.refetch()} />
            <RefreshRuns schedule={schedule.data} />
          </SpaceBetween>
        ) : (
          !schedule.isError && (
            <StatusIndicator type="loading">{common.states.loading}</StatusIndicator>
          )
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function RefreshForm({
  schedule,
  onReload,
}: {
  readonly schedule: SystemScheduleAnswer;
  readonly onReload: () => void;
}) {
  const api = useApi();
  const client = useQueryClient();
  const { systemRefresh: texts, common } = useTexts();
  const { timeZone, instant } = useFormats();
  const may = useMay();
  const [begun, setBegun] = useState(schedule);
  const [form, setForm] = useState(() => formOf(schedule, timeZone));
  const [isTried, setTried] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const disabled = may("updateSchedule") === undefined;
  const checked = settingsOf(form);
  const save = useMutation({
    mutationFn: (body: SystemScheduleSettings) =>
      api.updateSchedule({ body, ifMatch: begun.version }),
    onSuccess: (saved) => {
      client.setQueryData(systemScheduleQuery(api).queryKey, saved);
      setBegun(saved);
      setForm(formOf(saved, timeZone));
      setTried(false);
      setSaved(true);
    },
  });
  const change = (next: typeof form) => {
    setForm(next);
    setSaved(false);
  };
  const isStale = schedule.version > begun.version;
  const { updatedAt, updatedBy, people } = schedule;
  return (
    <Container
      footer={
        <Box color="text-body-secondary" variant="small">
          {updatedAt === undefined || updatedBy === undefined
            ? texts.neverChanged
            : texts.changed(instant(updatedAt), people?.[updatedBy] ?? updatedBy)}
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (checked.kind === "good") {
            save.mutate(checked.settings);
          }
        }}
      >
        <SpaceBetween size="l">
          {disabled && <Alert type="info">{texts.onlyAdministrators}</Alert>}
          <Toggle
            checked={form.active}
            disabled={disabled}
            description={texts.activeHint}
            onChange={({ detail }) => change({ ...form, active: detail.checked })}
          >
            {texts.active}
          </Toggle>
          <FormField label={texts.when}>
            <RadioGroup
              value={form.mode}
              items={(["recurrence", "onRefresh"] as const).map((value) => ({
                value,
                label: texts.modes[value],
                disabled,
              }))}
              onChange={({ detail }) =>
                change({
                  ...form,
                  mode: detail.value === "onRefresh" ? "onRefresh" : "recurrence",
                })
              }
            />
          </FormField>
          {form.mode === "recurrence" && (
            <RecurrenceFields
              typed={form.recurrence}
              disabled={disabled}
              faults={isTried && checked.kind === "faulty" ? checked.faults : {}}
              onChange={(recurrence) => change({ ...form, recurrence })}
            />
          )}
          {isStale && !save.isPending && (
            <Alert
              type="warning"
              header={common.failures.staleTitle}
              action={
                <Button
                  onClick={() => {
                    setBegun(schedule);
                    setForm(formOf(schedule, timeZone));
                    save.reset();
                    onReload();
                  }}
                >
                  {texts.reload}
                </Button>
              }
            >
              {common.failures.stale}
            </Alert>
          )}
          {save.isError && !isStale && <FailureAlert error={save.error} onRetry={onReload} />}
          {!disabled && (
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <Button variant="primary" formAction="submit" loading={save.isPending}>
                {common.actions.save}
              </Button>
              {isSaved && <StatusIndicator type="success">{texts.saved}</StatusIndicator>}
            </SpaceBetween>
          )}
        </SpaceBetween>
      </form>
    </Container>
  );
}
