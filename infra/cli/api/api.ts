import { createApiClient, type ApiClient } from "../../client/client";
import type { Session } from "../session/session";
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

export function openApi({ url, token }: Session): Api {
  return createApiClient({ url, token, errorOf: (failure) => failureOf(url, failure) });
}
