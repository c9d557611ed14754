import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { SegmentAnswer } from "../../api/queries/segments";
import { ColumnChart } from "../../parts/figures/column-chart";
import { useFormats, useTexts } from "../../texts/language";

/** How many rows the last refreshes of a segment had; nothing while there are not two to compare. */
export function RefreshTrend({ its }: { readonly its: Pick<SegmentAnswer, "refreshes"> }) {
  const { segments: words } = useTexts();
  const formats = useFormats();
  const refreshes = its.refreshes.toSorted((a, b) => a.refreshedAt.localeCompare(b.refreshedAt));
  if (refreshes.length < 2) {
    return undefined;
  }
  return (
    <Container header={<Header variant="h2">{words.trend}</Header>}>
      <ColumnChart
        label={words.trend}
        most={formats.number(Math.max(...refreshes.map(({ rows }) => rows)))}
        columns={refreshes.map(({ refreshedAt, rows, members }) => ({
          key: refreshedAt,
          text: `${formats.number(rows)} (${formats.instant(refreshedAt)})`,
          parts:
            members === undefined
              ? [{ tone: "neutral", count: rows }]
              : [
                  { tone: "calm", count: members },
                  { tone: "neutral", count: Math.max(0, rows - members) },
                ],
        }))}
      />
    </Container>
  );
}
