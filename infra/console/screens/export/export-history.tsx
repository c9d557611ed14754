import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { auditQuery } from "../../api/queries/audit";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useFormats, useTexts } from "../../texts/language";
import { differences } from "../export-wizard/form/differences";

/** Who changed the export, and what: for administrators. */
export function ExportHistory({ exportId }: { readonly exportId: string }) {
  const texts = useTexts();
  const said = texts.exportPage.history;
  const formats = useFormats();
  const audit = useQuery(auditQuery(useApi(), { target: exportId, limit: 20 }));
  if (audit.isError && audit.data === undefined) {
    return <FailureAlert error={audit.error} onRetry={() => audit.refetch()} />;
  }
  return (
    <Table
      items={audit.data?.items ?? []}
      trackBy="auditId"
      loading={audit.isPending}
      loadingText={texts.common.states.loading}
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: said.title }}
      header={<Header variant="h2">{said.title}</Header>}
      columnDefinitions={[
        { id: "at", header: said.at, isRowHeader: true, cell: ({ at }) => formats.instant(at) },
        {
          id: "who",
          header: said.who,
          cell: ({ actor, source, people = {} }) =>
            source.kind === "api" ? (people[actor.userId] ?? actor.userId) : said.system,
        },
        { id: "what", header: said.what, cell: ({ action }) => action },
        {
          id: "outcome",
          header: said.outcome,
          cell: ({ outcome }) => (
            <StatusIndicator
              type={
                outcome === "succeeded" ? "success" : outcome === "unknown" ? "pending" : "error"
              }
            >
              {said.outcomes[outcome]}
            </StatusIndicator>
          ),
        },
        {
          id: "changes",
          header: said.changes,
          cell: ({ before, after }) =>
            before === undefined || after === undefined
              ? "–"
              : differences(before, after)
                  .map(({ setting, one = "–", other = "–" }) => `${setting}: ${one} → ${other}`)
                  .join("; ") || "–",
        },
      ]}
      empty={said.none}
    />
  );
}
