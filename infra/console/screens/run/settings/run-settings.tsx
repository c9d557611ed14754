import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { RunAnswer } from "../../../api/queries/runs";
import { useFormats, useTexts } from "../../../texts/language";

/** The settings that a run was started with, and which refresh of each segment it read. */
export function RunSettings({ run }: { readonly run: RunAnswer }) {
  const { run: texts, runs, common } = useTexts();
  const { number, instant, list } = useFormats();
  const { settings } = texts;
  const used = run.settings;
  const options = [
    runs.mode[run.mode],
    ...(run.allowMassRemoval ? [settings.allowMassRemoval] : []),
    ...(run.reconcile ? [settings.reconcile] : []),
    ...(run.resubscribe ? [settings.resubscribe] : []),
  ];
  return (
    <Container
      header={
        <Header variant="h2" description={settings.description}>
          {settings.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          minColumnWidth={180}
          items={[
            { label: settings.list, value: used.listId },
            { label: settings.syncMode, value: settings.syncModes[used.syncMode] },
            { label: settings.options, value: list(options) },
            { label: settings.mapping, value: number(Object.keys(used.mapping).length) },
            {
              label: settings.threshold,
              value:
                used.rejectionThreshold === undefined
                  ? common.states.none
                  : number(used.rejectionThreshold),
            },
          ]}
        />
        <Table
          variant="embedded"
          wrapLines
          header={<Header variant="h3">{settings.segments}</Header>}
          items={used.segments.map((segment) => ({
            segment,
            ...run.segments?.find((pinned) => pinned.segment === segment),
          }))}
          trackBy="segment"
          columnDefinitions={[
            {
              id: "segment",
              header: settings.segment,
              isRowHeader: true,
              cell: ({ segment }) => segment,
            },
            {
              id: "refreshed",
              header: settings.refreshed,
              cell: ({ refreshedAt }) =>
                refreshedAt === undefined ? settings.notRead : instant(refreshedAt),
            },
            {
              id: "files",
              header: settings.files,
              cell: ({ files }) => (files === undefined ? "–" : number(files)),
            },
            {
              id: "whole",
              header: settings.whole,
              cell: ({ completeness }) =>
                completeness === undefined ? "–" : settings.completeness[completeness],
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
