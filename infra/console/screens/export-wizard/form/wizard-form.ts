import { useCallback, useEffect, useState } from "react";
import type { ExportAnswer } from "../../../api/queries/exports";
import { useDraft } from "../../../session/drafts";
import { useFormats } from "../../../texts/language";
import { emptyForm, exportFormSchema, formOf, toConnection, type ExportForm } from "./export-form";

/** What the wizard sets up: a new export, one like another, or one that there is. */
export type WizardKind =
  | { readonly kind: "new" }
  | { readonly kind: "duplicate"; readonly of: ExportAnswer; readonly name: string }
  | { readonly kind: "edit"; readonly of: ExportAnswer };

/**
 * The form, kept as a draft with every answer.
 *
 * @param madeConnection a connection that was made for it while the person was at Klaviyo, which it goes to now
 */
export function useWizardForm(what: WizardKind, madeConnection: string | undefined) {
  const { timeZone } = useFormats();
  const [start] = useState(() => startOf(what, timeZone));
  const draftName = what.kind === "new" ? "export:new" : `export:${what.kind}:${what.of.exportId}`;
  const { draft, keep, discard } = useDraft(draftName, exportFormSchema);
  const [form, setForm] = useState<ExportForm>(() => {
    const begun = draft ?? start;
    return madeConnection === undefined
      ? begun
      : { ...begun, ...toConnection(begun, madeConnection) };
  });
  const [isDraft, setIsDraft] = useState(draft !== undefined);
  const [touched, setTouched] = useState(draft !== undefined || madeConnection !== undefined);
  useEffect(() => {
    if (madeConnection !== undefined) {
      keep(form);
    }
  }, [madeConnection, keep, form]);
  const change = useCallback(
    (answers: Partial<ExportForm>) => {
      setTouched(true);
      setForm((before) => {
        const after = { ...before, ...answers };
        keep(after);
        return after;
      });
    },
    [keep],
  );
  const reset = useCallback(
    (to: ExportForm = start) => {
      discard();
      setForm(to);
      setIsDraft(false);
      setTouched(false);
    },
    [discard, start],
  );
  return { form, change, reset, discard, isDraft, touched };
}

function startOf(what: WizardKind, timeZone: string): ExportForm {
  switch (what.kind) {
    case "new":
      return emptyForm(timeZone);
    case "edit":
      return formOf(what.of, timeZone);
    case "duplicate":
      return { ...formOf(what.of, timeZone), displayName: what.name, acknowledged: false };
  }
}
