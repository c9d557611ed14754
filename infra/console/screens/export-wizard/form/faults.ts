import { check } from "../../../../../shared/contract/faults";
import { createExportBodySchema } from "../../../../../shared/contract/exports";
import { exportScheduleSchema } from "../../../../../shared/domain/schedules/schedule";
import { attributeOf, bodyOf, scheduleOf, type ExportForm } from "./export-form";

/** The steps of the wizard, in their order. */
export const steps = [
  "connection",
  "list",
  "segments",
  "mapping",
  "delivery",
  "schedule",
  "review",
] as const;
export type Step = (typeof steps)[number];

/** What is wrong with an answer. */
export interface FormFault {
  readonly step: Step;
  /** The form's field: a setting's name, or `line.` and a line's key, or empty for the step as a whole. */
  readonly field: string;
  /** The schema's words, or the API's. */
  readonly text: string;
  /** That nothing was answered, which is said in the viewer's language. */
  readonly missing: boolean;
}

/** What keeps the form from being saved, by the schemas that the API checks it with; a fault a field. */
export function faultsOf(form: ExportForm): readonly FormFault[] {
  const settings = check(createExportBodySchema, bodyOf(form));
  const schedule = check(exportScheduleSchema, scheduleOf(form));
  const faults = [
    ...(settings.ok ? [] : settings.faults).map(({ path, text }) => ({
      ...placeOf(path.map(String), form),
      text,
      missing: isMissing(path.map(String), form),
    })),
    ...(schedule.ok ? [] : schedule.faults).map(({ path, text }) => ({
      step: "schedule" as const,
      field: String(path[0] === "recurrence" ? (path[1] ?? "times") : (path[0] ?? "")),
      text,
      missing: false,
    })),
    ...(needsAgreement(form)
      ? [{ step: "delivery" as const, field: "agree", text: "", missing: true }]
      : []),
  ];
  return [...new Map(faults.map((fault) => [`${fault.step} ${fault.field}`, fault])).values()];
}

/** Subscribing takes an acknowledgement, unless it was given before. */
function needsAgreement({ subscription, agree, acknowledged }: ExportForm): boolean {
  return subscription !== "none" && !agree && !acknowledged;
}

function isMissing(path: readonly string[], form: ExportForm): boolean {
  switch (path[0]) {
    case "displayName":
      return form.displayName.trim() === "";
    case "connectionId":
      return form.connectionId === "";
    case "listId":
      return form.listId === "";
    case "segments":
      return form.segments.length === 0;
    case "mapping":
      return path[1] === "email" && form.email === "";
    case "subscription":
      return path[1] === "consentedAtField" && form.consentedAtField === "";
    default:
      return false;
  }
}

/** Where in the wizard a setting is asked for, by its way in the body. */
function placeOf(path: readonly string[], form: ExportForm): Pick<FormFault, "step" | "field"> {
  const [setting = "", ...inner] = path;
  switch (setting) {
    case "connectionId":
      return { step: "connection", field: setting };
    case "listId":
      return { step: "list", field: setting };
    case "segments":
      return { step: "segments", field: setting };
    case "mapping":
      return placeInMapping(inner, form);
    case "syncMode":
    case "rejectionThreshold":
      return { step: "delivery", field: setting };
    case "subscription":
      return { step: "delivery", field: inner[0] ?? "subscription" };
    case "displayName":
      return { step: "review", field: setting };
    default:
      return { step: "review", field: "" };
  }
}

function placeInMapping(
  inner: readonly string[],
  { lines }: ExportForm,
): Pick<FormFault, "step" | "field"> {
  const [first = "", second] = inner;
  if (first === "consent") {
    return { step: "delivery", field: "consentField" };
  }
  if (first === "email") {
    return { step: "mapping", field: "email" };
  }
  const attribute =
    first === "location" || first === "properties" ? `${first}.${second ?? ""}` : first;
  const line = lines.find((each) => attributeOf(each) === attribute);
  return { step: "mapping", field: line === undefined ? "lines" : `line.${line.key}` };
}

/** Codes that name no field, by the step that they are about. */
const stepsByCode: Readonly<Record<string, Step>> = {
  noConnectionAvailable: "connection",
  connectionNotFound: "connection",
  keyRefused: "connection",
  scopesMissing: "connection",
  accountMismatch: "connection",
  secretUnreadable: "connection",
  ownSecretUnreadable: "connection",
  secretScheduledForDeletion: "connection",
  listNotFound: "list",
  listMirrored: "list",
  segmentMissing: "segments",
  segmentTooLarge: "segments",
  lakeTable: "segments",
};

/** Where in the wizard the API's problem belongs; undefined where it is about none of its steps. */
export function faultOfProblem(
  problem: {
    readonly code?: string | undefined;
    readonly field?: string | undefined;
    readonly text: string;
  },
  form: ExportForm,
): FormFault | undefined {
  const { code = "", field, text } = problem;
  const step = stepsByCode[code];
  if (field !== undefined) {
    const path = field
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    return { ...placeOf(path, form), text, missing: false };
  }
  const fieldOfStep: Partial<Record<Step, string>> = {
    connection: "connectionId",
    list: "listId",
    segments: "segments",
  };
  return step === undefined
    ? undefined
    : { step, field: fieldOfStep[step] ?? "", text, missing: false };
}
