import metadata from "libphonenumber-js/metadata.max.json";
import * as z from "zod";
import { E164 } from "../domain/cells/phone-text";

/** One kind of number: its pattern, and its lengths where they are not those of the whole plan. */
const kindSchema = z.union([
  z.literal(0),
  z.tuple([z.string()]),
  z.tuple([z.string(), z.array(z.number())]),
]);

/** What is used of a country's numbering plan, at the places where the metadata's version 4 has it. */
const planSchema = z
  .tuple([z.string(), z.string(), z.string(), z.array(z.number())])
  .rest(z.unknown())
  .transform(([, , pattern, lengths, ...rest], context) => {
    const [, prefix, , parsedPrefix, , , leading, kinds] = rest;
    const read = z
      .object({
        prefix: z.union([z.string(), z.literal(0)]).optional(),
        parsedPrefix: z.union([z.string(), z.literal(0)]).optional(),
        leading: z.union([z.string(), z.literal(0)]).optional(),
        kinds: z.array(kindSchema).optional(),
      })
      .safeParse({ prefix, parsedPrefix, leading, kinds });
    if (!read.success) {
      context.addIssue("it is no numbering plan");
      return z.NEVER;
    }
    return { pattern, lengths, ...read.data };
  });

const metadataSchema = z.object({
  version: z.literal(4),
  country_calling_codes: z.record(z.string(), z.tuple([z.string()]).rest(z.string())),
  countries: z.record(z.string(), planSchema),
});

type NumberingPlan = z.infer<typeof planSchema>;

/** How a number of a calling code is told to be valid as it stands. */
interface PlanOfCode {
  /** What a number that may begin with a prefix begins with; such a number is left to the library. */
  readonly prefix: RegExp | undefined;
  readonly pattern: RegExp;
  readonly kinds: readonly { readonly pattern: RegExp; readonly lengths: readonly number[] }[];
}

/** Digits behind a plus, with single spaces or hyphens between them, which mean nothing. */
const PLAIN_INTERNATIONAL = /^\+[1-9]\d*(?:[ -]\d+)*$/;
const LONGEST_CODE = 3;

let plansByCode: ReadonlyMap<string, PlanOfCode> | undefined;

/**
 * E.164 of a number with a plus that is plainly valid: the library reads the same, and takes twenty times as long,
 * because it makes its expressions anew for each number. Undefined says nothing: the library has to be asked.
 */
export function plainInternationalNumber(cell: string): string | undefined {
  if (!PLAIN_INTERNATIONAL.test(cell)) {
    return undefined;
  }
  const number = cell.replace(/[ -]/g, "");
  if (!E164.test(number)) {
    return undefined;
  }
  plansByCode ??= readPlans();
  // No calling code is the beginning of another.
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    const plan = plansByCode.get(number.slice(1, 1 + length));
    if (plan !== undefined) {
      return isPlainlyValid(plan, number.slice(1 + length)) ? number : undefined;
    }
  }
  return undefined;
}

function isPlainlyValid({ prefix, pattern, kinds }: PlanOfCode, national: string): boolean {
  return (
    prefix?.test(national) !== true &&
    pattern.test(national) &&
    kinds.some((kind) => kind.lengths.includes(national.length) && kind.pattern.test(national))
  );
}

function readPlans(): ReadonlyMap<string, PlanOfCode> {
  const { country_calling_codes: codes, countries } = metadataSchema.parse(metadata);
  const plans = new Map<string, PlanOfCode>();
  for (const [code, [first, ...others]] of Object.entries(codes)) {
    const plan = countries[first];
    // Which of a code's countries a number is of is asked in their order; where the first is told by other digits, it
    // need not be the one.
    if (plan !== undefined && (others.length === 0 || isUnset(plan.leading))) {
      plans.set(code, planOfCode(plan));
    }
  }
  return plans;
}

function planOfCode({
  pattern,
  lengths,
  prefix,
  parsedPrefix,
  kinds = [],
}: NumberingPlan): PlanOfCode {
  const anyPrefix = isUnset(parsedPrefix) ? prefix : parsedPrefix;
  return {
    prefix: isUnset(anyPrefix) ? undefined : new RegExp(`^(?:${anyPrefix})`),
    pattern: entire(pattern),
    kinds: kinds.flatMap((kind) =>
      kind === 0 || kind[0] === ""
        ? []
        : [{ pattern: entire(kind[0]), lengths: kind[1] ?? lengths }],
    ),
  };
}

function isUnset(text: string | 0 | undefined): text is 0 | "" | undefined {
  return text === undefined || text === 0 || text === "";
}

function entire(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
