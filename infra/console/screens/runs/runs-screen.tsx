import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { runsQuery } from "../../api/queries/runs";
import { AccountBar } from "../../parts/figures/account-bar";
import { CommandLine } from "../../parts/command-line";
import { NoneYet } from "../../parts/empty-state";
import { FailedPage } from "../../parts/failed-page";
import { Instant } from "../../parts/instant";
import { Pages } from "../../parts/pages";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { useFormats, useTexts } from "../../texts/language";

const route = getRouteApi("/runs");

/** The runs of all exports that the caller may see, newest first. */
export function RunsScreen() {
  const { runs: words, common } = useTexts();
  const formats = useFormats();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const page = useQuery(runsQuery(useApi(), { after }));
  if (page.isError && page.data === undefined) {
    return <FailedPage error={page.error} onRetry={() => void page.refetch()} />;
  }
  return (
    <Table
      variant="full-page"
      stickyHeader
      loading={page.isPending}
      loadingText={common.states.loading}
      items={[...(page.data?.items ?? [])]}
      trackBy="runId"
      header={
        <Header variant="awsui-h1-sticky" description={words.description}>
          {words.title}
        </Header>
      }
      empty={<NoneYet title={words.none} hint={words.noneHint} />}
      pagination={
        <Pages
          first={after === undefined}
          next={page.data?.next}
          onPage={(next) => void navigate({ search: { after: next } })}
        />
      }
      footer={<CommandLine command="runs list --all" />}
      columnDefinitions={[
        {
          id: "run",
          header: words.columns.run,
          isRowHeader: true,
          cell: ({ runId, timings }) => (
            <RouteLink href={`/runs/${runId}`}>
              <Instant at={timings.requestedAt} />
            </RouteLink>
          ),
        },
        {
          id: "export",
          header: words.columns.export,
          cell: ({ exportId, settings }) => (
            <RouteLink href={`/exports/${exportId}`}>{settings.displayName}</RouteLink>
          ),
        },
        {
          id: "status",
          header: words.columns.status,
          cell: ({ status }) => <RunStatusIndicator status={status} />,
        },
        {
          id: "trigger",
          header: words.columns.trigger,
          cell: ({ trigger }) => words.trigger[trigger],
        },
        {
          id: "members",
          header: words.columns.members,
          cell: ({ numbers }) => <span className="number">{formats.number(numbers.members)}</span>,
        },
        {
          id: "account",
          header: words.columns.account,
          cell: ({ numbers }) => <AccountBar numbers={numbers} />,
        },
      ]}
    />
  );
}
