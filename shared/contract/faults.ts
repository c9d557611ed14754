import type * as z from "zod";

/** What is wrong with a value, where, and in words for whoever sent it. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** What a schema says of a value; what it finds wrong is in words of this system's own. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly [Fault, ...Fault[]] };

/** Checks a value that somebody sent or wrote. No fault repeats the value: it may be a key. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Checked<z.output<Schema>> {
  const parsed = schema.safeParse(value, { reportInput: false, error: inOwnWords });
  if (parsed.success) {
    return { ok: true, value: parsed.data };
  }
  const [first = { path: [], text: "is not valid" }, ...others] = faultsOf(parsed.error);
  return { ok: false, faults: [first, ...others] };
}

/** Every fault that a schema found, a field that there is not among them by its own path. */
function faultsOf({ issues }: Pick<z.ZodError, "issues">): readonly Fault[] {
  return issues.flatMap((outer) => {
    const issue = innermost(outer);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], text: "there is no such field" }))
      : [{ path: issue.path, text: issue.message }];
  });
}

/**
 * What is wrong within the one form of several that the value was meant to have: of a name or an object,
 * an object is at fault in what it holds, not in being none of both.
 */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") {
    return issue;
  }
  const meant = issue.errors.flatMap((issues) => {
    const [first] = issues;
    const otherForm = first?.code === "invalid_type" && first.path.length === 0;
    return first === undefined || otherForm ? [] : [first];
  });
  return meant[0] === undefined || meant.length > 1
    ? issue
    : innermost({ ...meant[0], path: [...issue.path, ...meant[0].path] });
}

/** The sentence on an issue for which its schema has none, to be read after the field's name. */
function inOwnWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is required"
        : `is to be ${typeWords[issue.expected] ?? "something else"}`;
    case "too_small":
      return boundText(issue, issue.minimum, {
        inclusive: issue.inclusive !== false,
        most: false,
      });
    case "too_big":
      return boundText(issue, issue.maximum, { inclusive: issue.inclusive !== false, most: true });
    case "invalid_format":
      return formatWords[issue.format] ?? "is not written as it has to be";
    case "not_multiple_of":
      return `is to be a multiple of ${issue.divisor}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `is to be ${String(issue.values[0])}`
        : `is to be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return issue.input === undefined ? "is required" : "has none of the forms that it may have";
    case "unrecognized_keys":
      return "has a field that there is not";
    case "invalid_key":
      return "has a name that it can't have";
    case "invalid_element":
      return "holds something that it can't hold";
    case "custom":
    default:
      return "is not valid";
  }
}

/** By what schemas call the types of values. */
const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  set: "a list",
  object: "an object",
  record: "an object",
  map: "an object",
  date: "a date",
  null: "null",
  undefined: "left out",
  void: "left out",
  never: "left out",
  nan: "no number",
};

/** By what schemas call the forms of texts. */
const formatWords: Readonly<Record<string, string>> = {
  datetime: "is to be an instant, such as 2026-11-02T08:00:00Z",
  date: "is to be a date, such as 2026-11-02",
  time: "is to be a time, such as 08:00:00",
  duration: "is to be a duration, such as PT1H",
  url: "is to be an address, such as https://example.org",
  email: "is to be an email address",
  uuid: "is to be a UUID",
  guid: "is to be a UUID",
  ulid: "is to be a ULID",
  ipv4: "is to be an IPv4 address",
  ipv6: "is to be an IPv6 address",
  json_string: "is to be JSON",
  base64: "is to be in Base64",
  base64url: "is to be in Base64 for URLs",
  jwt: "is to be a token of three parts",
  e164: "is to be a phone number with its country's code, such as +4930123456",
  lowercase: "is to be in lower case",
  uppercase: "is to be in upper case",
};

function boundText(
  { origin, exact }: { readonly origin?: unknown; readonly exact?: unknown },
  bound: number | bigint,
  { inclusive, most }: { inclusive: boolean; most: boolean },
): string {
  const unit = units[String(origin)];
  if (unit !== undefined) {
    const counted = `${bound} ${unit}${Number(bound) === 1 ? "" : "s"}`;
    if (exact === true) return `is to have ${counted}`;
    if (!most && Number(bound) === 1) return "is empty";
    return `is to have at ${most ? "most" : "least"} ${counted}`;
  }
  const limit = origin === "date" ? new Date(Number(bound)).toISOString() : String(bound);
  if (inclusive) return `is to be at ${most ? "most" : "least"} ${limit}`;
  return `is to be ${most ? "less" : "more"} than ${limit}`;
}

const units: Readonly<Record<string, string>> = {
  string: "character",
  array: "item",
  tuple: "item",
  set: "item",
  map: "field",
  object: "field",
  record: "field",
  file: "byte",
};
