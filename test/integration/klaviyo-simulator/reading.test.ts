import { afterEach, expect, test } from "@jest/globals";
import { closeSimulators, createClock, emails, problem, rawClient, simulate } from "./support";

afterEach(closeSimulators);

interface Resource {
  id: string;
  attributes: Record<string, unknown>;
}

test("members are read page by page; removals meanwhile shift nothing", async () => {
  const simulator = await simulate();
  const { accountId, listId } = simulator.first;
  simulator.seedProfiles(accountId, emails(50), listId);
  const client = rawClient(simulator);
  const path = `/api/lists/${listId}/relationships/profiles`;

  const first = await client.get(path);
  expect(first.data.data).toHaveLength(20);
  expect(first.data.links.prev).toBeNull();
  const gone = first.data.data.slice(0, 5).map(({ id }: Resource) => ({ type: "profile", id }));
  expect((await client.delete(path, { data: { data: gone } })).status).toBe(204);

  const second = await client.get(first.data.links.next);
  const third = await client.get(second.data.links.next);
  expect(third.data.links.next).toBeNull();
  const back = await client.get(third.data.links.prev);
  expect(back.data.data).toEqual(second.data.data);
  const seen = [first, second, third].flatMap((page) => page.data.data as Resource[]);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(50);
});

test.each([
  ["/api/lists", 10],
  ["/api/profiles", 100],
  ["/api/profile-bulk-import-jobs", 100],
])("%s gives at most %i items a page", async (path, maximum) => {
  const simulator = await simulate();
  simulator.seedProfiles(simulator.first.accountId, emails(120));
  const client = rawClient(simulator);
  expect((await client.get(`${path}?page[size]=${maximum}`)).status).toBe(200);
  for (const size of [maximum + 1, 0, "ten"]) {
    const answer = await client.get(`${path}?page[size]=${size}`);
    expect(answer.status).toBe(400);
    expect(answer.data.errors[0].source).toEqual({ parameter: "page[size]" });
  }
});

test("filters, sorting and sparse fields", async () => {
  const clock = createClock();
  const simulator = await simulate({ now: clock.now });
  const { accountId, listId } = simulator.first;
  simulator.seedProfiles(accountId, emails(3), listId);
  clock.advance(10_000);
  simulator.seedProfiles(accountId, emails(2, "late"), listId);
  const client = rawClient(simulator);
  const read = async (path: string): Promise<unknown[]> =>
    (await client.get(path)).data.data.map(({ attributes }: Resource) => Object.values(attributes));

  const members = `/api/lists/${listId}/profiles?fields[profile]=email`;
  expect(
    await read(`${members}&filter=any(email,["LATE1@shop.example","nobody@x.example"])`),
  ).toEqual([["late1@shop.example"]]);
  const later = "filter=greater-than(joined_group_at,2026-11-02T09:00:05Z)";
  expect(await read(`${members}&${later}&sort=-joined_group_at`)).toEqual([
    ["late1@shop.example"],
    ["late0@shop.example"],
  ]);
  const names = await read("/api/lists?fields[list]=name&sort=-name&page[size]=2");
  expect(names).toEqual([["Winter sale"], ["Win back"]]);
  const [one] = await read(`/api/lists?fields[list]=name&filter=equals(id,'${listId}')`);
  expect(one).toEqual(["Newsletter"]);
});

test.each([
  ["filter", "/api/lists?filter=contains(name,'a')"],
  ["filter", "/api/lists?filter=equals(name,'a"],
  ["sort", "/api/lists?sort=size"],
  ["fields[list]", "/api/lists?fields[list]=name,colour"],
  ["page[cursor]", "/api/lists?page[cursor]=abc"],
  ["page", "/api/lists?page=2"],
])("a wrong %s parameter is named: %s", async (parameter, path) => {
  const answer = await rawClient(await simulate()).get(path);
  expect(answer.status).toBe(400);
  expect(answer.data.errors[0]).toMatchObject({ code: "invalid", source: { parameter } });
});

test("adding members checks every id and takes 1,000 at most", async () => {
  const simulator = await simulate();
  const { accountId, listId } = simulator.first;
  simulator.seedProfiles(accountId, emails(1001));
  const client = rawClient(simulator);
  const ids: { type: string; id: string }[] = [];
  let next: string | null = "/api/profiles?page[size]=100";
  while (next !== null) {
    const { data }: { data: { data: Resource[]; links: { next: string | null } } } =
      await client.get(next);
    ids.push(...data.data.map(({ id }: Resource) => ({ type: "profile", id })));
    next = data.links.next;
  }
  const path = `/api/lists/${listId}/relationships/profiles/`;
  expect(problem(await client.post(path, { data: ids })).status).toBe(400);
  const unknown = { type: "profile", id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" };
  expect(problem(await client.post(path, { data: [unknown] }))).toEqual({
    status: 400,
    errors: [["invalid", "/data/0/id"]],
  });
  expect((await client.post(path, { data: ids.slice(0, 1000) })).status).toBe(204);
  expect(simulator.list(listId).members).toBe(1000);
});

test("lists are checked when they are created and changed", async () => {
  const client = rawClient(await simulate());
  const create = (attributes: object) =>
    client.post("/api/lists", { data: { type: "list", attributes } });
  expect(problem(await create({}))).toEqual({
    status: 400,
    errors: [["invalid", "/data/attributes/name"]],
  });
  expect(problem(await create({ name: "A", colour: "red" })).errors).toEqual([
    ["invalid", "/data/attributes/colour"],
  ]);
  const made = await create({ name: "A", opt_in_process: "single_opt_in" });
  expect(made.status).toBe(201);
  expect(made.data.data.attributes.opt_in_process).toBe("single_opt_in");
  expect((await client.delete(`/api/lists/${made.data.data.id}`)).status).toBe(204);
  expect((await client.delete(`/api/lists/${made.data.data.id}`)).status).toBe(404);
});

test("a second profile with the same email is refused with the first one's id", async () => {
  const client = rawClient(await simulate());
  const body = { data: { type: "profile", attributes: { email: "a@shop.example" } } };
  const first = await client.post("/api/profiles", body);
  expect(first.status).toBe(201);
  const second = await client.post("/api/profiles", body);
  expect(second.status).toBe(409);
  expect(second.data.errors[0]).toMatchObject({
    code: "duplicate_profile",
    meta: { duplicate_profile_id: first.data.data.id },
  });
  const imported = { data: { type: "profile", attributes: { email: "B@shop.example" } } };
  expect((await client.post("/api/profile-import", imported)).status).toBe(201);
  expect((await client.post("/api/profile-import", imported)).status).toBe(200);
  const bad = { data: { type: "profile", attributes: { email: "nobody" } } };
  expect(problem(await client.post("/api/profile-import", bad)).errors).toEqual([
    ["invalid", "/data/attributes/email"],
  ]);
});
