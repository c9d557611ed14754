import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { isTerminal } from "../../../../shared/domain/runs/run";
import { useApi, useMay } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import type { RunAnswer } from "../../api/queries/runs";
import { useFormats, useTexts } from "../../texts/language";
import { StartRunDialog } from "../start-run/start-run-dialog";
import { AccountFigure } from "./account/account-figure";
import { accountOf } from "./account/run-account";
import { comparisonAddress, exportAddress, rejectionsAddress } from "./addresses";
import { CancelDialog } from "./cancel-dialog";
import { RunPace } from "./pace/run-pace";
import { overdueBy } from "./phases/expected-length";
import { PhaseTimeline } from "./phases/phase-timeline";
import { RunProblems } from "./problems/run-problems";
import { RunAnnouncements } from "./run-announcements";
import { RunFacts } from "./run-facts";
import { RunSettings } from "./settings/run-settings";
import { useNow } from "./use-now";

/** What a run that was read shows. */
export function RunView({ run }: { readonly run: RunAnswer }) {
  const { run: texts } = useTexts();
  const { duration } = useFormats();
  const isGoing = !isTerminal(run.status);
  const now = useNow(isGoing);
  const may = useMay();
  const sums = accountOf(run);
  const overdue = overdueBy(run, now);
  const maySeeRows = may("listRejections") !== undefined && run.links.rejections !== undefined;
  return (
    <ContentLayout header={<RunHeader run={run} />}>
      <SpaceBetween size="l">
        <RunAnnouncements run={run} />
        {overdue !== undefined && (
          <Alert type="info">
            {texts.overdue(duration(overdue.takenSeconds), duration(overdue.leastSeconds))}
          </Alert>
        )}
        <RunProblems run={run} />
        <RunFacts run={run} now={now} />
        <Container
          header={
            <Header variant="h2" description={texts.account.description}>
              {texts.account.title}
            </Header>
          }
        >
          {sums.length > 0 ? (
            <AccountFigure sums={sums} rowsOf={maySeeRows ? run.runId : undefined} />
          ) : (
            <StatusIndicator type={isGoing ? "in-progress" : "stopped"}>
              {isGoing ? texts.account.nothingYet : texts.account.nothing}
            </StatusIndicator>
          )}
        </Container>
        <Container
          header={
            <Header variant="h2" description={texts.phases.description}>
              {texts.phases.title}
            </Header>
          }
        >
          <PhaseTimeline phases={run.phases} now={now} />
        </Container>
        {isGoing && may("viewPace") !== undefined && <RunPace run={run} />}
        <RunSettings run={run} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function RunHeader({ run }: { readonly run: RunAnswer }) {
  const { run: texts } = useTexts();
  const { history } = useRouter();
  const { runId, exportId, status, links, settings } = run;
  const { data: its } = useQuery(exportQuery(useApi(), exportId));
  const [dialog, setDialog] = useState<"cancel" | "start">();
  const mayRun = its?.permissions.includes("run") === true;
  const isGoing = !isTerminal(status);
  const close = () => setDialog(undefined);
  return (
    <>
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {/* Who may not see them is told why there. */}
            {links.rejections !== undefined && (
              <Button onClick={() => history.push(rejectionsAddress(runId))}>
                {texts.actions.rejections}
              </Button>
            )}
            <Button onClick={() => history.push(comparisonAddress(runId))}>
              {texts.actions.compare}
            </Button>
            <Button onClick={() => history.push(exportAddress(exportId))}>
              {texts.actions.export}
            </Button>
            {isGoing && mayRun && (
              <Button onClick={() => setDialog("cancel")}>{texts.actions.cancel}</Button>
            )}
            {!isGoing && mayRun && (
              <Button variant="primary" onClick={() => setDialog("start")}>
                {texts.actions.again}
              </Button>
            )}
          </SpaceBetween>
        }
      >
        {texts.title(settings.displayName)}
      </Header>
      {dialog === "cancel" && <CancelDialog run={run} onDismiss={close} />}
      {dialog === "start" && (
        <StartRunDialog exportId={exportId} usual={{ mode: run.mode }} onDismiss={close} />
      )}
    </>
  );
}
