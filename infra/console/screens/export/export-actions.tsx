import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { switchedOff, switchedOn } from "../../../../shared/domain/schedules/schedule";
import { useApi, useMay } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";
import { explainAddress } from "../run/addresses";
import { StartRunDialog } from "../start-run/start-run-dialog";
import { ConfirmDialog } from "../../parts/confirm-dialog";

/** What the viewer may do with the export; what they may not is there, and says why. */
export function ExportActions({ shown }: { readonly shown: ExportAnswer }) {
  const { exportPage } = useTexts();
  const said = exportPage.actions;
  const api = useApi();
  const { history } = useRouter();
  const queries = useQueryClient();
  const mayDo = useMay();
  const [dialog, setDialog] = useState<"start" | "remove" | "detach">();
  const { exportId, displayName, version, schedule, permissions } = shown;
  const changed = () => queries.invalidateQueries({ queryKey: ["exports"] });
  const preview = useMutation({
    mutationFn: () => api.createPreview({ path: { exportId } }),
    onSuccess: ({ previewId }) => history.push(`/exports/${exportId}/previews/${previewId}`),
  });
  const switching = useMutation({
    mutationFn: () =>
      api.scheduleExport({
        path: { exportId },
        body: schedule.mode === "off" ? switchedOn(schedule) : switchedOff(schedule),
        ifMatch: version,
      }),
    onSettled: changed,
  });
  const may = (permission: (typeof permissions)[number]) => permissions.includes(permission);
  const item = (id: string, text: string, allowed: boolean) => ({
    ...{ id, text, disabled: !allowed },
    ...(allowed ? {} : { disabledReason: said.notPermitted }),
  });
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        <ButtonDropdown
          loading={switching.isPending}
          items={[
            item("explain", said.explain, mayDo("explainProfile") !== undefined),
            item("edit", said.edit, may("edit")),
            item("duplicate", said.duplicate, may("edit")),
            item("switch", schedule.mode === "off" ? said.switchOn : said.switchOff, may("edit")),
            item("detach", said.detach, may("detach") && shown.connectionId !== null),
            item("delete", said.delete, may("delete")),
          ]}
          onItemClick={({ detail: { id } }) => {
            switch (id) {
              case "explain":
                history.push(explainAddress(exportId));
                break;
              case "edit":
                history.push(`/exports/${exportId}/edit`);
                break;
              case "duplicate":
                history.push(`/exports/new?from=${exportId}`);
                break;
              case "switch":
                switching.mutate();
                break;
              case "detach":
                setDialog("detach");
                break;
              case "delete":
                setDialog("remove");
                break;
              default:
            }
          }}
        >
          {said.more}
        </ButtonDropdown>
        <Button
          disabled={!may("run")}
          disabledReason={said.notPermitted}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
        >
          {said.preview}
        </Button>
        <Button
          variant="primary"
          disabled={!may("run")}
          disabledReason={said.notPermitted}
          onClick={() => setDialog("start")}
        >
          {said.run}
        </Button>
      </SpaceBetween>
      {preview.isError ? <FailureAlert error={preview.error} /> : null}
      {switching.isError ? <FailureAlert error={switching.error} /> : null}
      {dialog === "start" ? (
        <StartRunDialog exportId={exportId} onDismiss={() => setDialog(undefined)} />
      ) : null}
      {dialog === "remove" ? (
        <ConfirmDialog
          title={exportPage.remove.title(displayName)}
          text={exportPage.remove.text}
          confirm={exportPage.remove.confirm}
          close={() => setDialog(undefined)}
          act={async () => {
            await api.deleteExport({ path: { exportId } });
            queries.removeQueries({ queryKey: ["exports", "one", exportId] });
            await changed();
            history.push("/exports");
          }}
        />
      ) : null}
      {dialog === "detach" ? (
        <ConfirmDialog
          title={exportPage.detach.title(displayName)}
          text={exportPage.detach.text}
          confirm={exportPage.detach.confirm}
          close={() => setDialog(undefined)}
          act={async () => {
            await api.detachExport({ path: { exportId } });
            await changed();
            setDialog(undefined);
          }}
        />
      ) : null}
    </SpaceBetween>
  );
}
