import type { Account, ApiKey, NewAccount, NewKey } from "../state/accounts";
import type { FaultConfiguration, FaultSettings } from "../faults/fault-rules";
import type { ImportJobStatus } from "../state/import-jobs";
import type { JsonObject } from "../json";
import type { List, NewList } from "../state/lists";
import { isValidEmail } from "../input/profile-input";
import type { Simulation } from "../simulation";
import type { SimulatorStatistics } from "./statistics";
import type { EmailSubscription, SubscriptionJob, SuppressionReason } from "../state/subscriptions";

interface InspectedAccount {
  readonly id: string;
  readonly organizationName: string;
  readonly keys: readonly Readonly<ApiKey>[];
  readonly lists: readonly InspectedList[];
  readonly profiles: number;
}

interface InspectedList {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly members: number;
}

interface InspectedJob {
  readonly id: string;
  readonly accountId: string;
  readonly listId: string | undefined;
  readonly status: ImportJobStatus;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly duplicates: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly completeAt: number;
}

/**
 * Looks into a simulator and changes it from outside of the API: no key, no limits, no faults.
 * Ids that don't exist throw.
 */
export interface Inspection {
  statistics(): SimulatorStatistics;
  resetStatistics(): void;
  accounts(): readonly InspectedAccount[];
  addAccount(account: NewAccount): InspectedAccount;
  addKey(accountId: string, key: NewKey): ApiKey;
  revokeKey(key: string): void;
  /** As when the app is removed from every account. */
  endSignIns(): void;
  createList(accountId: string, list: NewList): InspectedList;
  deleteList(listId: string): void;
  list(listId: string): InspectedList;
  /** Emails of a list's members in order of joining; members without an email are left out. */
  members(listId: string): Iterable<string>;
  /** A profile's attributes besides the email; undefined without a profile. */
  attributes(accountId: string, email: string): Readonly<JsonObject> | undefined;
  /** Creates profiles, and makes them members of a list. Returns how many were new. */
  seedProfiles(accountId: string, emails: Iterable<string>, listId?: string): number;
  jobs(): readonly InspectedJob[];
  /** Subscribe jobs in the order in which they were accepted. */
  subscriptionJobs(): readonly Readonly<SubscriptionJob>[];
  /** What a person has said to email marketing; undefined without a profile. */
  subscription(accountId: string, email: string): EmailSubscription | undefined;
  /** As if they had clicked the link in a mail. */
  unsubscribe(accountId: string, emails: readonly string[]): void;
  /** As if Klaviyo, or somebody in it, kept mails from going there. */
  suppress(accountId: string, emails: readonly string[], reason: SuppressionReason): void;
  /** From now on no job gets on, until `releaseJobs`: what waits for one waits, however slow or fast the machine is. */
  holdJobs(): void;
  /** Lets jobs go on; what would have been done meanwhile is done at once. */
  releaseJobs(): void;
  setFaults(faults: FaultConfiguration): void;
  faults(): FaultSettings;
  /** Whether the faults now set refuse this email at once, or fail it while a job is processed. */
  fateOf(email: string): "imported" | "refused" | "failed";
}

/** Something that was asked of the simulator names what it doesn't hold, or is wrong. */
export class InspectionFailure extends Error {
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
    this.name = "InspectionFailure";
  }
}

export function createInspection(current: () => Simulation): Inspection {
  /** With all that is due done, so that what is shown is what Klaviyo would show now. */
  const upToDate = (): Simulation => {
    current().advance();
    return current();
  };

  const account = (id: string): Account => {
    const found = current().accounts.get(id);
    if (found === undefined) throw new InspectionFailure(404, `There is no account ${id}.`);
    return found;
  };

  const owned = (listId: string): { owner: Account; list: List } => {
    const owner = upToDate().accounts.findList(listId);
    const list = owner?.lists.get(listId);
    if (owner === undefined || list === undefined) {
      throw new InspectionFailure(404, `There is no list ${listId}.`);
    }
    return { owner, list };
  };

  const showList = (owner: Account, list: List): InspectedList => ({
    id: list.id,
    accountId: owner.id,
    name: list.name,
    members: list.members.count(),
  });

  const showAccount = (shown: Account): InspectedAccount => ({
    id: shown.id,
    organizationName: shown.organizationName,
    keys: shown.keys,
    lists: shown.lists.all
      .filter((list) => list !== undefined)
      .map((list) => showList(shown, list)),
    profiles: shown.profiles.count(),
  });

  function* members(listId: string): Iterable<string> {
    const { owner, list } = owned(listId);
    for (let position = 0; position < list.members.length(); position += 1) {
      const profile = list.members.at(position);
      const email = profile === undefined ? undefined : owner.profiles.emailOf(profile);
      if (email !== undefined) yield email;
    }
  }

  return {
    statistics: () => upToDate().statistics.current(),
    resetStatistics: () => current().statistics.reset(),
    accounts: () => upToDate().accounts.all.map(showAccount),
    addAccount: (added) => showAccount(current().accounts.add(added, current().now())),
    addKey: (accountId, key) => current().accounts.addKey(account(accountId), key),
    revokeKey(key) {
      if (!current().accounts.revokeKey(key)) throw new InspectionFailure(404, "Unknown key.");
    },
    endSignIns: () => current().grants.endAll(),
    createList(accountId, list) {
      const owner = account(accountId);
      return showList(owner, owner.lists.create(list, current().now()));
    },
    deleteList(listId) {
      const { owner } = owned(listId);
      owner.lists.delete(listId);
    },
    list(listId) {
      const { owner, list } = owned(listId);
      return showList(owner, list);
    },
    members,
    attributes(accountId, email) {
      upToDate();
      const { profiles } = account(accountId);
      const profile = profiles.findByEmail(email);
      return profile === undefined ? undefined : profiles.attributesOf(profile);
    },
    seedProfiles(accountId, emails, listId) {
      const owner = account(accountId);
      const list = listId === undefined ? undefined : owned(listId).list;
      const before = owner.profiles.count();
      const now = current().now();
      for (const email of emails) {
        if (!isValidEmail(email)) throw new InspectionFailure(400, "An email is invalid.");
        const input = {
          id: undefined,
          email: email.toLowerCase(),
          phoneNumber: undefined,
          externalId: undefined,
          attributes: undefined,
        };
        const profile = owner.profiles.upsert(input, "ignored", now);
        list?.members.add(profile, now);
      }
      return owner.profiles.count() - before;
    },
    jobs: () =>
      upToDate().accounts.all.flatMap((owner) =>
        owner.jobs.all.map((job) => ({
          id: job.id,
          accountId: owner.id,
          listId: job.listId,
          status: job.status,
          total: job.total,
          completed: job.completed,
          failed: job.errors.length,
          duplicates: job.duplicates,
          createdAt: job.createdAt,
          completeAt: job.completeAt,
        })),
      ),
    subscriptionJobs: () =>
      upToDate().accounts.all.flatMap(({ subscriptions }) => subscriptions.jobs),
    subscription(accountId, email) {
      upToDate();
      const { profiles, subscriptions } = account(accountId);
      const profile = profiles.findByEmail(email);
      return profile === undefined ? undefined : subscriptions.of(profile);
    },
    unsubscribe: (accountId, emails) =>
      account(accountId).subscriptions.unsubscribe(emails, undefined, current().now()),
    suppress: (accountId, emails, reason) =>
      account(accountId).subscriptions.suppress(emails, reason, current().now()),
    holdJobs: () => {
      upToDate().holdsJobs = true;
    },
    releaseJobs: () => {
      current().holdsJobs = false;
    },
    setFaults: (faults) => current().faults.configure(faults),
    faults: () => current().faults.configuration(),
    fateOf: (email) => current().faults.fateOf(email.toLowerCase()),
  };
}
