import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQueries } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import type { ExportAnswer } from "../../api/queries/exports";
import { segmentQuery } from "../../api/queries/segments";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";

/** The export's segments: members, age, and what the export waits for of each. */
export function ExportSegments({
  segments,
  waitingFor = [],
}: Pick<ExportAnswer, "segments" | "waitingFor">) {
  const texts = useTexts();
  const said = texts.exportPage.segments;
  const formats = useFormats();
  const api = useApi();
  const items = useQueries({ queries: segments.map((name) => segmentQuery(api, name)) }).map(
    ({ data, error }, index) => ({ name: segments[index] ?? "", data, error }),
  );
  return (
    <Table
      items={items}
      trackBy="name"
      contentDensity="compact"
      ariaLabels={{ tableLabel: said.title }}
      header={<Header variant="h2">{said.title}</Header>}
      columnDefinitions={[
        {
          id: "name",
          header: said.name,
          isRowHeader: true,
          cell: ({ name }) => (
            <RouteLink href={`/segments/${encodeURIComponent(name)}`}>{name}</RouteLink>
          ),
        },
        {
          id: "members",
          header: said.members,
          cell: ({ data }) => (data?.members === undefined ? "–" : formats.number(data.members)),
        },
        {
          id: "refreshed",
          header: said.refreshed,
          cell: ({ data }) => (data === undefined ? "–" : formats.instant(data.refreshedAt)),
        },
        {
          id: "state",
          header: said.state,
          cell: ({ name, data, error }) => {
            const wait = waitingFor.find(({ segment }) => segment === name);
            if (wait !== undefined) {
              return (
                <StatusIndicator type={wait.overdue === true ? "warning" : "pending"}>
                  {said.waits[wait.reason]}
                  {wait.overdue === true ? ` (${said.overdue})` : ""}
                </StatusIndicator>
              );
            }
            if (error !== null) {
              return (
                <StatusIndicator type="error">{describeFailure(error, texts).text}</StatusIndicator>
              );
            }
            return data === undefined ? (
              <StatusIndicator type="loading">{texts.common.states.loading}</StatusIndicator>
            ) : (
              <StatusIndicator type="success">{said.ready}</StatusIndicator>
            );
          },
        },
      ]}
    />
  );
}
