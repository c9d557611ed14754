import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { systemScheduleQuery } from "../../api/queries/schedules";
import { NextRuns } from "../../parts/next-runs";
import { useTexts } from "../../texts/language";
import { nextRunsOf } from "../export-wizard/form/next-runs";

/** When the export runs by itself, and when that is next. */
export function ExportSchedule({ shown }: { readonly shown: ExportAnswer }) {
  const { exportPage, wizard } = useTexts();
  const said = wizard.schedule;
  const system = useQuery(systemScheduleQuery(useApi())).data;
  const { schedule, waitingFor } = shown;
  return (
    <Container header={<Header variant="h2">{exportPage.schedule.title}</Header>}>
      <SpaceBetween size="s">
        <Box>{said.modes[schedule.mode]}</Box>
        {schedule.mode === "own" ? (
          <NextRuns
            instants={nextRunsOf(schedule.recurrence, new Date())}
            timeZone={schedule.recurrence.timeZone}
          />
        ) : null}
        {schedule.mode === "system" && system !== undefined ? (
          system.active && system.onRefresh === undefined ? (
            <NextRuns
              instants={system.nextRuns.slice(0, 5)}
              timeZone={system.recurrence?.timeZone ?? "UTC"}
            />
          ) : (
            <Box color="text-body-secondary">
              {system.active ? said.systemOnRefresh : said.systemOff}
            </Box>
          )
        ) : null}
        {waitingFor === undefined ? null : (
          <Box color="text-body-secondary">
            {waitingFor.length === 0
              ? exportPage.schedule.waitsNone
              : `${exportPage.schedule.waits}: ${waitingFor.map(({ segment }) => segment).join(", ")}`}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}
