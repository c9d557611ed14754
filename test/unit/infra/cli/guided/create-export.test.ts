import { describe, expect, test } from "@jest/globals";
import type { RequestOf } from "../../../../../infra/client/operations";
import type { Api } from "../../../../../infra/cli/api/api";
import type { CommandContext } from "../../../../../infra/cli/command-context";
import { chooseExport } from "../../../../../infra/cli/guided/create-export";
import type { Choice, Prompts } from "../../../../../infra/cli/terminal/prompts";

/** An API with two connections, 150 lists in pages of 100, and two segments. */
const lists = Array.from({ length: 150 }, (_, at) => ({ id: `L${at}`, name: `List ${at}` }));
const api = {
  listConnections: async () => ({
    items: [
      { connectionId: "c1", displayName: "Shop", type: "klaviyo" },
      { connectionId: "c2", displayName: "Outlet", type: "klaviyo" },
    ],
  }),
  listKlaviyoLists: async ({ query: { after = "0" } = {} }: RequestOf<"listKlaviyoLists">) => {
    const from = Number(after);
    const items = lists.slice(from, from + 100);
    return from + 100 < lists.length ? { items, next: String(from + 100) } : { items };
  },
  listSegments: async () => ({
    items: ["customers", "visitors"].map((name) => ({
      ...{ name, files: 1, bytes: 10, refreshedAt: "2026-11-02T08:00:00.000Z" },
    })),
  }),
  viewSegment: async ({ path: { segment: name } }: RequestOf<"viewSegment">) => ({
    ...{ name, rows: 10, members: 9, emailField: "Mail", suggestedEmailField: "Mail" },
    suggestedMapping: {
      ...{ email: "Mail", first_name: "Name" },
      ...(name === "customers" ? { phone_number: "Mobile", location: { city: "City" } } : {}),
    },
    fields: (name === "customers"
      ? ["Id", "Mail", "Name", "Mobile", "City"]
      : ["Mail", "Name"]
    ).map((field) => ({
      name: field,
      type: "text",
    })),
  }),
} as unknown as Api;

/** A person who answers by the beginning of what is offered, and remembers the questions. */
function aPerson(answers: Record<string, string | string[]>) {
  const asked: string[] = [];
  const offered: Record<string, string[]> = {};
  const answerTo = (message: string, names: string[] = []): string | string[] => {
    asked.push(message);
    offered[message] = names;
    const [, answer] = Object.entries(answers).find(([part]) => message.includes(part)) ?? [];
    if (answer === undefined) throw new Error(`unexpected question: ${message}`);
    return answer;
  };
  const pick = <Value>(choices: readonly Choice<Value>[], beginning: string): Value =>
    choices.find(({ name }) => name.startsWith(beginning))!.value;
  const prompts = {
    text: async ({ message }) => answerTo(message) as string,
    choose: async ({ message, choices }) =>
      pick(
        choices,
        answerTo(
          message,
          choices.map(({ name }) => name),
        ) as string,
      ),
    chooseSeveral: async ({ message, choices }) =>
      (answerTo(message) as string[]).map((beginning) => pick(choices, beginning)),
    search: async ({ message, source }) => {
      const term = answerTo(message) as string;
      return pick(await source(term), term);
    },
  } as Partial<Prompts> as Prompts;
  return { asked, offered, prompts };
}

const contextOf = (prompts: Prompts, interactive: boolean) =>
  ({ terminal: { prompts, interactive, note: () => undefined } }) as unknown as CommandContext;

describe("making an export at a terminal", () => {
  test("leads through connection, list, segments, email field, further fields, sync mode, schedule and name", async () => {
    const person = aPerson({
      "Which connection": "Outlet",
      "Which Klaviyo list": "List 149",
      "Which segments": ["customers", "visitors"],
      "holds the email": "Mail",
      "Which fields are sent": "These",
      "who leave the segments": "mirror",
      "When does it run": "On demand",
      "A name": "Both",
    });

    const chosen = await chooseExport(contextOf(person.prompts, true), api, {});

    expect(chosen).toEqual({
      guided: true,
      connection: { connectionId: "c2", displayName: "Outlet", type: "klaviyo" },
      list: { kind: "there", id: "L149", name: "List 149" },
      settings: {
        displayName: "Both",
        segments: ["customers", "visitors"],
        // The city is in one of the two segments only.
        mapping: { email: "Mail", first_name: "Name" },
        syncMode: "mirror",
      },
      schedule: { mode: "off" },
    });
    expect(person.asked).toHaveLength(8);
  });

  test("offers only fields that all segments have, and marks the likeliest", async () => {
    const person = aPerson({
      "holds the email": "Mail",
      "Which fields are sent": "Only",
      "who leave the segments": "upsert",
      "When does it run": "With",
      "A name": "X",
    });
    await chooseExport(contextOf(person.prompts, true), api, {
      ...{ connection: "Shop", listId: "L1", segments: ["customers", "visitors"] },
    });
    expect(person.offered["Which field holds the email address?"]).toEqual([
      "Mail (looks like it)",
      "Name",
    ]);
  });

  test("takes some of the suggested fields", async () => {
    const person = aPerson({
      "holds the email": "Mail",
      "Which fields are sent": "Change",
      "Which of them": ["phone_number", "location.city"],
      "A further field": "No further",
      "who leave the segments": "upsert",
      "When does it run": "With",
      "A name": "X",
    });
    const { settings } = await chooseExport(contextOf(person.prompts, true), api, {
      ...{ connection: "Shop", listId: "L1", segments: ["customers"] },
    });
    expect(settings.mapping).toEqual({
      email: "Mail",
      phone_number: "Mobile",
      location: { city: "City" },
    });
  });

  test("asks nothing that the options have answered", async () => {
    const person = aPerson({});
    const { list, schedule } = await chooseExport(contextOf(person.prompts, true), api, {
      ...{ connection: "Shop", listName: "List 120", segments: ["customers"] },
      ...{ mapping: { email: "Mail" }, name: "N" },
    });
    expect(list).toEqual({ kind: "there", id: "L120", name: "List 120" });
    expect(schedule).toBeUndefined();
    expect(person.asked).toEqual([]);
  });

  test.each([
    ["Accepts Emails", { field: "Accepts Emails", meaning: "agreed" }, true, "Accepts Emails"],
    [
      "Opted Out",
      { field: "Opted Out", meaning: "refused" },
      true,
      { field: "Opted Out", meaning: "refused" },
    ],
    ["Accepts Emails", { field: "Accepts Emails", meaning: "agreed" }, false, undefined],
  ])(
    "offers “%s” for consent when the export subscribes",
    async (name, suggestedConsent, yes, consent) => {
      const view = async () => ({
        ...{ name: "customers", fields: [{ name: "Mail" }, { name }] },
        suggestedConsent,
      });
      const questions: string[] = [];
      const prompts = {
        confirm: async ({ message }: { message: string }) => {
          questions.push(message);
          return yes;
        },
      } as unknown as Prompts;
      const wishes = {
        ...{ connection: "Shop", listId: "L1", segments: ["customers"], name: "N" },
        mapping: { email: "Mail" },
      };
      const asking = { ...api, viewSegment: view } as unknown as Api;
      const subscribing = { ...wishes, others: { subscription: { historicalImport: false } } };

      const { settings } = await chooseExport(contextOf(prompts, true), asking, subscribing);
      expect(settings.mapping).toEqual({
        email: "Mail",
        consent,
      });
      expect(questions).toEqual([expect.stringContaining(name)]);

      await chooseExport(contextOf(prompts, true), asking, wishes);
      expect(questions).toHaveLength(1);
    },
  );

  test("asks nobody when nobody is there, and names the option that is missing", async () => {
    const person = aPerson({});
    await expect(
      chooseExport(contextOf(person.prompts, false), api, { connection: "Shop", listId: "L1" }),
    ).rejects.toThrow("--segment is missing");
  });
});
