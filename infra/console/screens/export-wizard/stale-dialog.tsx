import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { useTexts, useFormats } from "../../texts/language";
import { differences } from "./form/differences";
import { bodyOf, formOf, scheduleOf, type ExportForm } from "./form/export-form";
import { FailureAlert } from "../../parts/loading/failure-alert";

interface StaleDialogProps {
  readonly exportId: string;
  readonly mine: ExportForm;
  readonly close: () => void;
  readonly keepMine: (current: ExportAnswer) => void;
  readonly takeTheirs: (current: ExportAnswer) => void;
}

/** Somebody else was faster: shows what differs, and lets one take either. */
export function StaleDialog({ exportId, mine, close, keepMine, takeTheirs }: StaleDialogProps) {
  const texts = useTexts();
  const said = texts.wizard.stale;
  const { timeZone } = useFormats();
  const api = useApi();
  const current = useQuery({
    queryKey: ["exports", "now", exportId],
    queryFn: ({ signal }) => api.viewExport({ path: { exportId }, signal }),
    gcTime: 0,
  });
  const found =
    current.data === undefined
      ? []
      : differences(settingsOf(mine), settingsOf(formOf(current.data, timeZone)));
  return (
    <Modal
      visible
      size="large"
      header={said.title}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={current.data === undefined}
              onClick={() => {
                if (current.data !== undefined) {
                  takeTheirs(current.data);
                }
              }}
            >
              {said.takeTheirs}
            </Button>
            <Button
              variant="primary"
              disabled={current.data === undefined}
              onClick={() => {
                if (current.data !== undefined) {
                  keepMine(current.data);
                }
              }}
            >
              {said.keepYours}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {current.isError ? (
        <FailureAlert error={current.error} onRetry={() => current.refetch()} />
      ) : current.data === undefined ? (
        <StatusIndicator type="loading">{texts.common.states.loading}</StatusIndicator>
      ) : (
        <SpaceBetween size="m">
          <Box>{said.text}</Box>
          <Table
            variant="embedded"
            items={found}
            trackBy="setting"
            wrapLines
            ariaLabels={{ tableLabel: said.title }}
            columnDefinitions={[
              {
                id: "setting",
                header: said.setting,
                isRowHeader: true,
                cell: ({ setting }) => setting,
              },
              { id: "yours", header: said.yours, cell: ({ one }) => one ?? "–" },
              { id: "theirs", header: said.theirs, cell: ({ other }) => other ?? "–" },
            ]}
            empty={said.same}
          />
        </SpaceBetween>
      )}
    </Modal>
  );
}

function settingsOf(form: ExportForm): object {
  const { subscription, ...settings } = bodyOf(form);
  return {
    ...settings,
    subscription,
    schedule: scheduleOf(form),
  };
}
