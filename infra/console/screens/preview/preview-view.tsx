import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { PreviewOptions } from "../../../../shared/domain/runs/run-options";
import { useApi } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import type { PreviewAnswer } from "../../api/queries/previews";
import { CommandLine, argumentOf } from "../../parts/command-line";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { ToldProblem } from "../../parts/loading/told-problem";
import { useTexts } from "../../texts/language";
import { StartRunDialog } from "../start-run/start-run-dialog";
import { PreviewEstimate } from "./preview-estimate";
import { PreviewNumbers } from "./preview-numbers";
import { PreviewPeople } from "./preview-people";
import { PreviewReadings } from "./preview-readings";
import { PreviewRunning } from "./preview-running";

interface PreviewViewProps {
  readonly shown: ExportAnswer;
  readonly preview: PreviewAnswer;
}

/** What a run would do now, and from there the run itself. */
export function PreviewView({ shown, preview }: PreviewViewProps) {
  const said = useTexts().preview;
  const api = useApi();
  const { history } = useRouter();
  const [starting, setStarting] = useState<PreviewOptions>();
  const { exportId, displayName, permissions } = shown;
  const { status, mode, reconcile, problem, stop, warnings = [] } = preview;
  const again = useMutation({
    mutationFn: (options: PreviewOptions) =>
      api.createPreview({ path: { exportId }, body: options }),
    onSuccess: ({ previewId }) => history.push(`/exports/${exportId}/previews/${previewId}`),
  });
  const mayRun = permissions.includes("run");
  const busy = again.isPending || status === "running";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={said.description}
          actions={
            mayRun ? (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  disabled={busy}
                  onClick={() => again.mutate({ mode, reconcile })}
                >
                  {said.actions.again}
                </Button>
                {mode === "full" ? null : (
                  <Button disabled={busy} onClick={() => again.mutate({ mode: "full", reconcile })}>
                    {said.actions.previewFull}
                  </Button>
                )}
                <Button
                  variant="primary"
                  disabled={status !== "ready"}
                  onClick={() => setStarting({ mode, reconcile })}
                >
                  {mode === "full" ? said.actions.full : said.actions.start}
                </Button>
              </SpaceBetween>
            ) : undefined
          }
        >
          {said.title(displayName)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {again.isError ? <FailureAlert error={again.error} /> : null}
        {status === "running" ? <PreviewRunning since={preview.requestedAt} /> : null}
        {problem === undefined ? null : (
          <ToldProblem type="error" title={said.failed} problem={problem} />
        )}
        {status !== "ready" ? null : stop === undefined ? (
          <Alert type="success">{said.goes}</Alert>
        ) : (
          <ToldProblem type="error" title={said.stops} problem={stop} />
        )}
        {warnings.map((warning) => (
          <ToldProblem key={warning.message} type="warning" problem={warning} />
        ))}
        <PreviewNumbers preview={preview} />
        <PreviewEstimate preview={preview} />
        <PreviewPeople preview={preview} />
        <PreviewReadings preview={preview} />
        <CommandLine
          command={`exports preview ${argumentOf(displayName)}${mode === "full" ? " --full" : ""}`}
        />
        {status === "ready" ? (
          <Box color="text-body-secondary" fontSize="body-s">
            {said.expires}
          </Box>
        ) : null}
      </SpaceBetween>
      {starting === undefined ? null : (
        <StartRunDialog
          exportId={exportId}
          usual={starting}
          onDismiss={() => setStarting(undefined)}
        />
      )}
    </ContentLayout>
  );
}
