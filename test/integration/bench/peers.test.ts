import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  startKlaviyoSimulator,
  type KlaviyoSimulator,
} from "../../../infra/local/klaviyo/simulator";
import { measurePattern } from "../../bench/peers/compare";
import type { KlaviyoAccount } from "../../bench/peers/klaviyo-account";
import { fixedPace, singleUpserts, streaming, unpacedJobs } from "../../bench/peers/patterns";
import { peerProfiles } from "../../bench/peers/profiles";

let klaviyo: KlaviyoSimulator;
beforeAll(async () => {
  klaviyo = await startKlaviyoSimulator();
});
afterAll(() => klaviyo.close());

function account(): KlaviyoAccount & { accountId: string } {
  const { id, keys, lists } = klaviyo.addAccount({ lists: [{ name: "peers" }] });
  return { accountId: id, url: klaviyo.url, apiKey: keys[0]!.key, listId: lists[0]!.id };
}
const profilesOf = (accountId: string): number =>
  klaviyo.accounts().find(({ id }) => id === accountId)!.profiles;

// Jobs of ten profiles instead of 10,000, and one bad email among forty.
const profiles = peerProfiles(40);
const PROFILES_A_JOB = 10;

it("has one bad email, in the middle of a job", () => {
  const bad = Array.from({ length: 40 }, (_, at) => at).filter((at) => profiles.isBad(at));
  expect(bad).toHaveLength(1);
  expect(bad[0]! % PROFILES_A_JOB).toBeGreaterThan(0);
});

describe("one bad email", () => {
  it("takes its whole job along where a refusal loses the batch", async () => {
    const at = account();
    const found = await measurePattern(unpacedJobs(PROFILES_A_JOB), at, profiles);
    expect(found).toMatchObject({ lostToBadEmail: 9, isProjected: false });
  });

  it("costs nobody else where the named profile is taken out and the rest sent again", async () => {
    const at = account();
    expect(await measurePattern(fixedPace(PROFILES_A_JOB), at, profiles)).toMatchObject({
      lostToBadEmail: 0,
    });
    // That way waits for its jobs, so all are there.
    expect(profilesOf(at.accountId)).toBe(39);
  });

  it("costs nobody else where each profile is sent alone", async () => {
    for (const pattern of [singleUpserts, streaming]) {
      const at = account();
      expect(await measurePattern(pattern, at, profiles)).toMatchObject({ lostToBadEmail: 0 });
      expect(profilesOf(at.accountId)).toBe(39);
    }
  });
});

it("workers without a shared pace are asked for patience, and give batches up after three attempts", async () => {
  klaviyo.setFaults({
    seed: 1,
    rules: [
      { kind: "throttle", operations: ["bulk_import_profiles"], rate: 1, retryAfterSeconds: 1 },
    ],
  });
  try {
    const found = await measurePattern(unpacedJobs(PROFILES_A_JOB), account(), peerProfiles(20));
    // Two jobs, three attempts each; the bad profile was not worth keeping.
    expect(found).toMatchObject({ throttled: 6, lostToThrottling: 19, lostToBadEmail: 0 });
  } finally {
    klaviyo.setFaults({});
  }
});

it("a way that takes too long is stopped and projected", async () => {
  const found = await measurePattern(streaming, account(), peerProfiles(600_000), 1_500);
  expect(found.isProjected).toBe(true);
  expect(found.seconds).toBeGreaterThan(60_000);
});
