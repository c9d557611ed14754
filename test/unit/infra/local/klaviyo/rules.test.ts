import { describe, expect, test } from "@jest/globals";
import { createFaults } from "../../../../../infra/local/klaviyo/faults/faults";
import { parseFilters } from "../../../../../infra/local/klaviyo/http/filters";
import { isValidEmail } from "../../../../../infra/local/klaviyo/input/profile-input";
import { createRateLimiter, MEDIUM } from "../../../../../infra/local/klaviyo/http/rate-limits";

describe("email addresses", () => {
  test.each([
    "a@b.co",
    "First.Last+tag@Shop.Example",
    "o'neil@shop.example",
    "x_y-z@sub.shop-24.example",
    "a@xn--bcher-kva.example",
    `${"a".repeat(64)}@shop.example`,
  ])("%s is valid", (email) => expect(isValidEmail(email)).toBe(true));

  test.each([
    "",
    "a",
    "a@",
    "@shop.example",
    "a@shop",
    "a b@shop.example",
    "a..b@shop.example",
    ".a@shop.example",
    "a.@shop.example",
    "a@-shop.example",
    "a@shop-.example",
    "a@shop..example",
    "a@1.2",
    "a@shop.e",
    "a@[127.0.0.1]",
    '"a"@shop.example',
    "ä@shop.example",
    " a@shop.example",
    `${"a".repeat(65)}@shop.example`,
    `a@${"b".repeat(50)}.${"c".repeat(48)}`,
  ])("'%s' is invalid", (email) => expect(isValidEmail(email)).toBe(false));

  test("100 characters are valid, 101 are not", () => {
    const email = `a@${"b".repeat(48)}.${"c".repeat(49)}`;
    expect(email).toHaveLength(100);
    expect(isValidEmail(email)).toBe(true);
    expect(isValidEmail(`a${email}`)).toBe(false);
  });
});

describe("filters", () => {
  const rules = { email: ["any", "equals"], created: ["greater-than"] };

  test.each([
    ['equals(email,"a@b.co")', [{ operator: "equals", field: "email", values: ["a@b.co"] }]],
    ["equals(email,['a'])", [{ operator: "equals", field: "email", values: ["a"] }]],
    [
      'any(email,["a,)","b\\"c"]),greater-than(created,2026-01-01T00:00:00Z)',
      [
        { operator: "any", field: "email", values: ["a,)", 'b"c'] },
        { operator: "greater-than", field: "created", values: ["2026-01-01T00:00:00Z"] },
      ],
    ],
    [
      'and(equals(email,"a"),equals(email,"b"))',
      [
        { operator: "equals", field: "email", values: ["a"] },
        { operator: "equals", field: "email", values: ["b"] },
      ],
    ],
  ])("%s", (text, filters) => expect(parseFilters(text, rules)).toEqual(filters));

  test.each([
    "email",
    "equals(email)",
    'equals(email,"a"',
    'equals(email,"a',
    'any(email,["a")',
    'contains(email,"a")',
    'equals(name,"a")',
    'equals(email,"a")x',
    'equals(email,"a"),',
    `any(email,[${Array.from({ length: 101 }, () => '"a"').join(",")}])`,
  ])("%s is refused", (text) => {
    expect(() => parseFilters(text, rules)).toThrow("Invalid input.");
  });
});

describe("rate-limit windows", () => {
  const limiterWith = (otherUsers = 0) =>
    createRateLimiter({ scale: 1, phase: 0, otherUsers: () => otherUsers });

  test("at full use, exactly 150 requests of a minute are allowed, at most 10 a second", () => {
    const limiter = limiterWith();
    const perSecond = new Map<number, number>();
    for (let now = 0; now < 120_000; now += 20) {
      if (limiter.take("jobs", MEDIUM, now).kind === "throttled") continue;
      const second = Math.floor(now / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBe(10);
    const counts = [...perSecond].map(([second, count]) => ({ minute: second < 60, count }));
    const sum = (minute: boolean) =>
      counts.filter((entry) => entry.minute === minute).reduce((all, { count }) => all + count, 0);
    expect([sum(true), sum(false)]).toEqual([150, 150]);
  });

  test("a throttled request uses nothing up, and waits for the window that is full", () => {
    const limiter = limiterWith();
    for (let sent = 0; sent < 10; sent += 1) limiter.take("jobs", MEDIUM, 400);
    for (let sent = 0; sent < 500; sent += 1) {
      expect(limiter.take("jobs", MEDIUM, 400)).toEqual({
        kind: "throttled",
        retryAfterSeconds: 1,
      });
    }
    expect(limiter.take("jobs", MEDIUM, 1000)).toMatchObject({
      kind: "allowed",
      headers: { "RateLimit-Remaining": "9" },
    });
  });

  test("others' requests count in both windows, also while we are silent", () => {
    const limiter = limiterWith(2.45);
    limiter.take("jobs", MEDIUM, 0);
    // By then the others have had 144 of the minute's 150, and we one; two more are theirs later.
    let allowed = 0;
    for (let now = 59_000; now < 60_000; now += 1) {
      if (limiter.take("jobs", MEDIUM, now).kind === "allowed") allowed += 1;
    }
    expect(allowed).toBe(5);
  });
});

describe("faults", () => {
  test("hit about as often as their rate says, and no more often than their limit", () => {
    let struck = 0;
    const faults = createFaults(() => (struck += 1));
    faults.configure({ seed: 5, rules: [{ kind: "reset", rate: 0.25 }] });
    for (let request = 0; request < 4000; request += 1) faults.atGate("get_lists");
    expect(struck).toBeGreaterThan(900);
    expect(struck).toBeLessThan(1100);

    struck = 0;
    faults.configure({ rules: [{ kind: "reset", rate: 1, limit: 3 }] });
    for (let request = 0; request < 10; request += 1) faults.atGate("get_lists");
    expect(struck).toBe(3);
  });

  test("what happens to one operation does not depend on the traffic of another", () => {
    const sequence = (noise: boolean) => {
      const faults = createFaults(() => undefined);
      faults.configure({ seed: 9, rules: [{ kind: "serverError", rate: 0.5 }] });
      return Array.from({ length: 50 }, () => {
        if (noise) faults.atGate("get_profiles");
        return faults.atGate("get_lists")?.kind;
      });
    };
    expect(sequence(true)).toEqual(sequence(false));
    expect(new Set(sequence(false)).size).toBe(2);
  });
});
