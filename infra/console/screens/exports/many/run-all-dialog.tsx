import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../../api/api-provider";
import { everyExport } from "../../../api/queries/exports";
import { useFlash } from "../../../app/flashes";
import { ConfirmDialog } from "../../../parts/confirm-dialog";
import { FailureAlert } from "../../../parts/loading/failure-alert";
import { useTexts } from "../../../texts/language";

/** Starts all exports that have an active schedule, once it is known how many these are. */
export function RunAllDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { exports: words, common } = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const flash = useFlash();
  const { history } = useRouter();
  // Asked for again after a failure it is the same start.
  const [idempotencyKey] = useState(() => window.crypto.randomUUID());
  const count = useQuery({
    queryKey: ["exports", "toRun"],
    queryFn: async ({ signal }) =>
      (await everyExport(api, signal)).filter(
        ({ permissions, schedule }) => schedule.mode !== "off" && permissions.includes("run"),
      ).length,
    gcTime: 0,
  });
  return (
    <ConfirmDialog
      title={words.runAll.title}
      text={
        count.isError ? (
          <FailureAlert error={count.error} onRetry={() => count.refetch()} />
        ) : count.data === undefined ? (
          <StatusIndicator type="loading">{common.states.loading}</StatusIndicator>
        ) : count.data === 0 ? (
          words.runAll.none
        ) : (
          words.runAll.text(count.data)
        )
      }
      confirm={words.runAll.confirm}
      disabled={count.data === undefined || count.data === 0}
      close={onDismiss}
      act={async () => {
        const { items } = await api.runAll({ body: {}, idempotencyKey });
        onDismiss();
        flash({ type: "success", text: words.runAll.started(items.length) });
        history.push("/runs");
        await queries.invalidateQueries({ queryKey: ["runs"] });
      }}
    />
  );
}
