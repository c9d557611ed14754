import type { ColumnHabit, ColumnReading } from "./column-habit";
import { dateEvidence, type DateOrder } from "./dates/dates";
import { habitualNulls, isAlwaysNull, isNullWord } from "./null-words";
import { decimalEvidence, type DecimalMark } from "./numbers";
import { possibleFormats } from "./dates/possible-formats";
import { unwrapped } from "./wrapping";

/** Reads a phone number that may begin with its country's code without a plus. */
export type CallingCodeReader = (cell: string) => {
  /** Whether it is a number without a plus at all. */
  readonly isCandidate: boolean;
  /** The code, if it is a valid number with a plus before it. */
  readonly code: string | undefined;
  /** Whether it may be a phone number at all, and whether one that only a country makes sense of. */
  readonly isLikePhone: boolean;
  readonly needsCountry: boolean;
};

/** What is to be found out about a column besides its words for nothing. */
export interface Questions {
  readonly decimal?: boolean;
  readonly dateOrder?: boolean;
  readonly countryCode?: boolean;
  /** Whether its phone numbers need a country, which nobody has named yet. */
  readonly needsCountry?: boolean;
}

/** Looks at a column's cells, one after the other. */
export interface ColumnObserver {
  add(cell: string): void;
  habit(): ColumnHabit;
  /** What people are told; undefined when there is nothing to tell. */
  reading(): ColumnReading | undefined;
  /** Whether further cells may show what these have not. */
  wantsMore(): boolean;
}

/** So few filled cells show nothing of a column. */
const FEW_CELLS = 20;

/** So many phone numbers show a column's way; each takes a while to read. */
const MOST_PHONES = 1_000;

export function createColumnObserver(
  questions: Questions,
  callingCodeOf: CallingCodeReader,
): ColumnObserver {
  const words = new Map<string, number>();
  const others = { cells: 0, upper: 0, lower: 0 };
  const marks: Record<ReturnType<typeof decimalEvidence>, number> = {
    ...{ ".": 0, ",": 0, either: 0, any: 0, none: 0 },
  };
  const orders: Record<ReturnType<typeof dateEvidence>, number> = {
    ...{ dayFirst: 0, monthFirst: 0, either: 0, any: 0, none: 0 },
  };
  /** Dates that can be read in several ways, by the formats in which they may be meant. */
  const formats = new Map<string, { count: number; left: readonly string[] }>();
  const phones = { candidates: 0, codes: new Map<string, number>(), looked: 0, like: 0, bare: 0 };

  const decimal = (): DecimalMark | undefined => only(marks, ".", ",");
  const dateOrder = (): DateOrder | undefined => only(orders, "dayFirst", "monthFirst");
  const countryCode = (): string | undefined =>
    [...phones.codes].find(([, count]) => count * 2 > phones.candidates)?.[0];
  const mostly = (none: number): boolean => none * 2 < others.cells;
  const unclear = (): readonly ("decimal" | "format")[] => [
    ...(marks.either > 0 && mostly(marks.none) && decimal() === undefined
      ? (["decimal"] as const)
      : []),
    ...(orders.either > 0 && mostly(orders.none) && dateOrder() === undefined
      ? (["format"] as const)
      : []),
  ];
  /** Dates are figures with marks between them too. */
  const withoutCountry = (): boolean =>
    questions.needsCountry === true &&
    phones.bare > 0 &&
    phones.like * 2 >= phones.looked &&
    (questions.dateOrder !== true || orders.none * 2 >= others.cells);
  const habit = (): ColumnHabit => {
    const empty = habitualNulls(words, others);
    const found = { decimal: decimal(), dateOrder: dateOrder(), countryCode: countryCode() };
    return {
      ...(empty.length === 0 ? {} : { empty }),
      ...(found.decimal === undefined || !mostly(marks.none) ? {} : { decimal: found.decimal }),
      ...(found.dateOrder === undefined || !mostly(orders.none)
        ? {}
        : { dateOrder: found.dateOrder }),
      // A habit of nothing is told by its having no properties.
      ...(found.countryCode === undefined ? {} : { countryCode: found.countryCode }),
    };
  };
  const addFormats = (text: string): void => {
    const possible = possibleFormats(text);
    const [first] = possible;
    if (first !== undefined) {
      const { count, left } = formats.get(first) ?? { count: 0, left: possible };
      const read = left.filter((format) => possible.includes(format));
      formats.set(first, { count: count + 1, left: read });
    }
  };
  const formatsLeft = (): readonly string[] =>
    [...formats.values()].toSorted((one, other) => other.count - one.count)[0]?.left ?? [];
  const addPhone = (text: string): void => {
    const { isCandidate, code, isLikePhone, needsCountry } = callingCodeOf(text);
    phones.looked += 1;
    phones.like += isLikePhone ? 1 : 0;
    phones.bare += needsCountry ? 1 : 0;
    phones.candidates += isCandidate ? 1 : 0;
    if (code !== undefined) {
      phones.codes.set(code, (phones.codes.get(code) ?? 0) + 1);
    }
  };

  return {
    add(cell) {
      const text = unwrapped(cell);
      if (text === "" || isAlwaysNull(text)) {
        return;
      }
      if (isNullWord(text)) {
        words.set(text, (words.get(text) ?? 0) + 1);
        return;
      }
      others.cells += 1;
      others.upper += text === text.toUpperCase() ? 1 : 0;
      others.lower += text === text.toLowerCase() ? 1 : 0;
      if (questions.decimal === true) {
        marks[decimalEvidence(text)] += 1;
      }
      if (questions.dateOrder === true) {
        const evidence = dateEvidence(text);
        orders[evidence] += 1;
        if (evidence === "either") {
          addFormats(text);
        }
      }
      if (questions.countryCode === true && phones.candidates < MOST_PHONES) {
        addPhone(text);
      }
    },
    habit,
    reading() {
      const { decimal: mark, ...others } = habit();
      const left = unclear();
      const reading = {
        ...others,
        // That a point is a point makes a difference only where commas could be taken for it.
        ...(mark === "," || (mark !== undefined && marks.either > 0) ? { decimal: mark } : {}),
        ...(left.length === 0 ? {} : { unclear: left }),
        ...(left.includes("format") && formatsLeft().length > 0 ? { formats: formatsLeft() } : {}),
        ...(withoutCountry() ? { withoutCountry: true } : {}),
      };
      return Object.keys(reading).length === 0 ? undefined : reading;
    },
    wantsMore: () =>
      unclear().length > 0 || (Object.keys(questions).length > 0 && others.cells < FEW_CELLS),
  };
}

/** The one of two that cells show, unless some show the other. */
function only<Key extends string>(
  counts: Readonly<Record<Key, number>>,
  one: Key,
  other: Key,
): Key | undefined {
  if (counts[one] > 0 && counts[other] > 0) {
    return undefined;
  }
  return counts[one] > 0 ? one : counts[other] > 0 ? other : undefined;
}
