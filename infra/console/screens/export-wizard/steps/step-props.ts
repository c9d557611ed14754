import type { ExportForm } from "../form/export-form";

/** What a step of the wizard is given. */
export interface StepProps {
  readonly form: ExportForm;
  readonly change: (answers: Partial<ExportForm>) => void;
  /** What is wrong with a field, in the viewer's language where it has words for it. */
  readonly faultOf: (field: string) => string | undefined;
}
