import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { runQuery } from "../../api/queries/runs";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";
import { ComparedRuns } from "./compared-runs";
import { RunChoice } from "./run-choice";
import type { ComparisonSearch } from "./search";

/** Two runs side by side, which are chosen here or come with the address. */
export function ComparisonView({
  search: { a, b },
  onSearch,
}: {
  readonly search: ComparisonSearch;
  readonly onSearch: (search: ComparisonSearch) => void;
}) {
  const api = useApi();
  const { comparison: texts, common } = useTexts();
  const first = useQuery({ ...runQuery(api, a ?? ""), enabled: a !== undefined });
  const second = useQuery({ ...runQuery(api, b ?? ""), enabled: b !== undefined });
  const error = first.error ?? second.error;
  const exportId = first.data?.exportId ?? second.data?.exportId;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={texts.description}
          actions={
            <Button
              disabled={a === undefined || b === undefined}
              onClick={() => onSearch({ a: b, b: a })}
            >
              {texts.swap}
            </Button>
          }
        >
          {texts.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="m">
            <RunChoice
              label={texts.first}
              chosen={a}
              exportId={exportId}
              onChoose={(runId) => onSearch({ a: runId, b })}
            />
            <RunChoice
              label={texts.second}
              chosen={b}
              exportId={exportId}
              onChoose={(runId) => onSearch({ a, b: runId })}
            />
          </SpaceBetween>
        </Container>
        {error !== null && <FailureAlert error={error} />}
        {a === undefined || b === undefined ? (
          <Box color="text-body-secondary">{texts.chooseHint}</Box>
        ) : first.data === undefined || second.data === undefined ? (
          error === null && (
            <StatusIndicator type="loading">{common.states.loading}</StatusIndicator>
          )
        ) : (
          <SpaceBetween size="l">
            {first.data.exportId !== second.data.exportId && (
              <Alert type="info">{texts.others}</Alert>
            )}
            <ComparedRuns a={first.data} b={second.data} />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
