import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useApi, useMay } from "../../api/api-provider";
import { every, SETTINGS_EVERY } from "../../api/polling";
import { connectionsQuery } from "../../api/queries/connections";
import { exportsQuery } from "../../api/queries/exports";
import { runsQuery } from "../../api/queries/runs";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { Instant } from "../../parts/instant";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { ToldText } from "../../parts/told-text";
import { useTexts } from "../../texts/language";
import { tellProblem } from "../../texts/told";
import { Entries } from "./entries";

/** How many of each kind home shows. */
const MOST = 10;

/** What is failing, what is running, what comes next and what waits for somebody. */
export function HomeScreen() {
  const { home: words } = useTexts();
  const may = useMay();
  const wide = { default: 12, m: 6 } as const;
  return (
    <ContentLayout header={<Header variant="h1">{words.title}</Header>}>
      <Grid
        gridDefinition={[
          { colspan: wide },
          { colspan: wide },
          { colspan: wide },
          { colspan: wide },
        ]}
      >
        <Failing />
        <Running />
        <NextRuns />
        {may("listConnections") !== undefined && <Connections />}
      </Grid>
    </ContentLayout>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Container fitHeight header={<Header variant="h2">{title}</Header>}>
      {children}
    </Container>
  );
}

/** Exports whose last run did not do what it was to do: one that was held back waits for somebody too. */
function Failing() {
  const { home: words } = useTexts();
  const api = useApi();
  const failed = useQuery(exportsQuery(api, { lastRunStatus: "failed", limit: MOST }));
  const skipped = useQuery(exportsQuery(api, { lastRunStatus: "skipped", limit: MOST }));
  const broken = [failed, skipped].find(({ isError, data }) => isError && data === undefined);
  const found =
    failed.data === undefined || skipped.data === undefined
      ? undefined
      : [...failed.data.items, ...skipped.data.items];
  return (
    <Panel title={words.failing}>
      {broken !== undefined ? (
        <FailureAlert error={broken.error} onRetry={() => broken.refetch()} />
      ) : (
        <Entries
          none={words.failingNone}
          entries={found?.map(({ exportId, displayName, lastRun }) => ({
            key: exportId,
            name: <RouteLink href={`/exports/${exportId}`}>{displayName}</RouteLink>,
            about:
              lastRun === null ? undefined : (
                <>
                  <RunStatusIndicator status={lastRun.status} />{" "}
                  <RouteLink href={`/runs/${lastRun.runId}`} fontSize="inherit">
                    <Instant at={lastRun.endedAt ?? lastRun.requestedAt} />
                  </RouteLink>
                </>
              ),
          }))}
        />
      )}
    </Panel>
  );
}

function Running() {
  const { home: words } = useTexts();
  const api = useApi();
  const running = useQuery(runsQuery(api, { status: "running", limit: MOST }));
  return (
    <Panel title={words.running}>
      {running.isError && running.data === undefined ? (
        <FailureAlert error={running.error} onRetry={() => running.refetch()} />
      ) : (
        <Entries
          none={words.runningNone}
          entries={running.data?.items.map(({ runId, settings, status }) => ({
            key: runId,
            name: <RouteLink href={`/runs/${runId}`}>{settings.displayName}</RouteLink>,
            about: <RunStatusIndicator status={status} />,
          }))}
        />
      )}
    </Panel>
  );
}

function NextRuns() {
  const { home: words } = useTexts();
  const api = useApi();
  const page = useQuery({
    ...exportsQuery(api, { limit: 100 }),
    refetchInterval: every(SETTINGS_EVERY),
  });
  const coming = page.data?.items
    .flatMap(({ exportId, displayName, nextRun }) =>
      nextRun === null ? [] : [{ exportId, displayName, nextRun }],
    )
    .toSorted((a, b) => a.nextRun.localeCompare(b.nextRun))
    .slice(0, MOST);
  return (
    <Panel title={words.next}>
      {page.isError && page.data === undefined ? (
        <FailureAlert error={page.error} onRetry={() => page.refetch()} />
      ) : (
        <Entries
          none={words.nextNone}
          entries={coming?.map(({ exportId, displayName, nextRun }) => ({
            key: exportId,
            name: <RouteLink href={`/exports/${exportId}`}>{displayName}</RouteLink>,
            about: <Instant at={nextRun} />,
          }))}
        />
      )}
    </Panel>
  );
}

function Connections() {
  const { home: words, told } = useTexts();
  const api = useApi();
  const page = useQuery(connectionsQuery(api, { limit: 100 }));
  return (
    <Panel title={words.connections}>
      {page.isError && page.data === undefined ? (
        <FailureAlert error={page.error} onRetry={() => page.refetch()} />
      ) : (
        <Entries
          none={words.connectionsNone}
          entries={page.data?.items.flatMap((connection) =>
            "problem" in connection && connection.problem !== undefined
              ? [
                  {
                    key: connection.connectionId,
                    name: (
                      <RouteLink href={`/connections/${connection.connectionId}`}>
                        {connection.displayName}
                      </RouteLink>
                    ),
                    about: <ToldText told={tellProblem(told, connection.problem)} />,
                  },
                ]
              : [],
          )}
        />
      )}
    </Panel>
  );
}
