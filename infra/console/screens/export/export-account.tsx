import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { RunAnswer } from "../../api/queries/runs";
import { RouteLink } from "../../parts/route-link";
import { StackedBar } from "../../parts/figures/stacked-bar";
import { useFormats, useTexts } from "../../texts/language";
import { accountParts } from "./account-parts";

/** What became of each row in the last run, as one bar whose parts add up. */
export function ExportAccount({ run }: { readonly run: RunAnswer }) {
  const { exportPage, runs } = useTexts();
  const said = exportPage.account;
  const formats = useFormats();
  const { parts, rows, adds } = accountParts(run);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<RouteLink href={`/runs/${run.runId}`}>{exportPage.state.toRun}</RouteLink>}
          description={`${runs.status[run.status]}, ${formats.instant(run.timings.requestedAt)}`}
        >
          {said.title}
        </Header>
      }
    >
      {rows === 0 ? (
        <Box color="text-body-secondary">{said.none}</Box>
      ) : (
        <SpaceBetween size="s">
          <StackedBar
            parts={parts.map(({ name, count, tone }) => ({
              ...{ label: said.parts[name], count, tone },
              text: `${said.parts[name]}: ${formats.number(count)}`,
            }))}
            legend
          />
          <StatusIndicator type={adds ? "success" : "error"}>
            {adds ? said.adds(formats.number(rows)) : said.addsNot}
          </StatusIndicator>
        </SpaceBetween>
      )}
    </Container>
  );
}
