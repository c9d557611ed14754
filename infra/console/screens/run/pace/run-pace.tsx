import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useApi, useMay } from "../../../api/api-provider";
import { paceQuery, type PaceAnswer } from "../../../api/queries/pace";
import type { RunAnswer } from "../../../api/queries/runs";
import { RouteLink } from "../../../parts/route-link";
import { useFormats, useTexts } from "../../../texts/language";
import { runAddress } from "../addresses";
import { timeOfDay } from "../phases/time-of-day";

/** How fast a run that is going gets on, against what Klaviyo allows the account; and who else uses that. */
export function RunPace({ run }: { readonly run: RunAnswer }) {
  const texts = useTexts().run.pace;
  const formats = useFormats();
  const mayView = useMay()("viewPace") !== undefined;
  const { data: account } = useQuery({
    ...paceQuery(useApi(), run.settings.connectionId),
    enabled: mayView,
  });
  const profilesASecond = (rate: number | undefined) =>
    rate === undefined ? texts.notYet : formats.number(rate);
  return (
    <Container
      header={
        <Header variant="h2" description={texts.description}>
          {texts.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {account?.heldUntil !== undefined && (
          <Alert type="warning">{texts.heldUntil(timeOfDay(formats, account.heldUntil))}</Alert>
        )}
        <ColumnLayout
          columns={account === undefined ? 2 : 4}
          variant="text-grid"
          minColumnWidth={150}
        >
          <Figure name={texts.sending} value={profilesASecond(run.pace?.sentPerSecond)} />
          <Figure name={texts.confirming} value={profilesASecond(run.pace?.confirmedPerSecond)} />
          {account?.calls
            .filter(({ call }) => call === "createImportJob")
            .flatMap(({ burst, steady }) => [
              <Used key="second" name={texts.lastSecond} {...burst} />,
              <Used key="minute" name={texts.lastMinute} {...steady} />,
            ])}
        </ColumnLayout>
        {account !== undefined && <RunsOverAccount account={account} runId={run.runId} />}
      </SpaceBetween>
    </Container>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <Box variant="awsui-key-label">{name}</Box>
      <Box fontSize="heading-l">
        <span className="account-number">{value}</span>
      </Box>
    </div>
  );
}

function Used({
  name,
  used,
  limit,
}: {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}) {
  const texts = useTexts().run.pace;
  const { number } = useFormats();
  return (
    <ProgressBar
      label={name}
      value={limit === 0 ? 0 : (used / limit) * 100}
      ariaLabel={name}
      additionalInfo={texts.limit(number(used), number(limit))}
    />
  );
}

function RunsOverAccount({
  account,
  runId,
}: {
  readonly account: PaceAnswer;
  readonly runId: string;
}) {
  const { run, runs } = useTexts();
  const { number } = useFormats();
  const texts = run.pace;
  return (
    <SpaceBetween size="xs">
      <Table
        variant="embedded"
        header={<Header variant="h3">{texts.runs}</Header>}
        items={account.runs}
        trackBy="runId"
        columnDefinitions={[
          {
            id: "export",
            header: runs.columns.export,
            isRowHeader: true,
            cell: (other) =>
              other.runId === runId ? (
                `${other.exportName} (${texts.thisRun})`
              ) : (
                <RouteLink href={runAddress(other.runId)}>{other.exportName}</RouteLink>
              ),
          },
          {
            id: "status",
            header: runs.columns.status,
            cell: ({ status, phase }) =>
              phase === undefined ? runs.status[status] : runs.phase[phase],
          },
          { id: "calls", header: texts.calls, cell: ({ calls }) => number(calls) },
          {
            id: "waits",
            header: texts.waits,
            cell: ({ waiting, nextCallAt }) =>
              waiting === undefined
                ? nextCallAt === undefined
                  ? texts.none
                  : texts.turn
                : run.problems.waiting[waiting.for],
          },
        ]}
      />
      {account.otherRuns > 0 && (
        <Box color="text-body-secondary">{texts.otherRuns(account.otherRuns)}</Box>
      )}
    </SpaceBetween>
  );
}
