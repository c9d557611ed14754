import type { ProblemAnswer } from "../../../shared/contract/answers/problem-answer";
import type { CallFailure } from "../../client/client";
import type { ExitReason } from "../exit-codes";
import { Failure } from "../failure";
import { hint } from "../output/hints";
import { problemHint } from "../output/problem-hints";

/** How a command ends that the API at this address did not answer as it was meant to. */
export function failureOf(url: string, failure: CallFailure): Failure {
  switch (failure.kind) {
    case "refused":
      return refusal(failure);
    case "foreign":
      return foreignAnswer(url, failure);
    case "unreachable":
      return new Failure({
        code: "apiUnreachable",
        message: `${url} could not be reached: ${causeText(failure.cause)}. Check the network and the profile's address: ${hint("profiles", "list")}`,
        exit: "unreachable",
      });
  }
}

function refusal({ status, problem }: { status: number; problem: ProblemAnswer }): Failure {
  const { code, detail, field, requestId, params } = problem;
  const exit = exitOf(status);
  if (status === 412) {
    // The API speaks of headers, which are this command's affair.
    const message =
      "Somebody else has changed it since it was read, and their change was not overwritten. Look at what it is now, then run the command again.";
    return new Failure({ code, message, exit, requestId });
  }
  const more = problemHint(problem);
  const message = more === undefined ? detail : `${detail}\n${more}`;
  return new Failure({ code, message, exit, field, requestId, params });
}

function foreignAnswer(url: string, { status, json }: { status: number; json: boolean }): Failure {
  if (status === 401) {
    return new Failure({
      code: "notAuthenticated",
      message: `${url} does not accept the token: it has expired, or it is of another environment. Sign in again with: ${hint("login")}`,
      exit: "notSignedIn",
    });
  }
  if (status === 429 || status >= 500) {
    return new Failure({
      code: "apiInTrouble",
      message: `${url} answered ${status}. Try again in a minute; if it goes on, tell the operators.`,
      exit: "unreachable",
    });
  }
  const what = json ? "something unknown" : "something that is not JSON";
  return new Failure({
    code: "notTheApi",
    message: `${url} answered ${status} with ${what}: it does not seem to be this API. Check the profile's address: ${hint("profiles", "list")}`,
    exit: "unreachable",
  });
}

function exitOf(status: number): ExitReason {
  switch (status) {
    case 401:
    case 403:
      return "notSignedIn";
    case 404:
    case 410:
      return "notFound";
    case 409:
    case 412:
    case 428:
      return "conflict";
    case 400:
    case 413:
    case 415:
    case 422:
      return "invalid";
    default:
      return status === 429 || status >= 500 ? "unreachable" : "unexpected";
  }
}

/** `fetch failed` says nothing; what lies beneath does. */
function causeText(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof AggregateError && error.errors.length > 0) {
    return causeText(error.errors[0]);
  }
  return error.cause === undefined ? error.message : causeText(error.cause);
}
