import { afterEach, describe, expect, test } from "@jest/globals";
import { closeSimulators, importBody, JOBS, problem, rawClient, simulate } from "./support";

afterEach(closeSimulators);

const base = "/data/attributes/profiles/data";
const ann = { email: "ann@example.org", phone_number: "+491711234567" };

describe("a value that Klaviyo does not take, beside a valid email", () => {
  test("refuses the job with a pointer at the value", async () => {
    const simulator = await simulate({
      faults: {
        rules: [{ kind: "refuseValue", attribute: "phone_number", emails: [ann.email] }],
      },
    });
    const { listId } = simulator.first;
    const body = importBody([{ email: "bob@example.org" }, ann], listId);
    expect(problem(await rawClient(simulator).post(JOBS, body))).toEqual({
      status: 400,
      errors: [["invalid", `${base}/1/attributes/phone_number`]],
    });
    // Without it, the profile is taken.
    const without = importBody([{ email: "bob@example.org" }, { email: ann.email }], listId);
    expect((await rawClient(simulator).post(JOBS, without)).status).toBe(202);
  });

  test("or is ignored and named in a header, and the profile comes onto the list", async () => {
    const simulator = await simulate({
      faults: {
        rules: [{ kind: "refuseValue", attribute: "phone_number", rate: 1, how: "header" }],
      },
    });
    const { listId } = simulator.first;
    const client = rawClient(simulator);
    const answer = await client.post(JOBS, importBody([ann], listId));
    expect([answer.status, answer.headers["x-klaviyo-partial-failure"]]).toEqual([
      202,
      "phone_number",
    ]);
    const { data } = await client.get(`/api/lists/${listId}/profiles`);
    expect(
      data.data.map(({ attributes }: any) => [attributes.email, attributes.phone_number]),
    ).toEqual([[ann.email, null]]);
  });

  test.each([
    ["refuse", 400, undefined],
    ["ignore", 202, "phone_number"],
  ] as const)("is a phone number that is none: %s", async (invalidPhones, status, header) => {
    const simulator = await simulate({ invalidPhones });
    const body = importBody(
      [{ email: "ann@example.org", phone_number: "12" }],
      simulator.first.listId,
    );
    const answer = await rawClient(simulator).post(JOBS, body);
    expect([answer.status, answer.headers["x-klaviyo-partial-failure"]]).toEqual([status, header]);
  });

  test("may be named one at a time, by the faults' own setting", async () => {
    const simulator = await simulate({
      faults: {
        mostErrors: 1,
        rules: [{ kind: "refuseValue", attribute: "phone_number", rate: 1 }],
      },
    });
    const body = importBody([ann, { ...ann, email: "bob@example.org" }], simulator.first.listId);
    expect(problem(await rawClient(simulator).post(JOBS, body)).errors).toHaveLength(1);
  });
});
