import {
  createApiClient,
  type ApiClient,
  type CallFailure,
  type Patience,
} from "../../client/client";
import { seconds } from "../output/words";
import type { Session } from "../session/session";
import type { Terminal } from "../terminal/terminal";
import { failureOf } from "./api-failure";

export type NewKey =
  | { readonly apiKey: string }
  | { readonly secretArn: string }
  | {
      readonly signIn: {
        readonly returnTo: "terminal";
        readonly state: string;
        readonly code: string;
      };
    };

/** The REST API, an operation a function; each throws `Failure`. */
export type Api = ApiClient;

/**
 * How long a command waits with one request, in all, when the API names times to wait: Klaviyo's longest usual window
 * is a minute, and others may use it up before this command does.
 */
const WAITING_MINUTES = 10;

export function openApi({ url, token }: Session, patience: Patience): Api {
  return createApiClient({ url, token, patience, errorOf: (failure) => failureOf(url, failure) });
}

/** Waits as the API asks, and says so. */
export function saidPatience({ note }: Pick<Terminal, "note">): Patience {
  return {
    milliseconds: WAITING_MINUTES * 60_000,
    onWait: (milliseconds, failure) =>
      note(`Waiting ${seconds(milliseconds / 1_000)}, as the API asks${because(failure)}.`),
  };
}

function because(failure: CallFailure): string {
  if (failure.kind !== "refused") {
    return "";
  }
  const { code, params = {} } = failure.problem;
  const { reason } = params;
  return reason === undefined ? ` (${code})` : ` (${code}: ${reason})`;
}
