import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createEmailIndex } from "../../../../../infra/local/klaviyo/state/email-index";
import { createListMembers } from "../../../../../infra/local/klaviyo/state/lists";
import { createProfileIds } from "../../../../../infra/local/klaviyo/state/profile-ids";
import { draws } from "../../../../support/seeds/seed-of-draws";

describe("email index", () => {
  test("finds what a plain map would find, whatever emails profiles are given", () => {
    const change = fc.record({
      profile: fc.nat(3000),
      email: fc.nat(4000).map((number) => `customer.${number}@shop.example`),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
        const index = createEmailIndex();
        const byEmail = new Map<string, number>();
        const byProfile = new Map<number, string>();
        for (const { profile, email } of changes) {
          // Two profiles never share an email; the store refuses that before.
          if (byEmail.has(email)) continue;
          const former = byProfile.get(profile);
          if (former !== undefined) byEmail.delete(former);
          byEmail.set(email, profile);
          byProfile.set(profile, email);
          index.set(profile, email);
        }
        expect(changes.map(({ email }) => index.find(email))).toEqual(
          changes.map(({ email }) => byEmail.get(email)),
        );
        expect(changes.map(({ profile }) => index.emailOf(profile))).toEqual(
          changes.map(({ profile }) => byProfile.get(profile)),
        );
      }),
      { numRuns: draws(15, 50) },
    );
  });

  test("grows over many pages and parts without losing an email", () => {
    const index = createEmailIndex();
    // 200,000 addresses of 40 characters need two pages of 4 MB.
    const email = (profile: number) => `${String(profile).padStart(27, "c")}@shop.example`;
    for (let profile = 0; profile < 200_000; profile += 1) index.set(profile, email(profile));
    const wrong: number[] = [];
    // Prime, so that it meets every place in a page.
    for (let profile = 0; profile < 200_000; profile += draws(7, 1)) {
      if (index.find(email(profile)) !== profile) wrong.push(profile);
      if (index.emailOf(profile) !== email(profile)) wrong.push(profile);
    }
    expect(wrong).toEqual([]);
    expect(index.find("nobody@shop.example")).toBeUndefined();
    expect(index.emailOf(200_000)).toBeUndefined();
  });
});

test("list members keep the order of joining, whoever joins and leaves", () => {
  const step = fc.record({ profile: fc.nat(200), joins: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const members = createListMembers();
      const model = new Set<number>();
      for (const { profile, joins } of steps) {
        const changed = joins ? members.add(profile, 0) : members.remove(profile);
        if (changed !== (joins !== model.has(profile))) throw new Error("Wrong answer.");
        if (joins) model.add(profile);
        else model.delete(profile);
      }
      const seen: number[] = [];
      for (let position = 0; position < members.length(); position += 1) {
        const profile = members.at(position);
        if (profile === undefined) continue;
        seen.push(profile);
        if (members.positionOf(profile) !== position) throw new Error("Wrong position.");
      }
      expect(seen).toEqual([...model]);
      expect(members.count()).toBe(model.size);
    }),
    { numRuns: draws(30, 100) },
  );
});

describe("profile ids", () => {
  test("lead back to their number, are sorted like it, and belong to one account", () => {
    const ids = createProfileIds(11);
    const other = createProfileIds(12);
    const numbers = [0, 1, 31, 32, 9_999, 10_000_000];
    const made = numbers.map((number) => ids.format(number));
    expect(made.map((id) => ids.parse(id))).toEqual(numbers);
    expect([...made].sort()).toEqual(made);
    for (const id of made) {
      expect(id).toMatch(/^01[0-9A-HJKMNP-TV-Z]{24}$/);
      expect(other.parse(id)).toBeUndefined();
    }
  });

  test.each(["", "01", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "x".repeat(26)])("'%s' is none", (text) => {
    expect(createProfileIds(11).parse(text)).toBeUndefined();
  });
});
