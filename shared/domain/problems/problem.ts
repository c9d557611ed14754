import * as z from "zod";
import { showPlainly } from "../text/plain-text";
import { klaviyoProblems } from "./klaviyo";
import { removalProblems } from "./removals";
import { requestProblems } from "./requests";
import { runProblems } from "./runs";
import { segmentProblems } from "./segments";
import { sourceProblems } from "./sources";
import { subscriptionProblems } from "./subscriptions";
import { filledIn } from "../text/filled-in";

/** Who can put it right: the caller or their data, Klaviyo or the network, or this system's operators. */
export const culpritSchema = z.enum(["user", "external", "system"]);

/**
 * Everything that can go wrong, in one place. `code` is stable and documented; `what` says what
 * happened and `remedy` what to do, each as one sentence. `{name}` is replaced by the parameter of that
 * name. Parameters never hold an API key or an email address.
 */
const definitions = {
  ...requestProblems,
  ...klaviyoProblems,
  ...segmentProblems,
  ...sourceProblems,
  ...runProblems,
  ...removalProblems,
  ...subscriptionProblems,
} as const satisfies Record<
  string,
  { culprit: z.infer<typeof culpritSchema>; what: string; remedy: string }
>;

/** A stable code of the catalogue above. */
export type ProblemCode = keyof typeof definitions;

/** Values that fill the message and can be read by programs. Never a key or an email address. */
export type ProblemParams = Record<string, string | number>;

export const problemCodeSchema = z
  .string()
  .refine((code): code is ProblemCode => Object.hasOwn(definitions, code), "not a known code");

/** What a run that did not end well carries, and the body of an error answer is made from. */
export const problemSchema = z.object({
  culprit: culpritSchema,
  code: problemCodeSchema,
  /** What happened and what to do, as two sentences. */
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Problem = z.infer<typeof problemSchema>;

/** Makes the problem of a code, its message filled with the parameters. */
export function problem(code: ProblemCode, params: ProblemParams = {}): Problem {
  const { culprit, what, remedy } = definitions[code];
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === "string" ? showPlainly(value) : value,
    ]),
  );
  return { culprit, code, message: filledIn(`${what} ${remedy}`, shown), params: shown };
}

/** The catalogue as data, for documentation and for tests that walk it. */
export const problemCatalogue: Readonly<
  Record<string, { culprit: z.infer<typeof culpritSchema>; what: string; remedy: string }>
> = definitions;

/**
 * Thrown by use cases and adapters when something can't be done; knows nothing of HTTP.
 * `field` is the JSON pointer of the request's field at fault, where there is one.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly problem: Problem;
  readonly field: string | undefined;
  /** After how many seconds it may be tried again, where that is known: nothing of it has been done. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    params: ProblemParams = {},
    field?: string,
    retryAfterSeconds?: number,
  ) {
    const made = problem(code, params);
    super(made.message);
    this.problem = made;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The error that says what a problem says. */
  static of({ code, params }: Pick<Problem, "code" | "params">, field?: string): DomainError {
    return new DomainError(code, params, field);
  }

  /** The error that says what a problem says, of what may be tried again at an instant. */
  static until(
    at: Date,
    { code, params }: Pick<Problem, "code" | "params">,
    now: Date,
  ): DomainError {
    const seconds = Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1_000));
    return new DomainError(code, params, undefined, seconds);
  }
}
