import * as z from "zod";
import { exportSettingsSchema, type ExportSettings } from "../../../shared/domain/export";
import { pathText } from "./positions";
import { Failure } from "../failure";

/** Settings as the API takes them. Throws `Failure` that names the setting at fault. */
export function checkedSettings(settings: object): ExportSettings {
  const parsed = z.strictObject(exportSettingsSchema.shape).safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path =
      issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue?.path;
    const text = issue?.code === "unrecognized_keys" ? "there is no such field" : issue?.message;
    throw new Failure({
      code: "settingInvalid",
      message: `${pathText(path ?? [])}: ${text ?? "is not valid"}. Correct the option and try again.`,
      exit: "invalid",
    });
  }
  return parsed.data;
}

/** An export's settings alone, as they are sent to change it or to make another. */
export function settingsOf(answer: object): Record<string, unknown> {
  const names = new Set(Object.keys(exportSettingsSchema.shape));
  return Object.fromEntries(Object.entries(answer).filter(([name]) => names.has(name)));
}
