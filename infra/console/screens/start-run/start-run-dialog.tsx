import Alert from "@cloudscape-design/components/alert";
import Modal from "@cloudscape-design/components/modal";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { usualRunOptions, type RunOptions } from "../../../../shared/domain/runs/run-options";
import { useApi } from "../../api/api-provider";
import { describeFailure } from "../../api/failures";
import { exportQuery, type ExportAnswer } from "../../api/queries/exports";
import { FormDialog } from "../../parts/form-dialog";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";
import { runAddress } from "../run/addresses";
import { OptionsForm } from "./options-form";
import { PreviewNumbers } from "./preview-numbers";
import { TypedNumber } from "./typed-number";
import { usePreviewOf } from "./use-preview";

/** Starts a run of an export: says what will happen, and has a large removal confirmed by its number. */
export function StartRunDialog({
  exportId,
  usual = {},
  onDismiss,
}: {
  readonly exportId: string;
  /** What is chosen at first, where that is not as usual. */
  readonly usual?: Partial<RunOptions>;
  readonly onDismiss: () => void;
}) {
  const texts = useTexts();
  const { data: its, error, isError } = useQuery(exportQuery(useApi(), exportId));
  if (its !== undefined) {
    return <LoadedDialog its={its} usual={usual} onDismiss={onDismiss} />;
  }
  return (
    <Modal visible onDismiss={onDismiss} header={texts.run.start.start}>
      {isError ? (
        <FailureAlert error={error} />
      ) : (
        <StatusIndicator type="loading">{texts.common.states.loading}</StatusIndicator>
      )}
    </Modal>
  );
}

function LoadedDialog({
  its,
  usual,
  onDismiss,
}: {
  readonly its: ExportAnswer;
  readonly usual: Partial<RunOptions>;
  readonly onDismiss: () => void;
}) {
  const api = useApi();
  const { history } = useRouter();
  const client = useQueryClient();
  const texts = useTexts();
  const { number } = useFormats();
  const { start: words } = texts.run;
  const { exportId } = its;
  const [options, setOptions] = useState<RunOptions>({ ...usualRunOptions, ...usual });
  const [typed, setTyped] = useState("");
  // One key for one wish: sent twice, it starts one run; another choice is another wish.
  const [idempotencyKey, setIdempotencyKey] = useState(() => globalThis.crypto.randomUUID());
  const removesMany = options.allowMassRemoval || options.reconcile;
  const preview = usePreviewOf(exportId, options, removesMany);
  const leaving = preview.found?.numbers?.leaving;
  const isConfirmed = !removesMany || (leaving !== undefined && digitsOf(typed) === `${leaving}`);
  const start = useMutation({
    mutationFn: () => api.startRun({ path: { exportId }, body: options, idempotencyKey }),
    onSuccess: async (run) => {
      onDismiss();
      history.push(runAddress(run.runId));
      await client.invalidateQueries({ queryKey: ["exports"] });
    },
  });
  const going = start.isError ? goingRun(start.error, texts) : undefined;
  const mayRun = its.permissions.includes("run");
  return (
    <FormDialog
      header={words.title(its.displayName)}
      submit={words.start}
      disabled={!mayRun || !isConfirmed}
      sending={{ isPending: start.isPending, error: going === undefined ? start.error : null }}
      onSubmit={() => start.mutate()}
      onDismiss={onDismiss}
    >
      {!mayRun && <Alert type="warning">{words.mayNot}</Alert>}
      <OptionsForm
        its={its}
        options={options}
        onChange={(next) => {
          setOptions(next);
          setTyped("");
          setIdempotencyKey(globalThis.crypto.randomUUID());
          start.reset();
        }}
      />
      {removesMany && (
        <PreviewNumbers preview={preview} allowsMassRemoval={options.allowMassRemoval} />
      )}
      {removesMany && leaving !== undefined && (
        <TypedNumber
          wanted={number(leaving)}
          typed={typed}
          onChange={setTyped}
          isRight={isConfirmed}
        />
      )}
      {going !== undefined && (
        <Alert type="info" header={words.going}>
          {words.goingText} <RouteLink href={runAddress(going)}>{words.showGoing}</RouteLink>
        </Alert>
      )}
    </FormDialog>
  );
}

/** The run that an export has already, if that is why none was started. */
function goingRun(error: unknown, texts: ReturnType<typeof useTexts>): string | undefined {
  const { code, params } = describeFailure(error, texts);
  const runId = params?.["runId"];
  return code === "exportRunning" && typeof runId === "string" ? runId : undefined;
}

/** People type a number as it is shown to them, or without its separators. */
function digitsOf(typed: string): string {
  return typed.replace(/[\s.,'’]/g, "");
}
