import { describe, expect, it, test } from "@jest/globals";
import fc from "fast-check";
import {
  givenUp,
  subscriptionRequestSchema,
  subscriptionSettingsSchema,
  verdictOn,
  type SubscriptionNumbers,
} from "../../../../../shared/domain/exports/subscription";
import { problem } from "../../../../../shared/domain/problems/problem";

const found = (consent: string, ...suppressions: string[]) => ({
  email: "a@example.org",
  consent,
  suppressions,
});

describe("whether a member is subscribed", () => {
  test.each([
    ["never said anything", found("NEVER_SUBSCRIBED"), "subscribe", "subscribe"],
    ["subscribed", found("SUBSCRIBED"), "alreadySubscribed", "alreadySubscribed"],
    ["unsubscribed", found("UNSUBSCRIBED"), "excludedUnsubscribed", "subscribe"],
    [
      "unsubscribed, by the suppression alone",
      found("SUBSCRIBED", "UNSUBSCRIBE"),
      "excludedUnsubscribed",
      "subscribe",
    ],
    [
      "suppressed by hand",
      found("SUBSCRIBED", "USER_SUPPRESSED"),
      "excludedSuppressed",
      "subscribe",
    ],
    [
      "complained",
      found("SUBSCRIBED", "SPAM_COMPLAINT"),
      "excludedSuppressed",
      "excludedSuppressed",
    ],
    [
      "bounced",
      found("NEVER_SUBSCRIBED", "HARD_BOUNCE"),
      "excludedSuppressed",
      "excludedSuppressed",
    ],
    [
      "unsubscribed and bounced",
      found("UNSUBSCRIBED", "UNSUBSCRIBE", "INVALID_EMAIL"),
      "excludedSuppressed",
      "excludedSuppressed",
    ],
    [
      "is suppressed for a new reason",
      found("SUBSCRIBED", "NEW"),
      "excludedSuppressed",
      "excludedSuppressed",
    ],
    ["has a consent that is new here", found("PENDING"), "excludedUnsubscribed", "subscribe"],
    ["is not found", undefined, "failed", "failed"],
  ])("who %s", (_who, consent, usually, resubscribing) => {
    expect(verdictOn({}, consent, false)).toBe(usually);
    expect(verdictOn({}, consent, true)).toBe(resubscribing);
  });

  it("does not ask those a second time who have not confirmed yet", () => {
    expect(verdictOn({ askedBefore: true }, found("NEVER_SUBSCRIBED"), true)).toBe(
      "alreadySubscribed",
    );
    expect(verdictOn({ askedBefore: true }, found("UNSUBSCRIBED"), true)).toBe("subscribe");
  });

  it("without a person's word never asks for who unsubscribed or is suppressed", () => {
    const consents = fc.record({
      email: fc.constant("a@example.org"),
      consent: fc.oneof(
        fc.constantFrom("SUBSCRIBED", "NEVER_SUBSCRIBED", "UNSUBSCRIBED"),
        fc.string(),
      ),
      suppressions: fc.array(fc.oneof(fc.constantFrom("UNSUBSCRIBE", "HARD_BOUNCE"), fc.string())),
    });
    fc.assert(
      fc.property(consents, fc.boolean(), (consent, askedBefore) => {
        const verdict = verdictOn({ askedBefore }, consent, false);
        const willing = consent.consent === "NEVER_SUBSCRIBED" && consent.suppressions.length === 0;
        expect(verdict === "subscribe").toBe(willing && !askedBefore);
      }),
    );
  });
});

describe("the settings", () => {
  test.each([
    ["historical without the field of the consent's time", { historicalImport: true }],
    ["a field without historical import", { historicalImport: false, consentedAtField: "At" }],
    ["neither the one nor the other", {}],
    ["an unknown word", { historicalImport: false, source: "x" }],
  ])("refuse %s", (_what, given) => {
    expect(subscriptionSettingsSchema.safeParse(given).success).toBe(false);
    expect(subscriptionRequestSchema.safeParse({ agree: true, ...given }).success).toBe(false);
  });
});

test("who was not reached is counted as failed when a run gives up", () => {
  const count = fc.nat(1_000);
  fc.assert(
    fc.property(
      fc.tuple(count, count, count, count, count, count, count, count, count),
      (counts) => {
        const [accepted, uncertain, alreadySubscribed, unsubscribed, suppressed, ...others] =
          counts;
        const [untimed, refusing, unclear, rest] = others;
        const excludedWithoutConsentTime = untimed;
        const known = {
          ...{ accepted, uncertain, alreadySubscribed },
          ...{ excludedUnsubscribed: unsubscribed, excludedSuppressed: suppressed },
          ...{ excludedWithoutConsent: refusing, excludedConsentUnclear: unclear },
        };
        const requested = counts.reduce((sum, each) => sum + each, 0);
        const numbers: SubscriptionNumbers = {
          ...{ requested, ...known, excludedWithoutConsentTime, failed: 0 },
        };
        const after = givenUp(
          { batches: 9, done: 3, leaseUntil: 5, numbers },
          problem("internalError"),
        );
        expect(after).toMatchObject({ done: 9, numbers: { ...numbers, failed: rest } });
      },
    ),
  );
});
