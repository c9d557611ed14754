import { afterEach, expect, test } from "@jest/globals";
import {
  closeSimulators,
  createClock,
  emails,
  importBody,
  JOBS,
  problem,
  rawClient,
  simulate,
} from "./support";

afterEach(closeSimulators);

const profilePointer = (index: number, rest = "") =>
  `/data/attributes/profiles/data/${index}${rest}`;

test("a job is queued, processed and complete; members arrive while it is processed", async () => {
  const clock = createClock();
  const simulator = await simulate({
    now: clock.now,
    processingTime: { queued: 1000, fixed: 0, perProfile: 10 },
  });
  const client = rawClient(simulator);
  const { listId } = simulator.first;

  const accepted = await client.post(`${JOBS}/`, importBody(emails(100), listId));
  expect(accepted.status).toBe(202);
  const { id, type, attributes, relationships } = accepted.data.data;
  expect(type).toBe("profile-bulk-import-job");
  expect(attributes).toEqual({
    status: "queued",
    created_at: "2026-11-02T09:00:00+00:00",
    total_count: 100,
    completed_count: 0,
    failed_count: 0,
    completed_at: null,
    expires_at: "2026-11-09T09:00:00+00:00",
    started_at: null,
  });
  expect(Object.keys(relationships)).toEqual(["lists", "profiles", "import-errors"]);

  const read = async () => (await client.get(`${JOBS}/${id}`)).data.data.attributes;
  clock.advance(999);
  expect(await read()).toMatchObject({ status: "queued" });
  expect(simulator.list(listId).members).toBe(0);
  clock.advance(501);
  expect(await read()).toMatchObject({ status: "processing", completed_count: 50 });
  expect(simulator.list(listId).members).toBe(50);
  clock.advance(500);
  expect(await read()).toMatchObject({
    status: "complete",
    completed_count: 100,
    started_at: "2026-11-02T09:00:01+00:00",
    completed_at: "2026-11-02T09:00:02+00:00",
  });
  expect([...simulator.members(listId)]).toEqual(emails(100));

  clock.advance(7 * 24 * 3600 * 1000);
  expect((await client.get(`${JOBS}/${id}`)).status).toBe(404);
});

test("jobs that are held stay as they are, and go on once they are released", async () => {
  const clock = createClock();
  const simulator = await simulate({
    now: clock.now,
    processingTime: { queued: 0, fixed: 0, perProfile: 10 },
  });
  const { listId } = simulator.first;
  await rawClient(simulator).post(JOBS, importBody(emails(10), listId));
  clock.advance(50);
  simulator.holdJobs();
  clock.advance(3_600_000);
  expect(simulator.jobs()).toMatchObject([{ status: "processing", completed: 5 }]);
  simulator.releaseJobs();
  expect(simulator.jobs()).toMatchObject([{ status: "complete", completed: 10 }]);
  expect([...simulator.members(listId)]).toEqual(emails(10));
});

test("one malformed email refuses the whole job, and every bad profile is named", async () => {
  const simulator = await simulate();
  const profiles = [
    "a@shop.example",
    "no-at",
    "b@shop.example",
    { email: null },
    "two@@at.example",
  ];
  const { listId } = simulator.first;
  const answer = await rawClient(simulator).post(JOBS, importBody(profiles, listId));
  expect(problem(answer)).toEqual({
    status: 400,
    errors: [1, 3, 4].map((index) => ["invalid", profilePointer(index, "/attributes/email")]),
  });
  expect(answer.data.errors[0]).toMatchObject({ title: "Invalid input.", status: 400 });
  expect(simulator.list(listId).members).toBe(0);
  expect(simulator.accounts()[0]?.profiles).toBe(0);
  expect(simulator.statistics()).toMatchObject({ importJobs: 0, profilesRefused: 3 });
});

test("the answer can be limited to the first bad profile", async () => {
  const simulator = await simulate({ mostErrors: 1 });
  const answer = await rawClient(simulator).post(JOBS, importBody(["x", "y"]));
  expect(problem(answer).errors).toEqual([["invalid", profilePointer(0, "/attributes/email")]]);
});

test.each([
  ["no identifier", { first_name: "Ada" }, "/attributes"],
  ["an unknown attribute", { email: "a@shop.example", age: 36 }, "/attributes/age"],
  ["a wrong type", { email: "a@shop.example", title: 1 }, "/attributes/title"],
  ["a bad phone", { email: "a@shop.example", phone_number: "1" }, "/attributes/phone_number"],
  ["101 characters", { email: `a@${"b".repeat(58)}.${"c".repeat(40)}` }, "/attributes/email"],
  ["over 100 KB", { email: "a@shop.example", properties: { note: "x".repeat(100_000) } }, ""],
])("a profile with %s is refused with its pointer", async (_what, profile, rest) => {
  const simulator = await simulate();
  const body = importBody(["fine@shop.example", profile]);
  const answer = await rawClient(simulator).post(JOBS, body);
  expect(problem(answer)).toEqual({ status: 400, errors: [["invalid", profilePointer(1, rest)]] });
});

test("10,000 profiles are taken, one more is refused", async () => {
  const simulator = await simulate();
  const client = rawClient(simulator);
  const { listId } = simulator.first;
  const many = emails(10_001);
  const refused = await client.post(JOBS, importBody(many, listId));
  expect(problem(refused)).toEqual({
    status: 400,
    errors: [["invalid", "/data/attributes/profiles/data"]],
  });
  expect((await client.post(JOBS, importBody(many.slice(1), listId))).status).toBe(202);
  expect([...simulator.members(listId)]).toEqual(many.slice(1));
});

test("an unknown list is refused with a pointer that names no profile", async () => {
  const answer = await rawClient(await simulate()).post(JOBS, importBody(emails(1), "Nobody"));
  expect(problem(answer)).toEqual({ status: 400, errors: [["invalid", "/data"]] });
  expect(answer.data.errors[0].detail).toBe("List ID Nobody does not exist.");
});

test("two lists, an empty job and misplaced relationships are refused", async () => {
  const simulator = await simulate();
  const client = rawClient(simulator);
  const { listId } = simulator.first;
  const valid = importBody(emails(1), listId);
  const list = { type: "list", id: listId };
  const bodies = [
    { data: { ...valid.data, relationships: { lists: { data: [list, list] } } } },
    importBody([], listId),
    { data: { ...valid.data, attributes: { ...valid.data.attributes, relationships: {} } } },
    { data: { ...valid.data, type: "profile" } },
    [],
  ];
  const statuses = [];
  for (const body of bodies) statuses.push((await client.post(JOBS, body)).status);
  expect(statuses).toEqual([400, 400, 400, 400, 400]);
});

test("importing again changes neither order nor time of joining, and merges fields", async () => {
  const clock = createClock();
  const simulator = await simulate({ now: clock.now });
  const client = rawClient(simulator);
  const { listId } = simulator.first;
  await client.post(
    JOBS,
    importBody([{ email: "A@shop.example", title: "Dr" }, "b@shop.example"], listId),
  );
  clock.advance(5000);
  const again = [{ email: "a@SHOP.example", title: null, first_name: "Ada" }, "c@shop.example"];
  await client.post(JOBS, importBody(again, listId));

  const { data } = await client.get(`/api/lists/${listId}/profiles`);
  const attributes = data.data.map((profile: { attributes: unknown }) => profile.attributes);
  expect(attributes).toMatchObject([
    {
      email: "a@shop.example",
      title: "Dr",
      first_name: "Ada",
      joined_group_at: "2026-11-02T09:00:00+00:00",
      created: "2026-11-02T09:00:00+00:00",
      updated: "2026-11-02T09:00:05+00:00",
    },
    { email: "b@shop.example", joined_group_at: "2026-11-02T09:00:00+00:00" },
    { email: "c@shop.example", joined_group_at: "2026-11-02T09:00:05+00:00" },
  ]);
});

test("a profile that stands twice in a job is imported once, and counted", async () => {
  const simulator = await simulate();
  const profiles = ["a@shop.example", "b@shop.example", "A@Shop.example"];
  await rawClient(simulator).post(JOBS, importBody(profiles, simulator.first.listId));
  expect(simulator.statistics().duplicatesInJobs).toBe(1);
  expect(simulator.jobs()).toMatchObject([{ status: "complete", completed: 3, duplicates: 1 }]);
  expect([...simulator.members(simulator.first.listId)]).toHaveLength(2);
});

test("a list that is deleted meanwhile takes no members; the job completes", async () => {
  const clock = createClock();
  const simulator = await simulate({
    now: clock.now,
    processingTime: { queued: 100, fixed: 0, perProfile: 0 },
  });
  const { listId } = simulator.first;
  await rawClient(simulator).post(JOBS, importBody(emails(2), listId));
  simulator.deleteList(listId);
  clock.advance(100);
  expect(simulator.jobs()).toMatchObject([{ status: "complete", completed: 2 }]);
  expect(simulator.accounts()[0]?.profiles).toBe(2);
});
