import { expect } from "@jest/globals";
import type { SubscriptionNumbers } from "../../../shared/domain/exports/subscription";
import type { System } from "../system";

/** What a run subscribed, where it is not as little as can be. */
export const numbers = (overrides: Partial<SubscriptionNumbers>): SubscriptionNumbers => ({
  requested: 0,
  accepted: 0,
  uncertain: 0,
  alreadySubscribed: 0,
  excludedUnsubscribed: 0,
  excludedSuppressed: 0,
  excludedWithoutConsent: 0,
  excludedConsentUnclear: 0,
  excludedWithoutConsentTime: 0,
  failed: 0,
  ...overrides,
});

/** Waits until Klaviyo has done what it took a moment before: until the check throws nothing. */
export async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      check();
      return;
    } catch (error) {
      if (tries === 100) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A segment's file that holds these people. */
export const csv = (...emails: string[]): string => ["Email", ...emails, ""].join("\n");

/** Exports that subscribe their members, of the first account. @param system once it is started */
export function subscribingExports(system: () => System, connectionId: () => string) {
  let segments = 0;
  const accountId = () => system().laptop.klaviyo.first.accountId;
  const klaviyo = () => system().laptop.klaviyo;
  const consentOf = (email: string) => klaviyo().subscription(accountId(), email)?.consent;
  /** The emails of the subscribe jobs for a list. */
  const askedFor = (listId: string): string[] =>
    klaviyo()
      .subscriptionJobs()
      .filter((job) => job.listId === listId)
      .flatMap(({ profiles }) => profiles.map(({ email }) => email))
      .sort();

  /** A segment of these people, a list with single opt-in, and an export of one to the other. */
  async function anExportOf(
    emails: readonly string[],
    subscription: object | "none" = { agree: true, historicalImport: false },
    connection = connectionId(),
  ) {
    segments += 1;
    const segment = `people-${String(segments)}`;
    await system().putSegment(segment, { "a.csv": csv(...emails) });
    const list = { name: segment, optInProcess: "single_opt_in" } as const;
    const listId = klaviyo().createList(accountId(), list).id;
    const exportId = await system().createExport(connection, {
      listId,
      segments: [segment],
      ...(subscription === "none" ? {} : { subscription }),
    });
    return { segment, listId, exportId };
  }
  async function runOf(exportId: string, body: object = {}) {
    const started = await system().call<{ runId: string }>("POST", `/exports/${exportId}/runs`, {
      body,
    });
    expect(started.status).toBe(202);
    const run = await system().ended(started.body.runId);
    return run as typeof run & { subscriptions?: SubscriptionNumbers };
  }
  return { consentOf, askedFor, anExportOf, runOf };
}
