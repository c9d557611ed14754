import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { RunAnswer } from "../../api/queries/runs";
import { AccountBar } from "../../parts/figures/account-bar";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { useFormats, useTexts } from "../../texts/language";

interface ExportRunsProps {
  readonly exportId: string;
  readonly runs: readonly RunAnswer[];
  readonly loading: boolean;
}

/** The last runs below one another, so that their bars show the trend. */
export function ExportRuns({ exportId, runs, loading }: ExportRunsProps) {
  const texts = useTexts();
  const said = texts.exportPage.runs;
  const formats = useFormats();
  return (
    <Table<RunAnswer>
      items={runs}
      trackBy="runId"
      loading={loading}
      loadingText={texts.common.states.loading}
      contentDensity="compact"
      ariaLabels={{ tableLabel: said.title }}
      header={
        <Header
          variant="h2"
          description={said.legend}
          actions={<RouteLink href={`/runs?exportId=${exportId}`}>{said.all}</RouteLink>}
        >
          {said.title}
        </Header>
      }
      columnDefinitions={[
        {
          id: "requested",
          header: texts.runs.columns.run,
          isRowHeader: true,
          cell: ({ runId, timings }) => (
            <RouteLink href={`/runs/${runId}`}>{formats.instant(timings.requestedAt)}</RouteLink>
          ),
        },
        {
          id: "status",
          header: texts.runs.columns.status,
          cell: ({ status, phase }) => <RunStatusIndicator status={status} phase={phase} />,
        },
        {
          id: "account",
          header: texts.runs.columns.account,
          minWidth: 160,
          cell: ({ numbers }) => <AccountBar numbers={numbers} />,
        },
        {
          id: "members",
          header: texts.runs.columns.members,
          cell: ({ numbers }) => formats.number(numbers.members),
        },
        {
          id: "imported",
          header: texts.runs.columns.imported,
          cell: ({ numbers }) => formats.number(numbers.imported),
        },
        {
          id: "duration",
          header: texts.runs.columns.duration,
          cell: ({ timings: { seconds } }) =>
            seconds === undefined ? "–" : formats.duration(seconds),
        },
      ]}
      empty={
        <Box textAlign="center">
          <Box variant="strong">{said.none}</Box>
          <Box color="text-body-secondary">{said.noneHint}</Box>
        </Box>
      }
    />
  );
}
