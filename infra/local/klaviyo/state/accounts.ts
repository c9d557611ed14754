import type { Faults } from "../faults/faults";
import { createImportJobStore, type ImportJobStore, type ProcessingTime } from "./import-jobs";
import { createListStore, type ListStore, type NewList } from "./lists";
import { SCOPES, type Scope } from "../http/operations";
import { createProfileStore, type ProfileStore } from "./profiles";
import { createRateLimiter, type RateLimiter } from "../http/rate-limits";
import { alphanumeric, draw } from "../faults/seeded-random";
import { createSubscriptionStore, type SubscriptionStore } from "./subscriptions";

export interface ApiKey {
  /** `pk_` and 34 letters and digits. */
  readonly key: string;
  readonly scopes: readonly Scope[];
  revoked: boolean;
}

/** One Klaviyo account with all that it holds. */
export interface Account {
  /** Six characters; Klaviyo's public API key. */
  readonly id: string;
  readonly organizationName: string;
  readonly timezone: string;
  readonly preferredCurrency: string;
  readonly industry: string | null;
  readonly locale: string;
  readonly testAccount: boolean;
  readonly keys: ApiKey[];
  readonly limiter: RateLimiter;
  /** Of the calls of an app that was let in. */
  readonly appLimiter: RateLimiter;
  readonly profiles: ProfileStore;
  readonly lists: ListStore;
  readonly jobs: ImportJobStore;
  readonly subscriptions: SubscriptionStore;
}

export interface NewKey {
  /** Made up when missing. */
  readonly key?: string | undefined;
  /** All that the simulator knows, when missing. */
  readonly scopes?: readonly Scope[] | undefined;
}

export interface NewAccount {
  readonly id?: string | undefined;
  readonly organizationName?: string | undefined;
  readonly timezone?: string | undefined;
  readonly preferredCurrency?: string | undefined;
  readonly industry?: string | null | undefined;
  readonly locale?: string | undefined;
  readonly testAccount?: boolean | undefined;
  /** One key with all scopes, when missing. */
  readonly keys?: readonly NewKey[] | undefined;
  readonly lists?: readonly NewList[] | undefined;
  /**
   * Milliseconds by which the account's rate-limit windows start after the full minute.
   * Any number that depends on the seed, when missing: nobody knows when Klaviyo's windows start.
   */
  readonly windowPhaseMilliseconds?: number | undefined;
}

export interface AccountParts {
  readonly seed: number;
  readonly rateLimitScale: number;
  readonly processingTime: ProcessingTime;
  readonly faults: Faults;
}

export interface AccountStore {
  readonly all: readonly Account[];
  get(id: string): Account | undefined;
  add(account: NewAccount, now: number): Account;
  addKey(account: Account, key: NewKey): ApiKey;
  /** False for a key that no account has. */
  revokeKey(key: string): boolean;
  /** The account that a key opens; revoked keys open none. */
  authenticate(key: string): { readonly account: Account; readonly key: ApiKey } | undefined;
  /** List ids are unique among all accounts. */
  findList(id: string): Account | undefined;
}

const ID_LENGTH = 6;
const KEY_LENGTH = 34;
const MINUTE = 60_000;

export function createAccountStore(parts: AccountParts): AccountStore {
  const all: Account[] = [];
  const byKey = new Map<string, { account: Account; key: ApiKey }>();
  let keysMade = 0;

  const addKey = (account: Account, { key, scopes }: NewKey): ApiKey => {
    keysMade += 1;
    const made: ApiKey = {
      key: key ?? `pk_${alphanumeric(KEY_LENGTH, parts.seed, keysMade)}`,
      scopes: scopes ?? SCOPES,
      revoked: false,
    };
    account.keys.push(made);
    byKey.set(made.key, { account, key: made });
    return made;
  };

  return {
    all,
    get: (id) => all.find((account) => account.id === id),
    add(account, now) {
      const seed = draw(parts.seed, all.length);
      const profiles = createProfileStore(seed);
      const lists = createListStore(seed);
      const jobs = createImportJobStore(seed, {
        profiles,
        lists,
        time: parts.processingTime,
        faults: {
          cancelledAfter: () => parts.faults.cancelledAfter(),
          failure: () => parts.faults.failure(),
        },
      });
      const newLimiter = (): RateLimiter =>
        createRateLimiter({
          scale: parts.rateLimitScale,
          phase: account.windowPhaseMilliseconds ?? draw(seed, MINUTE) % MINUTE,
          otherUsers: (bucket) => parts.faults.otherUsers(bucket),
        });
      const made: Account = {
        id: account.id ?? alphanumeric(ID_LENGTH, seed),
        organizationName: account.organizationName ?? "Simulated Company",
        timezone: account.timezone ?? "Europe/Berlin",
        preferredCurrency: account.preferredCurrency ?? "EUR",
        industry: account.industry ?? null,
        locale: account.locale ?? "en-US",
        testAccount: account.testAccount ?? false,
        keys: [],
        limiter: newLimiter(),
        appLimiter: newLimiter(),
        profiles,
        lists,
        jobs,
        subscriptions: createSubscriptionStore({
          profiles,
          lists,
          queuedMilliseconds: parts.processingTime.queued,
        }),
      };
      all.push(made);
      for (const list of account.lists ?? []) lists.create(list, now);
      for (const key of account.keys ?? [{}]) addKey(made, key);
      return made;
    },
    addKey,
    revokeKey(key) {
      const found = byKey.get(key);
      if (found === undefined) return false;
      found.key.revoked = true;
      return true;
    },
    authenticate(key) {
      const found = byKey.get(key);
      return found === undefined || found.key.revoked ? undefined : found;
    },
    findList: (id) => all.find((account) => account.lists.get(id) !== undefined),
  };
}
