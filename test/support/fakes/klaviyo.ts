import type { Scope } from "../../../shared/domain/connection";
import type { Klaviyo, KlaviyoFailure, KlaviyoResult } from "../../../shared/ports";

export interface FakeAccount {
  /** Lists that exist, by id. */
  readonly lists?: Record<string, string>;
  readonly missingScopes?: readonly Scope[];
  /** What every call is answered with, in turn; when they are used up, calls succeed. */
  readonly failures?: KlaviyoFailure[];
}

/** Klaviyo as the API's use cases see it: accounts by their key. An unknown key is refused. */
export function fakeKlaviyo(
  accounts: Record<string, FakeAccount>,
): Pick<Klaviyo, "checkKey" | "getList"> & { readonly calls: string[] } {
  const calls: string[] = [];
  function answer<Value>(
    name: string,
    apiKey: string,
    value: (account: FakeAccount) => KlaviyoResult<Value>,
  ): KlaviyoResult<Value> {
    calls.push(name);
    const account = accounts[apiKey];
    if (account === undefined) {
      return { ok: false, failure: { kind: "keyRefused" } };
    }
    const failure = account.failures?.shift();
    return failure === undefined ? value(account) : { ok: false, failure };
  }
  return {
    calls,
    checkKey: async (apiKey) =>
      answer("checkKey", apiKey, ({ missingScopes = [] }) => ({
        ok: true,
        value:
          missingScopes.length > 0
            ? { kind: "scopesMissing", scopes: missingScopes }
            : {
                kind: "usable",
                account: {
                  id: "AbC123",
                  organizationName: "Example Shop",
                  timezone: "Europe/Berlin",
                },
              },
      })),
    getList: async (apiKey, listId) =>
      answer("getList", apiKey, ({ lists = {} }) => {
        const name = lists[listId];
        return name === undefined
          ? { ok: false, failure: { kind: "notFound" } }
          : { ok: true, value: { id: listId, name } };
      }),
  };
}
