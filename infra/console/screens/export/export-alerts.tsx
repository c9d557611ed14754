import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ExportAnswer } from "../../api/queries/exports";
import { RouteLink } from "../../parts/route-link";
import { ToldProblem } from "../../parts/loading/told-problem";
import { useFormats, useTexts } from "../../texts/language";

/** What needs somebody's attention about an export just now. */
export function ExportAlerts({ shown }: { readonly shown: ExportAnswer }) {
  const said = useTexts().exportPage.state;
  const formats = useFormats();
  const { exportId, lastRun, currentRunId, detached, unclear = [], overLimit = [] } = shown;
  const edit = `/exports/${exportId}/edit`;
  const questions = new Set(unclear.map(({ attribute }) => attribute)).size;
  return (
    <SpaceBetween size="s">
      {currentRunId === undefined ? null : (
        <Alert type="info" header={said.running}>
          <RouteLink href={`/runs/${currentRunId}`}>{said.toRun}</RouteLink>
        </Alert>
      )}
      {detached === undefined ? null : (
        <Alert type="warning" header={said.detached}>
          {said.detachedText}
        </Alert>
      )}
      {lastRun?.problem === undefined ? null : (
        <ToldProblem
          type={lastRun.status === "failed" ? "error" : "warning"}
          problem={lastRun.problem}
        >
          {" "}
          <RouteLink href={`/runs/${lastRun.runId}`}>{said.toRun}</RouteLink>
        </ToldProblem>
      )}
      {questions === 0 ? null : (
        <Alert type="warning" header={said.unclear(questions)}>
          {said.unclearText} <RouteLink href={edit}>{said.answer}</RouteLink>
        </Alert>
      )}
      {overLimit.length === 0 ? null : (
        <Alert type="warning" header={said.overLimit}>
          {said.overLimitText(formats.list(overLimit.map(({ segment }) => segment)))}
        </Alert>
      )}
    </SpaceBetween>
  );
}
