import { invalidParameter } from "./errors";

/** One condition of a `filter` parameter; several are joined by "and". */
export interface Filter {
  readonly operator: string;
  readonly field: string;
  readonly values: readonly string[];
}

/** Which operators an endpoint allows for which field. */
export type FilterRules = Readonly<Record<string, readonly string[]>>;

/** Klaviyo documents no limit, so the simulator allows only what clients are known to send. */
const MOST_VALUES = 100;
const CONDITION = /^([a-z-]+)\(([\w.]+),/;

/**
 * Reads Klaviyo's filter syntax: `any(email,["a","b"])`, `equals(status,'queued')`,
 * `greater-than(created,2026-01-01T00:00:00Z)`, several joined by commas or inside `and(…)`.
 *
 * @throws ApiFailure 400 naming the parameter
 */
export function parseFilters(text: string, rules: FilterRules): readonly Filter[] {
  const inner = text.startsWith("and(") && text.endsWith(")") ? text.slice(4, -1) : text;
  const filters: Filter[] = [];
  let rest = inner;
  for (;;) {
    const start = CONDITION.exec(rest);
    if (start === null) throw refused("The filter's syntax is invalid.");
    const [head, operator = "", field = ""] = start;
    if (rules[field]?.includes(operator) !== true) {
      throw refused(`'${field}' can't be filtered by '${operator}'.`);
    }
    const { values, length } = parseValues(rest.slice(head.length));
    filters.push({ operator, field, values });
    rest = rest.slice(head.length + length);
    if (rest === "") return filters;
    if (!rest.startsWith(",")) throw refused("The filter's syntax is invalid.");
    rest = rest.slice(1);
  }
}

/** Reads `value)` or `[value,…])`, and says how many characters that took. */
function parseValues(text: string): { values: string[]; length: number } {
  const values: string[] = [];
  const isList = text.startsWith("[");
  let at = isList ? 1 : 0;
  for (;;) {
    const value = parseValue(text, at);
    values.push(value.text);
    at = value.end;
    const next = text.charAt(at);
    at += 1;
    if (isList && next === ",") continue;
    if (isList && next === "]" && text.charAt(at) === ")") {
      at += 1;
      break;
    }
    if (!isList && next === ")") break;
    throw refused("The filter's syntax is invalid.");
  }
  if (values.length > MOST_VALUES) throw refused("A filter may have at most 100 values.");
  return { values, length: at };
}

function parseValue(text: string, start: number): { text: string; end: number } {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") {
    const bare = /^[^,)\]"']+/.exec(text.slice(start))?.[0];
    if (bare === undefined) throw refused("The filter's syntax is invalid.");
    return { text: bare, end: start + bare.length };
  }
  let value = "";
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === quote) return { text: value, end: index + 1 };
    if (character === "\\") index += 1;
    value += text.charAt(index);
  }
  throw refused("The filter has a quote without an end.");
}

/** Whether a text or a point of time (milliseconds) meets a condition. */
export function meets(filter: Filter, actual: string | number | undefined): boolean {
  if (actual === undefined) return false;
  if (typeof actual === "string") return filter.values.includes(actual);
  const wanted = Date.parse(filter.values[0] ?? "");
  if (Number.isNaN(wanted)) throw refused(`'${filter.field}' needs a date and time.`);
  switch (filter.operator) {
    case "greater-than":
      return actual > wanted;
    case "greater-or-equal":
      return actual >= wanted;
    case "less-than":
      return actual < wanted;
    case "less-or-equal":
      return actual <= wanted;
    default:
      return actual === wanted;
  }
}

function refused(detail: string) {
  return invalidParameter("filter", detail);
}
