import * as z from "zod";
import { createExportBodySchema } from "../../../shared/contract/exports";
import { check } from "../../../shared/contract/faults";
import { pathText } from "./positions";
import { Failure } from "../failure";

/** An export's settings as they are sent. */
export type ExportRequest = z.output<typeof createExportBodySchema>;

/** Settings as the API takes them. Throws `Failure` that names the setting at fault. */
export function checkedSettings(settings: object): ExportRequest {
  const checked = check(createExportBodySchema, settings);
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw new Failure({
      code: "settingInvalid",
      message: `${pathText(path)}: ${text}. Correct the option and try again.`,
      exit: "invalid",
    });
  }
  return checked.value;
}

/**
 * An export's settings alone, as they are sent to change it or to make another. What the API keeps with a
 * setting and does not take, such as who acknowledged something, is left out.
 */
export function settingsOf(answer: object): Record<string, unknown> {
  const names = new Set(Object.keys(createExportBodySchema.shape));
  const settings = Object.fromEntries(Object.entries(answer).filter(([name]) => names.has(name)));
  const unknown = (createExportBodySchema.safeParse(settings).error?.issues ?? []).flatMap(
    (issue) =>
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  return unknown.reduce(without, settings);
}

const objectSchema = z.record(z.string(), z.unknown());

/** The object without what lies at the path. */
function without(
  object: Record<string, unknown>,
  [name, ...rest]: readonly PropertyKey[],
): Record<string, unknown> {
  const { [String(name)]: inner, ...others } = object;
  return rest.length === 0
    ? others
    : { ...others, [String(name)]: without(objectSchema.parse(inner), rest) };
}
