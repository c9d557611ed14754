import { ApiError } from "../../client/client";
import type { Role } from "../../../shared/domain/access/identity";
import type { Texts } from "../texts/texts";
import { tellProblem, type Told } from "../texts/told";

/** What to say of a call that has no answer. */
export interface Failure {
  readonly kind:
    | "offline"
    | "foreign"
    | "throttled"
    | "forbidden"
    | "notFound"
    | "conflict"
    | "stale"
    | "problem"
    | "unexpected";
  readonly title: string;
  /** What happened and what to do. */
  readonly text: string;
  /** The text's language where that is not the console's. */
  readonly language?: Told["language"];
  /** The problem's code, where the API named one. */
  readonly code?: string;
  readonly requestId?: string;
  /** JSON pointer of the field at fault, where there is one. */
  readonly field?: string | undefined;
  /** What the problem's text was filled with, such as the id of the run that is going. */
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

/** Makes of what a call threw what people are told. @param role the caller's, where it is known */
export function describeFailure(
  error: unknown,
  texts: Pick<Texts, "common" | "told">,
  role?: Role,
): Failure {
  const { failures, roles } = texts.common;
  if (!(error instanceof ApiError)) {
    return { kind: "unexpected", title: failures.unexpectedTitle, text: failures.unexpected };
  }
  const { failure } = error;
  switch (failure.kind) {
    case "unreachable":
      return { kind: "offline", title: failures.offlineTitle, text: failures.offline };
    case "foreign":
      return failure.status === 429
        ? { kind: "throttled", title: failures.throttledTitle, text: failures.throttled }
        : { kind: "foreign", title: failures.foreignTitle, text: failures.foreign };
    case "refused": {
      const { status, problem } = failure;
      const { code, detail, params } = problem;
      const told = tellProblem(texts.told, { code, message: detail, params });
      const about = {
        code,
        requestId: problem.requestId,
        field: problem.field,
        params,
      };
      switch (status) {
        case 403:
          return {
            kind: "forbidden",
            title: failures.forbiddenTitle,
            ...(role === undefined ? told : { text: failures.forbidden(roles[role]) }),
            ...about,
          };
        case 404:
          return {
            kind: "notFound",
            title: failures.notFoundTitle,
            ...told,
            ...about,
          };
        case 409:
          return {
            kind: "conflict",
            title: failures.conflictTitle,
            ...told,
            ...about,
          };
        case 412:
          return { kind: "stale", title: failures.staleTitle, text: failures.stale, ...about };
        case 429:
          return {
            kind: "throttled",
            title: failures.throttledTitle,
            text: failures.throttled,
            ...about,
          };
        default:
          return { kind: "problem", title: failures.problemTitle, ...told, ...about };
      }
    }
  }
}
