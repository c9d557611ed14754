import type { RequestContext } from "../front/aws-request";
import { equalsPattern, matchesArn, matchesPattern, valuesOf } from "./patterns";

type Comparison = (
  /** As the policy has it. */
  wanted: string,
  /** As the request has it. */
  value: string,
  context: RequestContext,
) => boolean;

const compareNumbers =
  (compare: (value: number, wanted: number) => boolean): Comparison =>
  (wanted, value) =>
    wanted.trim() !== "" && value.trim() !== "" && compare(Number(value), Number(wanted));

// A time is ISO 8601 or seconds since 1970.
const instant = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
const compareTimes =
  (compare: (value: number, wanted: number) => boolean): Comparison =>
  (wanted, value) =>
    compare(instant(value), instant(wanted));

/** Condition operators (IAM user guide, "IAM JSON policy elements: Condition operators"). */
const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: equalsPattern,
  StringEqualsIgnoreCase: (wanted, value, context) =>
    // Names of variables are the same in any case, too.
    equalsPattern(wanted.toLowerCase(), value.toLowerCase(), context),
  StringLike: matchesPattern,
  NumericEquals: compareNumbers((value, wanted) => value === wanted),
  NumericLessThan: compareNumbers((value, wanted) => value < wanted),
  NumericLessThanEquals: compareNumbers((value, wanted) => value <= wanted),
  NumericGreaterThan: compareNumbers((value, wanted) => value > wanted),
  NumericGreaterThanEquals: compareNumbers((value, wanted) => value >= wanted),
  DateEquals: compareTimes((value, wanted) => value === wanted),
  DateLessThan: compareTimes((value, wanted) => value < wanted),
  DateLessThanEquals: compareTimes((value, wanted) => value <= wanted),
  DateGreaterThan: compareTimes((value, wanted) => value > wanted),
  DateGreaterThanEquals: compareTimes((value, wanted) => value >= wanted),
  Bool: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  // Both take wildcards.
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
};

/** Hold when no value is as wanted, so also when the request has none. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

interface Operator {
  /** How the values of a key that has several are taken together; undefined for keys of one value. */
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
  readonly compare: Comparison | "Null";
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** @throws on an operator that is not known here. */
export function readOperator(name: string): Operator {
  const [, set, base = "", exists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const negated = negations[base] !== undefined;
  const compare = base === "Null" ? base : comparisons[negations[base] ?? base];
  if (compare === undefined || (base === "Null" && (set ?? exists) !== undefined)) {
    throw new Error(`The condition operator ${name} is not known here.`);
  }
  return {
    set: set === "ForAllValues" || set === "ForAnyValue" ? set : undefined,
    compare,
    negated,
    ifExists: exists !== undefined,
  };
}

/** Whether all of a statement's conditions hold. */
export function conditionsHold(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  context: RequestContext,
): boolean {
  return Object.entries(conditions).every(([name, keys]) => {
    const operator = readOperator(name);
    return Object.entries(keys).every(([key, wanted]) =>
      holds(operator, wanted, valuesOf(context, key), context),
    );
  });
}

function holds(
  { set, compare, negated, ifExists }: Operator,
  wanted: readonly string[],
  values: readonly string[] | undefined,
  context: RequestContext,
): boolean {
  if (compare === "Null") {
    return wanted.some((text) => (text.toLowerCase() === "true") === (values === undefined));
  }
  const matches = (value: string): boolean =>
    wanted.some((text) => compare(text, value, context)) !== negated;
  if (set === "ForAllValues") return (values ?? []).every(matches);
  if (values === undefined) return ifExists || (set === undefined && negated);
  // A key of one value, or one of which any value is enough.
  return values.some(matches);
}
