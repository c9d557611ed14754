import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ExportAnswer } from "../../api/queries/exports";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { useFormats, useTexts } from "../../texts/language";

/** Where an export goes and how, when it runs next, and who changed it last. */
export function ExportOverview({ shown }: { readonly shown: ExportAnswer }) {
  const { exportPage, wizard } = useTexts();
  const said = exportPage.overview;
  const formats = useFormats();
  const { lastRun, nextRun, connection, connectionId, people = {} } = shown;
  const nameOf = (userId: string) => people[userId] ?? userId;
  return (
    <Container header={<Header variant="h2">{said.title}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: said.status,
            value:
              lastRun === null ? (
                said.never
              ) : (
                <RouteLink href={`/runs/${lastRun.runId}`}>
                  <RunStatusIndicator status={lastRun.status} phase={lastRun.phase} />
                </RouteLink>
              ),
          },
          {
            label: said.next,
            value: nextRun === null ? said.noNext : formats.instant(nextRun),
          },
          {
            label: said.connection,
            value:
              connectionId === null
                ? said.noConnection
                : (connection?.displayName ?? said.hiddenConnection),
          },
          { label: said.list, value: shown.listName ?? shown.listId },
          { label: said.mode, value: wizard.delivery.syncModes[shown.syncMode] },
          {
            label: said.subscription,
            value:
              wizard.delivery.subscriptions[
                shown.subscription === undefined
                  ? "none"
                  : shown.subscription.historicalImport
                    ? "historical"
                    : "new"
              ],
          },
          {
            label: said.changed,
            value: said.by(formats.instant(shown.updatedAt), nameOf(shown.updatedBy)),
          },
          {
            label: said.created,
            value: said.by(formats.instant(shown.createdAt), nameOf(shown.createdBy)),
          },
          ...(shown.rejectionThreshold === undefined
            ? []
            : [
                {
                  label: said.threshold,
                  value: said.thresholdValue(formats.number(shown.rejectionThreshold)),
                },
              ]),
        ]}
      />
    </Container>
  );
}
