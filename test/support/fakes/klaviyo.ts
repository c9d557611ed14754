import type { Credential } from "../../../shared/domain/klaviyo/credential";
import type { Scope } from "../../../shared/domain/connections/connection";
import { textOf } from "./credentials";
import type { Klaviyo, KlaviyoFailure, KlaviyoResult } from "../../../shared/ports";

/** As Klaviyo. */
const LISTS_A_PAGE = 10;

export interface FakeAccount {
  /** Lists that exist, by id. */
  readonly lists?: Record<string, string>;
  /** Another account's id than usual. */
  readonly accountId?: string;
  /** Who is on every list, subscribed. */
  readonly listed?: readonly string[];
  readonly missingScopes?: readonly Scope[];
  /** Whether the key has the scope to subscribe. */
  readonly maySubscribe?: boolean;
  /** What every call is answered with, in turn; when they are used up, calls succeed. */
  readonly failures?: KlaviyoFailure[];
}

/** Klaviyo as the API's use cases see it: accounts by their key. An unknown key is refused. */
export function fakeKlaviyo(accounts: Record<string, FakeAccount>): Pick<
  Klaviyo,
  | "checkKey"
  | "getList"
  | "listLists"
  | "createList"
  | "maySubscribe"
  | "listProfiles"
  | "listEmailConsents"
> & {
  readonly calls: string[];
} {
  const calls: string[] = [];
  function answer<Value>(
    name: string,
    credential: Credential,
    value: (account: FakeAccount) => KlaviyoResult<Value>,
  ): KlaviyoResult<Value> {
    calls.push(name);
    const account = accounts[textOf(credential)];
    if (account === undefined) {
      return { ok: false, failure: { kind: "keyRefused" } };
    }
    const failure = account.failures?.shift();
    return failure === undefined ? value(account) : { ok: false, failure };
  }
  return {
    calls,
    checkKey: async (credential) =>
      answer("checkKey", credential, ({ missingScopes = [], accountId = "AbC123" }) => ({
        ok: true,
        value:
          missingScopes.length > 0
            ? { kind: "scopesMissing", scopes: missingScopes }
            : {
                kind: "usable",
                revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
                account: {
                  id: accountId,
                  organizationName: "Example Shop",
                  timezone: "Europe/Berlin",
                },
              },
      })),
    listProfiles: async (credential) =>
      answer("listProfiles", credential, ({ listed = [] }) => ({
        ok: true,
        value: { items: listed.map((email) => ({ profileId: `profile-of-${email}`, email })) },
      })),
    listEmailConsents: async (credential) =>
      answer("listEmailConsents", credential, ({ listed = [] }) => ({
        ok: true,
        value: {
          items: listed.map((email) => ({ email, consent: "SUBSCRIBED", suppressions: [] })),
        },
      })),
    getList: async (credential, listId) =>
      answer("getList", credential, ({ lists = {} }) => {
        const name = lists[listId];
        return name === undefined
          ? { ok: false, failure: { kind: "notFound" } }
          : { ok: true, value: { id: listId, name } };
      }),
    listLists: async (credential, after) =>
      answer("listLists", credential, ({ lists = {} }) => {
        const all = Object.entries(lists)
          .map(([id, name]) => ({ id, name }))
          .sort((one, other) => (one.name < other.name ? -1 : 1));
        const start = after === undefined ? 0 : Number(after);
        if (!Number.isInteger(start) || start < 0) {
          const error = { code: "invalid", detail: "no such page", pointer: null };
          return { ok: false, failure: { kind: "invalid", errors: [error] } };
        }
        const next = start + LISTS_A_PAGE;
        return {
          ok: true,
          value: {
            items: all.slice(start, next),
            ...(next < all.length ? { next: String(next) } : {}),
          },
        };
      }),
    maySubscribe: async (credential) =>
      answer("maySubscribe", credential, ({ maySubscribe = true }) => ({
        ok: true,
        value: maySubscribe,
      })),
    createList: async (credential, name) =>
      answer("createList", credential, () => ({ ok: true, value: { id: "NeW001", name } })),
  };
}
