import type { ExportRequest, ExportSettings } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import {
  SUBSCRIPTION_WORDING,
  type Acknowledgement,
  type Subscription,
  type SubscriptionRequest,
} from "../domain/subscription";

/**
 * The settings as they are kept: with the acknowledgement of who switches subscribing on. While it stays on,
 * the first one counts. Throws `invalidRequest` when switching it on lacks `agree`.
 */
export function acknowledged(
  { subscription: requested, ...settings }: ExportRequest,
  before: Subscription | undefined,
  caller: Pick<Caller, "userId">,
  now: Date,
): ExportSettings {
  if (requested === undefined) {
    return settings;
  }
  const { agree, ...subscription } = requested;
  const acknowledgement = before?.acknowledgement ?? acknowledgedBy(agree, caller, now);
  return { ...settings, subscription: { ...subscription, acknowledgement } };
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
