import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { isTerminal } from "../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../api/queries/runs";
import { ColumnChart } from "../../parts/figures/column-chart";
import { useFormats, useTexts } from "../../texts/language";

/** How many members the last runs had, and what became of them; nothing while there are not two to compare. */
export function ExportTrend({ runs }: { readonly runs: readonly RunAnswer[] }) {
  const said = useTexts().exportPage.trend;
  const formats = useFormats();
  const counted = runs
    .filter(({ status, numbers }) => isTerminal(status) && numbers.members > 0)
    .toReversed();
  if (counted.length < 2) {
    return undefined;
  }
  const most = Math.max(...counted.map(({ numbers }) => numbers.members));
  return (
    <Container
      header={
        <Header variant="h2" description={said.description}>
          {said.title}
        </Header>
      }
    >
      <ColumnChart
        label={said.title}
        most={formats.number(most)}
        columns={counted.map(({ runId, timings, numbers }) => ({
          key: runId,
          text: said.column(formats.number(numbers.members), formats.instant(timings.requestedAt)),
          parts: [
            { tone: "calm", count: numbers.unchanged },
            { tone: "good", count: numbers.imported },
            { tone: "warn", count: numbers.unsent },
            { tone: "bad", count: numbers.refused },
          ],
        }))}
      />
    </Container>
  );
}
