import type { ReasonCode } from "../../../shared/domain/explanations/reason";
import type { ProblemCode } from "../../../shared/domain/problems/problem";
import type { NamedReason } from "../../../shared/domain/problems/reasons";
import type { DroppedValueReason } from "../../../shared/domain/runs/left-out/dropped-values";
import type { RowRejectionCode } from "../../../shared/domain/runs/rejection";

/**
 * What the API tells in English, as a language says it, by its code; `{name}` is replaced by the parameter of that
 * name.
 */
export interface ToldTexts {
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly rejections: Readonly<Record<RowRejectionCode, string>>;
  readonly dropped: Readonly<Record<DroppedValueReason, string>>;
  /** What the parameter `reason` says that names something, by `reasonCode`. */
  readonly named: Readonly<Record<NamedReason, string>>;
  /** How the language writes a parameter's value. */
  readonly write: (name: string, value: string | number) => string;
}

/** A text, and its language where that is not the console's; a screen reader is told. */
export interface Told {
  readonly text: string;
  readonly language?: "en" | undefined;
}

const PLACEHOLDER = /\{(\w+)\}/g;

type Params = Readonly<Record<string, string | number>>;

/** A problem as the API tells it, on a run, a connection, a source or in place of an answer. */
interface ProblemToTell {
  readonly code: string;
  readonly message: string;
  readonly params?: Params | undefined;
}

/** Says a problem: what happened, and what to do. */
export function tellProblem(
  texts: ToldTexts | undefined,
  { code, message, params }: ProblemToTell,
): Told {
  return retold(texts, texts?.problems, code, message, params);
}

/** Says why somebody is, or is not, on a list. */
export function tellReason(
  texts: ToldTexts | undefined,
  reason: {
    readonly code: string;
    readonly sentence: string;
    readonly params: Params;
    readonly problem?: ProblemToTell | undefined;
  },
): Told {
  const { code, sentence, params, problem } = reason;
  const inner = problem === undefined ? {} : { problem: tellProblem(texts, problem).text };
  return retold(texts, texts?.reasons, code, sentence, { ...params, ...inner });
}

/** Says why a row was rejected; whoever else refuses one has codes and words of their own. */
export function tellRejection(
  texts: ToldTexts | undefined,
  { code, text }: { readonly code: string; readonly text: string },
): Told {
  return retold(texts, texts?.rejections, code, text);
}

/** Says why a value was left out, after the name of its field. */
export function tellDropped(
  texts: ToldTexts | undefined,
  { reason, text }: { readonly reason: string; readonly text: string },
): Told {
  return retold(texts, texts?.dropped, reason, text);
}

/**
 * What the API said, in the texts' language; as it said it where they know no such code, as that of a newer API, or
 * lack a parameter, as of a run that was recorded before there was one.
 */
function retold(
  texts: ToldTexts | undefined,
  table: Readonly<Record<string, string>> | undefined,
  code: string,
  said: string,
  params: Params = {},
): Told {
  const known = table !== undefined && Object.hasOwn(table, code) ? table[code] : undefined;
  if (texts === undefined || known === undefined) {
    return { text: said, language: "en" };
  }
  const text = filled(texts, known, params);
  return text === undefined ? { text: said, language: "en" } : { text };
}

/** A text with its parameters; undefined when one is missing. */
function filled(texts: ToldTexts, text: string, params: Params): string | undefined {
  const isWhole = [...text.matchAll(PLACEHOLDER)].every(([, name = ""]) =>
    Object.hasOwn(params, name),
  );
  return isWhole
    ? text.replace(PLACEHOLDER, (placeholder, name: string) => {
        const value = params[name] ?? placeholder;
        return (name === "reason" ? namedBy(texts, params) : undefined) ?? texts.write(name, value);
      })
    : undefined;
}

/** What is named by the code of a reason, where the texts know it. */
function namedBy(texts: ToldTexts, params: Params): string | undefined {
  const named: Readonly<Record<string, string>> = texts.named;
  const code = String(params["reasonCode"] ?? "");
  const text = Object.hasOwn(named, code) ? named[code] : undefined;
  return text === undefined ? undefined : filled(texts, text, params);
}
