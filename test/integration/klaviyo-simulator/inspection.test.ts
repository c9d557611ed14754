import axios, { type AxiosInstance } from "axios";
import { afterEach, expect, test } from "@jest/globals";
import { closeSimulators, emails, importBody, JOBS, rawClient, simulate } from "./support";

afterEach(closeSimulators);

function inspectionOf(url: string): AxiosInstance {
  return axios.create({ baseURL: `${url}/simulator`, validateStatus: () => true });
}

test("what happened is counted, and can be set back to zero", async () => {
  const simulator = await simulate();
  const client = rawClient(simulator);
  await client.post(JOBS, importBody(emails(3), simulator.first.listId));
  await client.post(JOBS, importBody(["bad"]));
  await client.get("/api/lists");

  const inspection = inspectionOf(simulator.url);
  const { data } = await inspection.get("/statistics");
  expect(data).toMatchObject({
    requests: 3,
    answers: { bulk_import_profiles: { 202: 1, 400: 1 }, get_lists: { 200: 1 } },
    importJobs: 1,
    throttled: 0,
    profilesAccepted: 3,
    profilesRefused: 1,
  });
  expect(data.busyMilliseconds).toBeGreaterThan(0);
  expect((await inspection.delete("/statistics")).status).toBe(204);
  expect(simulator.statistics().requests).toBe(0);
  expect((await inspection.get("/import-jobs")).data.importJobs).toHaveLength(1);
});

test("accounts, keys, lists and profiles are managed over HTTP", async () => {
  const simulator = await simulate();
  const inspection = inspectionOf(simulator.url);
  const { data: account } = await inspection.post("/accounts", {
    id: "AbC123",
    organizationName: "Second Company",
    lists: [{ name: "Theirs" }],
    keys: [{ scopes: ["lists:read"] }],
  });
  expect(account.id).toBe("AbC123");
  const { data: key } = await inspection.post("/accounts/AbC123/keys", {});
  expect(key.key).toMatch(/^pk_[A-Za-z0-9]{34}$/);
  const client = rawClient(simulator, { authorization: `Klaviyo-API-Key ${key.key}` });
  expect((await client.get("/api/accounts")).data.data[0].attributes.public_api_key).toBe("AbC123");
  await inspection.delete(`/keys/${key.key}`);
  expect((await client.get("/api/lists")).status).toBe(401);

  const listId = account.lists[0].id;
  const seeded = await inspection.post(
    `/accounts/AbC123/profiles?list=${listId}`,
    "b@shop.example\na@shop.example\n",
  );
  expect(seeded.data).toEqual({ created: 2 });
  const members = await inspection.get(`/lists/${listId}/members`, { responseType: "text" });
  expect(members.data).toBe("b@shop.example\na@shop.example\n");
  expect((await inspection.get(`/lists/${listId}`)).data).toMatchObject({ members: 2 });
  expect((await inspection.delete(`/lists/${listId}`)).status).toBe(204);
  expect((await inspection.get(`/lists/${listId}/members`)).status).toBe(404);
});

test("faults are set over HTTP, and wrong ones refused", async () => {
  const simulator = await simulate();
  const inspection = inspectionOf(simulator.url);
  const faults = { seed: 3, rules: [{ kind: "throttle", rate: 1 }] };
  expect((await inspection.put("/faults", faults)).data).toMatchObject({ seed: 3 });
  expect((await rawClient(simulator).get("/api/lists")).status).toBe(429);
  expect((await inspection.put("/faults", { rules: [{ kind: "magic" }] })).status).toBe(400);
  await inspection.delete("/faults");
  expect((await rawClient(simulator).get("/api/lists")).status).toBe(200);
});

test("a reset brings the start back, with the same ids and keys", async () => {
  const simulator = await simulate();
  const before = simulator.first;
  await rawClient(simulator).post(JOBS, importBody(emails(3), before.listId));
  await inspectionOf(simulator.url).post("/reset");
  expect(simulator.first).toEqual(before);
  expect(simulator.list(before.listId).members).toBe(0);
  expect(simulator.statistics().requests).toBe(0);
});
