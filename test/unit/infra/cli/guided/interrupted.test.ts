import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Failure } from "../../../../../infra/cli/failure";
import type { Prompts } from "../../../../../infra/cli/terminal/prompts";
import {
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const shop = { connectionId: "c1", displayName: "Shop", type: "klaviyo", version: 1 };
const made = {
  ...{ exportId: "e1", version: 1, displayName: "customers", connectionId: "c1" },
  ...{ connection: { displayName: "Shop", type: "klaviyo" }, listId: "NeW001", listName: "Sale" },
  ...{ segments: ["customers"], mapping: { email: "Email" }, syncMode: "upsert" },
  ...{ schedule: { mode: "system" }, nextRun: null, lastRun: null, permissions: [] },
  ...{ updatedAt: "2026-11-02T08:00:00.000Z", updatedBy: "ann" },
};
const customers = {
  ...{ name: "customers", files: 1, bytes: 10, rows: 3, refreshedAt: "2026-11-02T08:00:00.000Z" },
  ...{ suggestedEmailField: "Email", emailField: "Email", members: 3, warnings: [] },
  suggestedMapping: { email: "Email", phone_number: "Mobile" },
  fields: [
    { name: "Email", type: "text" },
    { name: "Mobile", type: "text", reading: { withoutCountry: true } },
  ],
};

let stub: StubApi;
beforeEach(async () => {
  stub = await startStubApi({
    "GET /connections": { items: [shop] },
    "GET /segments": { items: [customers] },
    "GET /segments/customers": customers,
    "GET /connections/c1/lists": { items: [] },
    "POST /connections/c1/lists": { id: "NeW001", name: "Sale" },
    "POST /exports": made,
    "PUT /exports/e1/schedule": { mode: "system" },
    "GET /exports/e1": made,
    "POST /connections": { ...shop, displayName: "Other" },
  });
});
afterEach(() => stub.close());

/** A person who takes what is offered first, and presses Ctrl-C at the question of that number. */
function aPerson(interruptsAt: number) {
  let asked = 0;
  const answered = async <Answer>(answer: () => Answer | Promise<Answer>): Promise<Answer> => {
    asked += 1;
    if (asked === interruptsAt) {
      throw new Failure({ code: "interrupted", message: "Interrupted.", exit: "interrupted" });
    }
    return answer();
  };
  const prompts: Prompts = {
    text: ({ message, default: given }) =>
      answered(() => given ?? (message.includes("country") ? "DE" : "Other")),
    secret: () => answered(() => "pk_accepted0123456789"),
    confirm: () => answered(() => true),
    choose: ({ choices }) => answered(() => choices[0]!.value),
    chooseSeveral: ({ choices }) => answered(() => choices.map(({ value }) => value)),
    search: ({ source }) => answered(async () => (await source(""))[0]!.value),
  };
  return { prompts, asked: () => asked };
}

test.each([
  ["an export", ["exports", "create", "--list-name", "Sale", "--create-list"], "POST /exports", 9],
  ["a connection", ["connections", "create"], "POST /connections", 4],
])(
  "whichever question of making %s is interrupted, nothing has been made",
  async (_what, words, creation, questions) => {
    const env = { KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token" };
    const changes = (): string[] => stub.requests.filter((each) => !each.startsWith("GET "));
    for (let at = 1; at <= questions; at += 1) {
      const person = aPerson(at);
      const { code } = await runInProcess(words, env, person.prompts);
      expect([at, code, person.asked(), changes()]).toEqual([at, 130, at, []]);
    }
    const patient = aPerson(questions + 1);
    expect(await runInProcess(words, env, patient.prompts)).toMatchObject({ code: 0 });
    expect(patient.asked()).toBe(questions);
    expect(changes()).toContain(creation);
  },
);
