import { describe, expect, it } from "@jest/globals";
import { readConsent, saysRefused } from "../../../../../shared/domain/cells/consent";

describe("a cell that says whether a member wants to be mailed", () => {
  it.each([
    "yes",
    "TRUE",
    "1",
    1,
    true,
    "Y",
    "ja",
    "Subscribed",
    "opted-in",
    "Opt In",
    "accepted",
    "Angemeldet",
    "ingeschreven",
    '="yes"',
  ])("agrees with %j, or refuses where a yes refuses", (cell) => {
    expect(readConsent(cell, "agreed")).toBe("agreed");
    expect(readConsent(cell, "refused")).not.toBe("agreed");
  });

  it.each([
    "no",
    "False",
    "0",
    0,
    false,
    "n",
    "nein",
    "unsubscribed",
    "Not Subscribed",
    "NEVER_SUBSCRIBED",
    "opted out",
    "denied",
    "cleaned",
    "nicht abonniert",
    "Désabonné",
    "No suscrito",
    "uitgeschreven",
    "No, thanks",
  ])("refuses with %j", (cell) => {
    expect(readConsent(cell, "agreed")).toBe("refused");
  });

  it("is turned round where a yes refuses, but for words that say it themselves", () => {
    expect(
      ["yes", "no", "", "unsubscribed", "subscribed"].map((cell) => readConsent(cell, "refused")),
    ).toEqual([...["refused", "agreed", "unclear", "refused", "unclear"]]);
  });

  it.each([
    "",
    " ",
    null,
    undefined,
    "NULL",
    "n/a",
    "\\N",
    "pending",
    "maybe",
    "2",
    "sometimes",
    "yes and no",
    [],
    {},
  ])("says neither with %j", (cell) => {
    expect(readConsent(cell, "agreed")).toBe("unclear");
    expect(readConsent(cell, "refused")).toBe("unclear");
  });
});

it("is told by its field's name that a yes refuses", () => {
  expect(
    [
      "Email Opt Out",
      "HasOptedOutOfEmail",
      "unsubscribed",
      "donotbulkemail",
      "Do not allow Emails",
      "Suppressed",
    ].every(saysRefused),
  ).toBe(true);
  expect(
    ["Accepts Email Marketing", "email_opt_in", "Newsletter", "Email Marketing Consent"].some(
      saysRefused,
    ),
  ).toBe(false);
});
