import * as z from "zod";
import { mappingLines, withField } from "../../../../cli/configuration/mapping-fields";
import { syncModeSchema } from "../../../../../shared/domain/exports/export";
import { weekdays, type Recurrence } from "../../../../../shared/domain/schedules/recurrence";
import { switchedOff, type ExportSchedule } from "../../../../../shared/domain/schedules/schedule";
import type { ExportAnswer } from "../../../api/queries/exports";

/** One Klaviyo field that is filled. */
const formLineSchema = z.object({
  /** Tells lines apart while they are being named. */
  key: z.number(),
  group: z.enum(["profile", "location", "properties"]),
  name: z.string(),
  field: z.string(),
  /** What else is said of it, such as `type` or `defaultCountry`. */
  rules: z.record(z.string(), z.string()),
});
export type FormLine = z.infer<typeof formLineSchema>;

/** An export as somebody is setting it up: all that the steps ask, answered or not. Drafts are kept in this form. */
export const exportFormSchema = z.object({
  displayName: z.string(),
  connectionId: z.string(),
  listId: z.string(),
  listName: z.string(),
  segments: z.array(z.string()),
  email: z.string(),
  lines: z.array(formLineSchema),
  /** The field that says who agreed to emails; empty for none. */
  consentField: z.string(),
  consentMeaning: z.enum(["agreed", "refused"]),
  syncMode: syncModeSchema,
  /** As it is typed; empty for none. */
  rejectionThreshold: z.string(),
  subscription: z.enum(["none", "new", "historical"]),
  consentedAtField: z.string(),
  customSource: z.string(),
  agree: z.boolean(),
  /** Whether subscribing was acknowledged when the export was saved before. */
  acknowledged: z.boolean(),
  scheduleMode: z.enum(["system", "onRefresh", "own", "off"]),
  frequency: z.enum(["daily", "weekly"]),
  days: z.array(z.enum(weekdays)),
  times: z.array(z.string()),
  timeZone: z.string(),
  /** As it is typed; empty for never. */
  overdueAfterHours: z.string(),
});
export type ExportForm = z.infer<typeof exportFormSchema>;

/** The form before anything is answered. @param timeZone the viewer's */
export function emptyForm(timeZone: string): ExportForm {
  return {
    ...{ displayName: "", connectionId: "", listId: "", listName: "" },
    ...{ segments: [], email: "", lines: [] },
    ...{ consentField: "", consentMeaning: "agreed", syncMode: "upsert", rejectionThreshold: "" },
    ...{ subscription: "none", consentedAtField: "", customSource: "", agree: false },
    acknowledged: false,
    ...{ scheduleMode: "system", frequency: "daily", days: [], times: ["06:00"], timeZone },
    overdueAfterHours: "",
  };
}

/** The form of an export that there is. @param timeZone the viewer's, where the export's schedule names none */
export function formOf(from: ExportAnswer, timeZone: string): ExportForm {
  const { email, consent, ...filled } = from.mapping;
  const { subscription } = from;
  return {
    ...emptyForm(timeZone),
    displayName: from.displayName,
    connectionId: from.connectionId ?? "",
    listId: from.listId,
    listName: from.listName ?? "",
    segments: [...from.segments],
    email,
    lines: linesOf(filled),
    ...(consent === undefined
      ? {}
      : {
          consentField: typeof consent === "string" ? consent : consent.field,
          consentMeaning: typeof consent === "string" ? "agreed" : (consent.meaning ?? "agreed"),
        }),
    syncMode: from.syncMode,
    rejectionThreshold: from.rejectionThreshold?.toString() ?? "",
    ...(subscription === undefined
      ? {}
      : {
          subscription: subscription.historicalImport ? "historical" : "new",
          consentedAtField: subscription.historicalImport ? subscription.consentedAtField : "",
          customSource: subscription.customSource ?? "",
          acknowledged: true,
        }),
    ...scheduleFieldsOf(from.schedule),
  };
}

/** The lines of a mapping without its email and its consent. */
export function linesOf(mapping: object): FormLine[] {
  return mappingLines(mapping).map(({ klaviyoField, field, rules }, key) => {
    const [group, name] = splitAttribute(klaviyoField);
    const said = Object.entries(rules).map(([rule, value]): [string, string] => [
      rule,
      String(value),
    ]);
    return { key, group, name, field, rules: Object.fromEntries(said) };
  });
}

/** Where a line's value goes, as people write it: `first_name`, `properties.Tier`. */
export function attributeOf({ group, name }: Pick<FormLine, "group" | "name">): string {
  return group === "profile" ? name : `${group}.${name}`;
}

function splitAttribute(attribute: string): readonly [FormLine["group"], string] {
  const dot = attribute.indexOf(".");
  const group = attribute.slice(0, Math.max(0, dot));
  return group === "location" || group === "properties"
    ? [group, attribute.slice(dot + 1)]
    : ["profile", attribute];
}

/** The mapping as it is sent, valid or not. A field of which nothing more is said is its name alone. */
export function mappingOf({
  email,
  lines,
  consentField,
  consentMeaning,
}: Pick<ExportForm, "email" | "lines" | "consentField" | "consentMeaning">): Record<
  string,
  unknown
> {
  const filled = lines.reduce<Record<string, unknown>>(
    (mapping, line) => {
      const rules = Object.entries(line.rules).filter(([, value]) => value !== "");
      const value =
        rules.length === 0 ? line.field : { field: line.field, ...Object.fromEntries(rules) };
      return withField(mapping, attributeOf(line), value);
    },
    { ...(email === "" ? {} : { email }) },
  );
  return consentField === ""
    ? filled
    : { ...filled, consent: { field: consentField, meaning: consentMeaning } };
}

/** The body that saves the form, valid or not: what is not answered is not there. */
export function bodyOf(form: ExportForm): Record<string, unknown> {
  const source = form.customSource.trim();
  return {
    displayName: form.displayName,
    ...(form.connectionId === "" ? {} : { connectionId: form.connectionId }),
    ...(form.listId === "" ? {} : { listId: form.listId }),
    segments: form.segments,
    mapping: mappingOf(form),
    syncMode: form.syncMode,
    ...(form.rejectionThreshold.trim() === ""
      ? {}
      : { rejectionThreshold: Number(form.rejectionThreshold) }),
    ...(form.subscription === "none"
      ? {}
      : {
          subscription: {
            historicalImport: form.subscription === "historical",
            ...(form.subscription === "historical"
              ? { consentedAtField: form.consentedAtField }
              : {}),
            ...(source === "" ? {} : { customSource: source }),
            ...(form.agree ? { agree: true } : {}),
          },
        }),
  };
}

/** The recurrence that the form says, valid or not. */
export function recurrenceOfForm(
  form: Pick<ExportForm, "frequency" | "days" | "times" | "timeZone">,
): Recurrence {
  const { frequency, times, timeZone } = form;
  const days = weekdays.filter((day) => form.days.includes(day));
  return frequency === "daily"
    ? { frequency, times, timeZone }
    : { frequency, days, times, timeZone };
}

/** The schedule that the form says, valid or not. @param before what is kept of it while it is off */
export function scheduleOf(form: ExportForm, before?: ExportSchedule): ExportSchedule {
  switch (form.scheduleMode) {
    case "system":
      return { mode: "system" };
    case "onRefresh":
      return form.overdueAfterHours.trim() === ""
        ? { mode: "onRefresh" }
        : { mode: "onRefresh", overdueAfterHours: Number(form.overdueAfterHours) };
    case "own":
      return { mode: "own", recurrence: recurrenceOfForm(form) };
    case "off":
      return before === undefined ? { mode: "off" } : switchedOff(before);
  }
}

function scheduleFieldsOf(schedule: ExportSchedule): Partial<ExportForm> {
  const recurrence =
    schedule.mode === "own" || schedule.mode === "off" ? schedule.recurrence : undefined;
  const hours =
    schedule.mode === "onRefresh"
      ? schedule.overdueAfterHours
      : schedule.mode === "off"
        ? schedule.onRefresh?.overdueAfterHours
        : undefined;
  return {
    scheduleMode: schedule.mode,
    overdueAfterHours: hours?.toString() ?? "",
    ...(recurrence === undefined
      ? {}
      : {
          frequency: recurrence.frequency,
          days: recurrence.frequency === "weekly" ? [...recurrence.days] : [],
          times: [...recurrence.times],
          timeZone: recurrence.timeZone,
        }),
  };
}

/** What changes when another connection is chosen: a list belongs to its account, and what was acknowledged holds for it. */
export function toConnection(
  form: Pick<ExportForm, "connectionId">,
  connectionId: string,
): Partial<ExportForm> {
  return form.connectionId === connectionId
    ? {}
    : { connectionId, listId: "", listName: "", acknowledged: false };
}
