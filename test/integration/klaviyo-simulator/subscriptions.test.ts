import { afterEach, describe, expect, test } from "@jest/globals";
import { ApiKeySession, ProfilesApi, RetryWithExponentialBackoff } from "klaviyo-api";
import { DEFAULT_ACCOUNT } from "../../../infra/local/klaviyo/options";
import type { KlaviyoSimulator } from "../../../infra/local/klaviyo/simulator";
import { closeSimulators, createClock, emails, problem, rawClient, simulate } from "./support";

afterEach(closeSimulators);

const SUBSCRIBE = "/api/profile-subscription-bulk-create-jobs";
const SUPPRESS = "/api/profile-suppression-bulk-create-jobs";

/** Klaviyo's own client, against a simulator whose jobs take a second. */
async function start() {
  const clock = createClock();
  const simulator = await simulate({ now: clock.now, processingTime: { queued: 1_000 } });
  const { accountId } = simulator.first;
  const single = simulator.createList(accountId, { name: "S", optInProcess: "single_opt_in" }).id;
  const session = new ApiKeySession(
    simulator.first.apiKey,
    new RetryWithExponentialBackoff({ numRetries: 1 }),
  );
  const profiles = new ProfilesApi(session);
  profiles.basePath = simulator.url;
  return { clock, simulator, accountId, single, profiles };
}

type Client = ProfilesApi;
async function subscribe(
  profiles: Client,
  addresses: readonly string[],
  listId: string,
  historical?: Date,
): Promise<number> {
  const { response } = await profiles.bulkSubscribeProfiles({
    data: {
      type: "profile-subscription-bulk-create-job",
      attributes: {
        customSource: "Shop",
        ...(historical === undefined ? {} : { historicalImport: true }),
        profiles: {
          data: addresses.map((email) => ({
            type: "profile",
            attributes: {
              email,
              subscriptions: {
                email: {
                  marketing: {
                    consent: "SUBSCRIBED",
                    ...(historical === undefined ? {} : { consentedAt: historical }),
                  },
                },
              },
            },
          })),
        },
      },
      relationships: { list: { data: { type: "list", id: listId } } },
    },
  });
  return response.status;
}

async function unsubscribe(profiles: Client, email: string, listId?: string): Promise<void> {
  await profiles.bulkUnsubscribeProfiles({
    data: {
      type: "profile-subscription-bulk-delete-job",
      attributes: {
        profiles: {
          data: [
            {
              type: "profile",
              attributes: {
                email,
                subscriptions: { email: { marketing: { consent: "UNSUBSCRIBED" } } },
              },
            },
          ],
        },
      },
      ...(listId === undefined
        ? {}
        : { relationships: { list: { data: { type: "list", id: listId } } } }),
    },
  });
}

/** Consent and suppressions, as the API shows them. */
async function marketing(profiles: Client, email: string) {
  const { body } = await profiles.getProfiles({
    filter: `any(email,["${email}"])`,
    additionalFieldsProfile: ["subscriptions"],
  });
  const found = body.data[0]?.attributes.subscriptions?.email?.marketing;
  return (
    found && {
      consent: found.consent,
      can: found.canReceiveEmailMarketing,
      reasons: (found.suppression ?? []).map(({ reason }) => reason),
    }
  );
}

test("a subscribe job is accepted at once, and has its effect later", async () => {
  const { clock, simulator, accountId, single, profiles } = await start();
  simulator.seedProfiles(accountId, emails(2));
  expect(await subscribe(profiles, emails(3), single)).toBe(202);
  expect(await marketing(profiles, "member0@shop.example")).toMatchObject({
    consent: "NEVER_SUBSCRIBED",
  });

  clock.advance(1_000);

  expect(await marketing(profiles, "member0@shop.example")).toEqual({
    consent: "SUBSCRIBED",
    can: true,
    reasons: [],
  });
  // The third did not exist before.
  expect([...simulator.members(single)]).toEqual(emails(3));
});

test("a list with double opt-in sends mails to confirm instead, unless the import is historical", async () => {
  const { clock, simulator, accountId, profiles } = await start();
  const double = simulator.createList(accountId, { name: "D", optInProcess: "double_opt_in" }).id;
  const before = new Date(clock.now() - 86_400_000);

  await subscribe(profiles, ["asked@shop.example"], double);
  await subscribe(profiles, ["known@shop.example"], double, before);
  clock.advance(1_000);

  expect(simulator.subscriptionJobs().map(({ confirmationMails }) => confirmationMails)).toEqual([
    1, 0,
  ]);
  expect(simulator.subscription(accountId, "asked@shop.example")?.consent).toBe("NEVER_SUBSCRIBED");
  expect(simulator.subscription(accountId, "known@shop.example")).toMatchObject({
    consent: "SUBSCRIBED",
    consentedAt: before.getTime(),
    customSource: "Shop",
  });
});

describe("subscribing somebody who does not want mails", () => {
  test("lifts an unsubscription, a spam complaint and a suppression by hand, and nothing else", async () => {
    const { clock, simulator, accountId, single, profiles } = await start();
    await unsubscribe(profiles, "gone@shop.example");
    simulator.suppress(accountId, ["gone@shop.example"], "SPAM_COMPLAINT");
    simulator.suppress(accountId, ["gone@shop.example"], "HARD_BOUNCE");
    await profiles.bulkSuppressProfiles({
      data: {
        type: "profile-suppression-bulk-create-job",
        attributes: {
          profiles: { data: [{ type: "profile", attributes: { email: "gone@shop.example" } }] },
        },
      },
    });
    expect(await marketing(profiles, "gone@shop.example")).toEqual({
      consent: "UNSUBSCRIBED",
      can: false,
      reasons: ["UNSUBSCRIBE", "SPAM_COMPLAINT", "HARD_BOUNCE", "USER_SUPPRESSED"],
    });

    await subscribe(profiles, ["gone@shop.example"], single);
    clock.advance(1_000);

    expect(await marketing(profiles, "gone@shop.example")).toEqual({
      consent: "SUBSCRIBED",
      can: false,
      reasons: ["HARD_BOUNCE"],
    });
  });

  test("unsubscribing from a list takes a member off it, and anybody else off everything", async () => {
    const { simulator, accountId, single, profiles } = await start();
    simulator.seedProfiles(accountId, ["member@shop.example"], single);
    await unsubscribe(profiles, "member@shop.example", single);
    await unsubscribe(profiles, "stranger@shop.example", single);

    expect([...simulator.members(single)]).toEqual([]);
    expect(simulator.subscription(accountId, "member@shop.example")).toMatchObject({
      consent: "NEVER_SUBSCRIBED",
      listSuppressions: [{ listId: single }],
    });
    expect(simulator.subscription(accountId, "stranger@shop.example")?.consent).toBe(
      "UNSUBSCRIBED",
    );
  });
});

describe("refuses", () => {
  const profile = (email: string, consentedAt?: string) => ({
    type: "profile",
    attributes: {
      email,
      subscriptions: {
        email: {
          marketing: { consent: "SUBSCRIBED", ...(consentedAt && { consented_at: consentedAt }) },
        },
      },
    },
  });
  const body = (profiles: unknown[], attributes: object = {}, listId?: string) => ({
    data: {
      type: "profile-subscription-bulk-create-job",
      attributes: { profiles: { data: profiles }, ...attributes },
      ...(listId && { relationships: { list: { data: { type: "list", id: listId } } } }),
    },
  });
  const time =
    "/data/attributes/profiles/data/1/attributes/subscriptions/email/marketing/consented_at";
  const past = "2020-01-01T00:00:00Z";

  test.each<[string, object, string]>([
    ["no profile", body([]), "/data/attributes/profiles/data"],
    [
      "more than a thousand",
      body(emails(1001).map((email) => profile(email))),
      "/data/attributes/profiles/data",
    ],
    [
      "a bad address, by its place",
      body([profile("a@b.example"), profile("nobody")]),
      "/data/attributes/profiles/data/1/attributes/email",
    ],
    [
      "a consent time without historical_import",
      body([profile("a@b.example"), profile("c@b.example", past)]),
      time,
    ],
    [
      "a historical import without the time of a consent",
      body([profile("a@b.example", past), profile("c@b.example")], { historical_import: true }),
      time,
    ],
    [
      "a consent in the future",
      body([profile("a@b.example", past), profile("c@b.example", "2099-01-01T00:00:00Z")], {
        historical_import: true,
      }),
      time,
    ],
    [
      "an unknown list",
      body([profile("a@b.example")], {}, "NoList"),
      "/data/relationships/list/data/id",
    ],
    [
      "an unknown field",
      body([profile("a@b.example")], { source: "x" }),
      "/data/attributes/source",
    ],
  ])("%s", async (_, sent, pointer) => {
    const simulator = await simulate();
    const answer = await rawClient(simulator).post(SUBSCRIBE, sent);
    expect(problem(answer)).toEqual({ status: 400, errors: [["invalid", pointer]] });
    expect(simulator.subscriptionJobs()).toEqual([]);
  });

  test("a key without the scope, before it looks at the body", async () => {
    const simulator = await simulate();
    const scopes = ["lists:write", "profiles:write"] as const;
    const { key } = simulator.addKey(simulator.first.accountId, { scopes });
    const client = rawClient(simulator, { authorization: `Klaviyo-API-Key ${key}` });
    for (const path of [SUBSCRIBE, SUPPRESS]) {
      const answer = await client.post(path, {});
      expect(answer.status).toBe(403);
      expect(answer.data.errors[0].detail).toMatch(/: subscriptions:write$/);
    }
  });

  test("more than 75 a second", async () => {
    const clock = createClock();
    const simulator: KlaviyoSimulator = await simulate({
      now: clock.now,
      accounts: [{ ...DEFAULT_ACCOUNT, windowPhaseMilliseconds: 0 }],
    });
    const client = rawClient(simulator);
    const statuses = await Promise.all(
      emails(76).map(
        async (email) => (await client.post(SUBSCRIBE, body([profile(email)]))).status,
      ),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(75);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});
