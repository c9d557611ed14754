import { ApiError, createApiClient, type ApiClient } from "../../client/client";
import type { Session } from "../session/session";

/** The API's client as the session's person. A token that the API does not take is renewed, once a call. */
export function createConsoleApi(url: string, session: Session): ApiClient {
  return createApiClient({
    url,
    token: async () => {
      try {
        return await session.token();
      } catch (cause) {
        // An issuer that refuses ends the session, and then the token is waited for: this one could not be reached.
        throw new ApiError({ kind: "unreachable", cause });
      }
    },
    fetch: async (address, init) => {
      const answer = await fetch(address, init);
      if (answer.status !== 401) {
        return answer;
      }
      const headers = new Headers(init.headers);
      const refused = (headers.get("authorization") ?? "").replace(/^Bearer /, "");
      headers.set("authorization", `Bearer ${await session.renew(refused)}`);
      return fetch(address, { ...init, headers });
    },
  });
}
