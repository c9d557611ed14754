import type { ExportRequest, ExportSettings } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import {
  SUBSCRIPTION_WORDING,
  type Acknowledgement,
  type Subscription,
  type SubscriptionRequest,
} from "../../domain/exports/subscription";

/**
 * The settings as they are kept: with the acknowledgement of who switches subscribing on. It holds until what
 * was acknowledged is another thing: another list or connection, or `historicalImport`, which subscribes people
 * without a mail that they could leave unanswered. Throws `invalidRequest` when an acknowledgement is needed and
 * lacks `agree`, and always when `agree` is false.
 */
export function acknowledged(
  { subscription: requested, ...settings }: ExportRequest,
  before: Pick<ExportSettings, "subscription" | "connectionId" | "listId"> | undefined,
  caller: Pick<Caller, "userId">,
  now: Date,
): ExportSettings {
  if (requested === undefined) {
    return settings;
  }
  const { agree, ...subscription } = requested;
  const kept =
    agree !== false && holds(before, { subscription, ...settings })
      ? before?.subscription?.acknowledgement
      : undefined;
  const acknowledgement = kept ?? acknowledgedBy(agree, caller, now);
  return { ...settings, subscription: { ...subscription, acknowledgement } };
}

/** Whether what was acknowledged before covers what is wanted now. */
function holds(
  before: Pick<ExportSettings, "subscription" | "connectionId" | "listId"> | undefined,
  wanted: Pick<ExportRequest, "connectionId" | "listId"> & {
    subscription: Pick<Subscription, "historicalImport">;
  },
): boolean {
  return (
    before?.subscription !== undefined &&
    before.connectionId === wanted.connectionId &&
    before.listId === wanted.listId &&
    (before.subscription.historicalImport || !wanted.subscription.historicalImport)
  );
}

function acknowledgedBy(
  agree: boolean | undefined,
  { userId }: Pick<Caller, "userId">,
  now: Date,
): Acknowledgement {
  if (agree !== true) {
    const reason = `agree must be true, which says: “${SUBSCRIPTION_WORDING.text}”`;
    throw new DomainError("invalidRequest", { reason }, "/subscription/agree");
  }
  return {
    agreedBy: userId,
    agreedAt: now.toISOString(),
    wordingVersion: SUBSCRIPTION_WORDING.version,
    wording: SUBSCRIPTION_WORDING.text,
  };
}

/** Settings that are kept, as a person would send them again. */
export function asRequest({ subscription, ...settings }: ExportSettings): ExportRequest {
  if (subscription === undefined) {
    return settings;
  }
  const { acknowledgement: _kept, ...rest } = subscription;
  return { ...settings, subscription: rest satisfies SubscriptionRequest };
}
