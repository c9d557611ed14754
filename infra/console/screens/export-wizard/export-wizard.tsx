import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { describeFailure } from "../../api/failures";
import { connectionQuery } from "../../api/queries/connections";
import type { ExportAnswer } from "../../api/queries/exports";
import { useFormats, useTexts } from "../../texts/language";
import { useDescribedSegments } from "./described-segments";
import { formOf } from "./form/export-form";
import { faultOfProblem, faultsOf, steps, type FormFault, type Step } from "./form/faults";
import { saveExport } from "./form/save-export";
import { useWizardForm, type WizardKind } from "./form/wizard-form";
import { LeaveDialog } from "./leave-dialog";
import { addressWithoutConnection } from "./search";
import { StaleDialog } from "./stale-dialog";
import { ConnectionStep } from "./steps/connection-step";
import { DeliveryStep } from "./steps/delivery-step";
import { ListStep } from "./steps/list-step";
import { MappingStep } from "./steps/mapping-step";
import { ReviewStep } from "./steps/review-step";
import { ScheduleStep } from "./steps/schedule-step";
import { SegmentsStep } from "./steps/segments-step";

/** Sets up an export, step by step. Saving starts nothing. */
export function ExportWizard({
  what,
  madeConnection,
}: {
  readonly what: WizardKind;
  /** A connection that was made for it while the person was at Klaviyo. */
  readonly madeConnection: string | undefined;
}) {
  const texts = useTexts();
  const { wizard } = texts;
  const formats = useFormats();
  const api = useApi();
  const { history } = useRouter();
  const tell = useFlash();
  const queries = useQueryClient();
  const { form, change, reset, discard, isDraft, touched } = useWizardForm(what, madeConnection);
  const [before, setBefore] = useState(what.kind === "edit" ? what.of : undefined);
  // An export that is there has all answers: each of them is one step away from where they are saved.
  const [active, setActive] = useState(what.kind === "edit" ? steps.length - 1 : 0);
  const [shownFaults, setShownFaults] = useState<readonly FormFault[]>([]);
  const [refused, setRefused] = useState<{ readonly title: string; readonly text: string }>();
  const [stale, setStale] = useState(false);
  const [previewAfter, setPreviewAfter] = useState(true);
  const [key, setKey] = useState(() => window.crypto.randomUUID());
  const done = useRef(false);
  const content = useRef<HTMLDivElement>(null);
  const [focusFault, setFocusFault] = useState(0);
  const described = useDescribedSegments(form.segments);
  const connection = useQuery({
    ...connectionQuery(api, form.connectionId),
    enabled: form.connectionId !== "",
  }).data;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      touched && !done.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => touched && !done.current,
    withResolver: true,
  });
  useEffect(() => {
    // It is in the draft from now on, and may be chosen anew there.
    if (madeConnection !== undefined) {
      history.replace(addressWithoutConnection());
    }
  }, [madeConnection, history]);
  const suggestedEmail = described.found[0]?.suggestedEmailField;
  useEffect(() => {
    if (form.email === "" && suggestedEmail !== undefined && active === steps.indexOf("mapping")) {
      change({ email: suggestedEmail });
    }
  }, [form.email, suggestedEmail, active, change]);
  useEffect(() => {
    if (focusFault > 0) {
      const field = content.current?.querySelector<HTMLElement>(
        "[aria-invalid=true], [role=radiogroup][aria-invalid=true] input",
      );
      (field ?? content.current?.querySelector<HTMLElement>("h1, h2"))?.focus();
    }
  }, [focusFault]);

  const named = form.displayName.trim() === "" ? formats.list(form.segments) : form.displayName;
  const whole = { ...form, displayName: named };
  const show = (faults: readonly FormFault[]) => {
    setShownFaults(faults);
    const [first] = faults;
    if (first !== undefined) {
      setActive(steps.indexOf(first.step));
      setFocusFault((count) => count + 1);
    }
  };
  const answered = (answers: Partial<typeof form>) => {
    change(answers);
    setRefused(undefined);
    setKey(window.crypto.randomUUID());
    setShownFaults((faults) =>
      faults.filter(({ field }) => !(field in answers) && !("lines" in answers)),
    );
  };
  const saving = useMutation({
    mutationFn: (current: ExportAnswer | undefined) => saveExport(api, whole, current, key),
    onSuccess: async ({ saved, scheduleError }) => {
      await queries.invalidateQueries({ queryKey: ["exports"] });
      setBefore(saved);
      if (scheduleError !== undefined) {
        const { text } = describeFailure(scheduleError, texts);
        setRefused({ title: wizard.scheduleFailed, text });
        return;
      }
      done.current = true;
      discard();
      tell({ type: "success", text: wizard.saved(saved.displayName) });
      const { exportId } = saved;
      if (previewAfter && saved.permissions.includes("run")) {
        try {
          const { previewId } = await api.createPreview({ path: { exportId } });
          history.push(`/exports/${exportId}/previews/${previewId}`);
          return;
        } catch {
          // The export's page has the button for another attempt.
        }
      }
      history.push(`/exports/${exportId}`);
    },
    onError: (error) => {
      const failure = describeFailure(error, texts);
      if (failure.kind === "stale") {
        setStale(true);
        return;
      }
      const fault = faultOfProblem(failure, form);
      if (fault === undefined) {
        setRefused({ title: failure.title, text: failure.text });
      } else {
        show([fault]);
      }
    },
  });
  const save = () => {
    const faults = faultsOf(whole);
    if (faults.length > 0) {
      show(faults);
    } else {
      saving.mutate(before);
    }
  };
  const faultOf = (field: string): string | undefined => {
    const fault = shownFaults.find((each) => each.field === field && each.step === steps[active]);
    if (fault === undefined) {
      return undefined;
    }
    const missing: Readonly<Record<string, string>> = wizard.missing;
    return fault.missing ? (missing[field] ?? wizard.missing.other) : fault.text;
  };
  const step = { form, change: answered, faultOf };
  const limit =
    connection !== undefined && "profileLimit" in connection ? connection.profileLimit : undefined;
  const contents: Readonly<Record<Step, React.ReactNode>> = {
    connection: (
      <ConnectionStep
        {...step}
        onLeave={() => {
          // The draft is kept, so nothing is lost.
          done.current = true;
        }}
      />
    ),
    list: <ListStep {...step} exportId={before?.exportId} />,
    segments: <SegmentsStep {...step} described={described} profileLimit={limit} />,
    mapping: <MappingStep {...step} described={described} />,
    delivery: <DeliveryStep {...step} described={described} />,
    schedule: <ScheduleStep {...step} />,
    review: (
      <ReviewStep
        {...step}
        described={described}
        connectionName={connection?.displayName}
        goTo={(to) => setActive(steps.indexOf(to))}
        previewAfter={previewAfter}
        setPreviewAfter={setPreviewAfter}
      />
    ),
  };
  const back = () =>
    history.push(what.kind === "new" ? "/exports" : `/exports/${what.of.exportId}`);
  const alert =
    refused !== undefined ? (
      <Alert type="error" header={refused.title}>
        {refused.text}
      </Alert>
    ) : shownFaults.some((fault) => fault.step === steps[active]) ? (
      <Alert type="error">{wizard.faultsOf(shownFaults.length)}</Alert>
    ) : undefined;
  return (
    <div ref={content}>
      <SpaceBetween size="m">
        {isDraft ? (
          <Alert
            type="info"
            header={wizard.draft.kept}
            action={<Button onClick={() => reset()}>{wizard.draft.discard}</Button>}
          >
            {wizard.draft.keptText}
          </Alert>
        ) : null}
        <Wizard
          activeStepIndex={active}
          allowSkipTo
          isLoadingNextStep={saving.isPending}
          onNavigate={({ detail: { requestedStepIndex, reason } }) => {
            const here = steps[active];
            const faults = faultsOf(whole).filter((fault) => fault.step === here);
            if (reason === "next" && faults.length > 0) {
              show(faults);
              return;
            }
            setActive(requestedStepIndex);
          }}
          onCancel={back}
          onSubmit={save}
          submitButtonText={wizard.navigation.save}
          i18nStrings={{
            stepNumberLabel: wizard.navigation.step,
            collapsedStepsLabel: wizard.navigation.collapsed,
            skipToButtonLabel: ({ title }) => wizard.navigation.jump(title),
            navigationAriaLabel: wizard.navigation.label,
            cancelButton: wizard.navigation.cancel,
            previousButton: wizard.navigation.previous,
            nextButton: wizard.navigation.next,
            optional: wizard.navigation.optional,
          }}
          steps={steps.map((name) => ({
            title: wizard.steps[name].title,
            description: wizard.steps[name].description,
            content: (
              <SpaceBetween size="m">
                {name === steps[active] ? alert : null}
                {name === steps[active] ? contents[name] : null}
              </SpaceBetween>
            ),
          }))}
        />
      </SpaceBetween>
      {blocker.status === "blocked" ? (
        <LeaveDialog stay={blocker.reset} leave={blocker.proceed} />
      ) : null}
      {stale && before !== undefined ? (
        <StaleDialog
          exportId={before.exportId}
          mine={whole}
          close={() => setStale(false)}
          keepMine={(current) => {
            setBefore(current);
            setStale(false);
            saving.mutate(current);
          }}
          takeTheirs={(current) => {
            setBefore(current);
            reset(formOf(current, formats.timeZone));
            setStale(false);
          }}
        />
      ) : null}
    </div>
  );
}
