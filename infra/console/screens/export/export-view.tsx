import ContentLayout from "@cloudscape-design/components/content-layout";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { isTerminal } from "../../../../shared/domain/runs/run";
import { useApi, useMay } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { runsQuery } from "../../api/queries/runs";
import { CommandLine, argumentOf } from "../../parts/command-line";
import { ExportAccount } from "./export-account";
import { ExportActions } from "./export-actions";
import { ExportAlerts } from "./export-alerts";
import { ExportHistory } from "./export-history";
import { ExportMapping } from "./export-mapping";
import { ExportOverview } from "./export-overview";
import { ExportRuns } from "./export-runs";
import { ExportSchedule } from "./export-schedule";
import { ExportSegments } from "./export-segments";
import { ExportTrend } from "./export-trend";

/** So many of the last runs are charted, and so many listed. */
const CHARTED = 30;
const LISTED = 10;

/** One export, whole: how it fares, where it goes, what it sends, and who changed it. */
export function ExportView({ shown }: { readonly shown: ExportAnswer }) {
  const may = useMay();
  const runs = useQuery(runsQuery(useApi(), { exportId: shown.exportId, limit: CHARTED }));
  const items = runs.data?.items ?? [];
  const counted = items.find(({ status, numbers }) => isTerminal(status) && numbers.rows > 0);
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<ExportActions shown={shown} />}>
          {shown.displayName}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ExportAlerts shown={shown} />
        <ExportOverview shown={shown} />
        {counted === undefined ? null : <ExportAccount run={counted} />}
        <ExportTrend runs={items} />
        <ExportRuns
          exportId={shown.exportId}
          runs={items.slice(0, LISTED)}
          loading={runs.isPending}
        />
        <Grid
          gridDefinition={[{ colspan: { default: 12, m: 7 } }, { colspan: { default: 12, m: 5 } }]}
        >
          <ExportSegments segments={shown.segments} waitingFor={shown.waitingFor} />
          <ExportSchedule shown={shown} />
        </Grid>
        <ExportMapping mapping={shown.mapping} />
        {may("viewAudit") === undefined ? null : <ExportHistory exportId={shown.exportId} />}
        <CommandLine command={`exports get ${argumentOf(shown.displayName)}`} />
      </SpaceBetween>
    </ContentLayout>
  );
}
