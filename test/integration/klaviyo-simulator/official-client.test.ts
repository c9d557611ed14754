import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  AccountsApi,
  ApiKeySession,
  ListsApi,
  ProfilesApi,
  RetryWithExponentialBackoff,
} from "klaviyo-api";
import type { KlaviyoSimulator } from "../../../infra/local/klaviyo/simulator";
import { closeSimulators, emails, simulate } from "./support";

let simulator: KlaviyoSimulator;
let accounts: AccountsApi;
let lists: ListsApi;
let profiles: ProfilesApi;

beforeAll(async () => {
  simulator = await simulate({ processingTime: { queued: 20, fixed: 20, perProfile: 0.1 } });
  const retries = new RetryWithExponentialBackoff({ numRetries: 1 });
  const session = new ApiKeySession(simulator.first.apiKey, retries);
  accounts = new AccountsApi(session);
  lists = new ListsApi(session);
  profiles = new ProfilesApi(session);
  for (const api of [accounts, lists, profiles]) api.basePath = simulator.url;
});

afterAll(closeSimulators);

async function importProfiles(addresses: readonly string[], listId: string): Promise<string> {
  const { body } = await profiles.bulkImportProfiles({
    data: {
      type: "profile-bulk-import-job",
      attributes: {
        profiles: { data: addresses.map((email) => ({ type: "profile", attributes: { email } })) },
      },
      relationships: { lists: { data: [{ type: "list", id: listId }] } },
    },
  });
  expect(body.data.attributes.status).toBe("queued");
  return body.data.id;
}

async function settled(jobId: string) {
  for (;;) {
    const { body } = await profiles.getBulkImportProfilesJob(jobId);
    const { status } = body.data.attributes;
    if (status === "complete" || status === "cancelled") return body.data.attributes;
    await new Promise((resolve) => setTimeout(resolve, 110));
  }
}

test("reads the account", async () => {
  const { body } = await accounts.getAccounts();
  const [account] = body.data;
  expect(account?.id).toBe(simulator.first.accountId);
  expect(account?.attributes.publicApiKey).toMatch(/^[A-Za-z0-9]{6}$/);
  expect(account?.attributes.contactInformation.organizationName).toBe("Simulated Company");
  expect(account?.attributes.timezone).toBe("Europe/Berlin");
});

test("finds all lists through all pages, forwards and backwards", async () => {
  const first = await lists.getLists();
  expect(first.body.data).toHaveLength(10);
  // As the client's documentation shows it: the whole link is given as the cursor.
  const second = await lists.getLists({ pageCursor: first.body.links?.next ?? "" });
  expect(second.body.links?.next).toBeNull();
  const names = [...first.body.data, ...second.body.data].map(({ attributes }) => attributes.name);
  expect(new Set(names).size).toBe(12);

  const back = await lists.getLists({ pageCursor: second.body.links?.prev ?? "" });
  expect(back.body.data.map(({ id }) => id)).toEqual(first.body.data.map(({ id }) => id));
});

test("finds a list by name, creates, renames, counts and deletes one", async () => {
  const { body: made } = await lists.createList({
    data: { type: "list", attributes: { name: "Made by a client" } },
  });
  const { body: found } = await lists.getLists({ filter: 'equals(name,"Made by a client")' });
  expect(found.data.map(({ id }) => id)).toEqual([made.data.id]);

  const { id } = made.data;
  await lists.updateList(id, { data: { type: "list", id, attributes: { name: "Renamed" } } });
  const { body: read } = await lists.getList(id, { additionalFieldsList: ["profile_count"] });
  expect(read.data.attributes).toMatchObject({ name: "Renamed", profileCount: 0 });
  expect(read.data.attributes.created).toBeInstanceOf(Date);

  await lists.deleteList(id);
  await expect(lists.getList(id)).rejects.toMatchObject({ response: { status: 404 } });
});

test("imports profiles, follows the job, and reads the members through pages", async () => {
  const listId = simulator.createList(simulator.first.accountId, { name: "Imported" }).id;
  const addresses = emails(250);

  const jobId = await importProfiles(addresses, listId);
  const job = await settled(jobId);
  expect(job).toMatchObject({ status: "complete", totalCount: 250, completedCount: 250 });
  expect(job.failedCount).toBe(0);
  expect(job.completedAt).toBeInstanceOf(Date);

  const members: (string | null | undefined)[] = [];
  let pageCursor: string | undefined;
  do {
    const options = { pageSize: 100, ...(pageCursor === undefined ? {} : { pageCursor }) };
    const { body } = await lists.getProfilesForList(listId, options);
    for (const { attributes } of body.data) {
      members.push(attributes.email);
      expect(attributes.joinedGroupAt).toBeInstanceOf(Date);
    }
    pageCursor = body.links?.next ?? undefined;
  } while (pageCursor !== undefined);
  expect(members).toEqual(addresses);

  const { body: imported } = await profiles.getProfilesForBulkImportProfilesJob(jobId);
  expect(imported.data).toHaveLength(20);
  const { body: related } = await profiles.getListIdsForBulkImportProfilesJob(jobId);
  expect(related.data).toMatchObject([{ type: "list", id: listId }]);
  const { body: listsOfJob } = await profiles.getListForBulkImportProfilesJob(jobId);
  expect(listsOfJob.data[0]?.attributes.name).toBe("Imported");
  const { body: jobs } = await profiles.getBulkImportProfilesJobs({
    filter: 'equals(status,"complete")',
  });
  expect(jobs.data.map(({ id }) => id)).toContain(jobId);
});

test("reads the import errors of a job", async () => {
  simulator.setFaults({ rules: [{ kind: "failProfile", emails: ["bad1@shop.example"] }] });
  const listId = simulator.createList(simulator.first.accountId, { name: "With errors" }).id;
  const jobId = await importProfiles(emails(3, "bad"), listId);
  expect(await settled(jobId)).toMatchObject({ completedCount: 2, failedCount: 1 });
  simulator.setFaults({});

  const { body } = await profiles.getErrorsForBulkImportProfilesJob(jobId);
  expect(body.data.map(({ attributes }) => attributes)).toEqual([
    {
      code: "invalid",
      title: "Invalid input.",
      detail: expect.any(String),
      source: { pointer: "/data/attributes/profiles/data/1/attributes/email" },
      originalPayload: { email: "bad1@shop.example" },
    },
  ]);
  expect([...simulator.members(listId)]).toEqual(["bad0@shop.example", "bad2@shop.example"]);
});

test("removes members from a list and adds them again", async () => {
  const { accountId } = simulator.first;
  const listId = simulator.createList(accountId, { name: "Leavers" }).id;
  simulator.seedProfiles(accountId, emails(3, "leaver"), listId);
  const { body } = await lists.getProfileIdsForList(listId);
  const [, second] = body.data;
  const chosen = { data: [{ type: "profile" as const, id: second?.id ?? "" }] };

  await lists.removeProfilesFromList(listId, chosen);
  expect([...simulator.members(listId)]).toEqual(["leaver0@shop.example", "leaver2@shop.example"]);
  await lists.addProfilesToList(listId, chosen);
  expect([...simulator.members(listId)]).toEqual([
    "leaver0@shop.example",
    "leaver2@shop.example",
    "leaver1@shop.example",
  ]);
});

test("creates, finds and updates single profiles", async () => {
  const { body: made } = await profiles.createProfile({
    data: {
      type: "profile",
      attributes: { email: "Single@Shop.example", firstName: "Ada", properties: { tier: "gold" } },
    },
  });
  expect(made.data.attributes).toMatchObject({ email: "single@shop.example", firstName: "Ada" });
  const id = made.data.id ?? "";
  expect(id).toMatch(/^01[0-9A-HJKMNP-TV-Z]{24}$/);

  await profiles.updateProfile(id, {
    data: { type: "profile", id, attributes: { firstName: null, lastName: "Lovelace" } },
  });
  const { body: found } = await profiles.getProfiles({
    filter: 'any(email,["single@shop.example","nobody@shop.example"])',
  });
  expect(found.data.map(({ attributes }) => attributes)).toMatchObject([
    { firstName: null, lastName: "Lovelace", properties: { tier: "gold" } },
  ]);
  const again = await profiles.createOrUpdateProfile({
    data: { type: "profile", attributes: { email: "SINGLE@shop.example", title: "Countess" } },
  });
  expect(again.response.status).toBe(200);
  expect(again.body.data.id).toBe(id);
});
