import { describe, expect, it } from "@jest/globals";
import { DomainError } from "../../../../../shared/domain/problems/problem";
import type { ExportSettings, ExportRequest } from "../../../../../shared/domain/exports/export";
import type { SubscriptionRequest } from "../../../../../shared/domain/exports/subscription";
import { acknowledged } from "../../../../../shared/use-cases/exports/subscription-settings";
import { anExport, anInstant } from "../../../../support/builders";

const NOW = new Date("2026-11-20T10:00:00.000Z");
const acknowledgement = {
  ...{ agreedBy: "first", agreedAt: anInstant, wordingVersion: "1", wording: "I do" },
};
const historical = { historicalImport: true, consentedAtField: "At" } as const;
const before = (subscription: ExportSettings["subscription"]) => ({
  ...{ connectionId: "connection-1", listId: "LiSt01", subscription },
});
const ofMails = before({ historicalImport: false, acknowledgement });

function save(
  subscription: SubscriptionRequest,
  stored: ReturnType<typeof before> | undefined,
  place: Partial<Pick<ExportRequest, "connectionId" | "listId">> = {},
) {
  const { displayName, segments, mapping, syncMode } = anExport();
  const settings: ExportRequest = {
    ...{ displayName, segments, mapping, syncMode, subscription },
    ...{ connectionId: "connection-1", listId: "LiSt01", ...place },
  };
  return acknowledged(settings, stored, { userId: "second" }, NOW).subscription?.acknowledgement;
}

describe("the acknowledgement of subscribing", () => {
  it("stays as it is while what was acknowledged is the same, or less", () => {
    expect(save({ historicalImport: false, customSource: "Shop" }, ofMails)).toEqual(
      acknowledgement,
    );
    expect(save({ historicalImport: false, agree: true }, ofMails)).toEqual(acknowledgement);
    const imported = before({ ...historical, acknowledgement });
    expect(save(historical, imported)).toEqual(acknowledgement);
    expect(save({ historicalImport: false }, imported)).toEqual(acknowledgement);
  });

  it.each<[string, SubscriptionRequest, Parameters<typeof save>[2]]>([
    ["nobody is sent a mail to confirm any more", historical, {}],
    ["it is another list", { historicalImport: false }, { listId: "LiSt02" }],
    ["it is another connection", { historicalImport: false }, { connectionId: "connection-2" }],
  ])("is needed anew when %s", (_when, subscription, place) => {
    expect(() => save(subscription, ofMails, place)).toThrow(DomainError);
    expect(save({ ...subscription, agree: true }, ofMails, place)).toMatchObject({
      ...{ agreedBy: "second", agreedAt: NOW.toISOString() },
    });
  });

  it("is never there for who says no", () => {
    for (const stored of [undefined, ofMails]) {
      expect(() => save({ historicalImport: false, agree: false }, stored)).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({ code: "invalidRequest" }),
          field: "/subscription/agree",
        }),
      );
    }
  });
});
