import type { RequestContext } from "../front/aws-request";

/** The context's values of a key, whatever the case of its name; undefined when the request has none. */
export function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const found = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : context[found];
}

/**
 * Whether a text is as a pattern says: `*` stands for any characters, `?` for one, and `${key}` for the
 * request's value of a condition key (IAM user guide, "Policy variables"). A variable that the request has
 * no value for, and that names no default, matches nothing.
 */
export function matchesPattern(pattern: string, text: string, context: RequestContext): boolean {
  const expression = expressionOf(pattern, context, true);
  return expression !== undefined && new RegExp(`^${expression}$`, "s").test(text);
}

/** The same without wildcards: `*` and `?` stand for themselves. */
export function equalsPattern(pattern: string, text: string, context: RequestContext): boolean {
  const expression = expressionOf(pattern, context, false);
  return expression !== undefined && new RegExp(`^${expression}$`, "s").test(text);
}

/** Compares ARNs part by part, so that a wildcard does not reach over a colon; what follows the account is one. */
export function matchesArn(pattern: string, arn: string, context: RequestContext): boolean {
  if (pattern === "*") return true;
  const patterns = partsOf(pattern);
  const parts = partsOf(arn);
  return (
    patterns.length === parts.length &&
    patterns.every((part, index) => matchesPattern(part, parts[index] ?? "", context))
  );
}

/** The five parts in front of a resource, and the resource. A colon in a variable parts nothing. */
function partsOf(arn: string): string[] {
  const parts = arn.match(/(?:\$\{[^}]*\}|[^:])*(?::|$)/g) ?? [];
  const withoutColons = parts.slice(0, 5).map((part) => part.replace(/:$/, ""));
  return [...withoutColons, parts.slice(5).join("")];
}

const VARIABLE = /\$\{([^}]*)\}/g;

function expressionOf(
  pattern: string,
  context: RequestContext,
  wildcards: boolean,
): string | undefined {
  let expression = "";
  let end = 0;
  const literal = (text: string): string =>
    wildcards ? escape(text).replaceAll("\\*", ".*").replaceAll("\\?", ".") : escape(text);
  for (const match of pattern.matchAll(VARIABLE)) {
    const value = variable(match[1] ?? "", context);
    if (value === undefined) return undefined;
    // Wildcards in a variable's value are characters like others.
    expression += literal(pattern.slice(end, match.index)) + escape(value);
    end = match.index + match[0].length;
  }
  return expression + literal(pattern.slice(end));
}

/** `key`, or `key, 'default'`; `*`, `?` and `$` stand for themselves. */
function variable(name: string, context: RequestContext): string | undefined {
  if (["*", "?", "$"].includes(name)) return name;
  const [, key = "", fallback] = /^([^,]+?)\s*(?:,\s*'([^']*)')?$/.exec(name) ?? [];
  const values = valuesOf(context, key);
  // Variables have one value; a key of several can't be one.
  return values?.length === 1 ? values[0] : fallback;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
