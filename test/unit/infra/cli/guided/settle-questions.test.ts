import { describe, expect, test } from "@jest/globals";
import type { SegmentAnswer } from "../../../../../infra/cli/api/answers";
import { settled } from "../../../../../infra/cli/guided/settle-questions";
import { noteQuestions } from "../../../../../infra/cli/output/fields/mapping-questions";
import type { Prompts } from "../../../../../infra/cli/terminal/prompts";

const described = [
  {
    name: "customers",
    fields: [
      { name: "Points", type: "number", reading: { unclear: ["decimal"] } },
      {
        ...{ name: "Joined", type: "date" },
        reading: { unclear: ["format"], formats: ["d/M/yyyy", "M/d/yyyy"] },
      },
      { name: "Mobile", type: "text", reading: { withoutCountry: true } },
    ],
  },
] as unknown as SegmentAnswer[];
const mapping = {
  ...{ email: "Email", phone_number: "Mobile" },
  properties: {
    Points: { field: "Points", type: "number", empty: "clear" },
    Joined: { field: "Joined", type: "date" },
  },
};

/** Answers by what the question says; picks what is offered by its beginning. */
function aPerson(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const answerTo = (message: string): string => {
    asked.push(message);
    return Object.entries(answers).find(([part]) => message.includes(part))?.[1] ?? "";
  };
  const prompts = {
    text: async ({ message, validate = () => true }) => {
      const answer = answerTo(message);
      expect(await validate(answer)).toBe(true);
      return answer;
    },
    choose: async ({ message, choices }) => {
      const answer = answerTo(message);
      return choices.find(({ name }) => name.startsWith(answer))!.value;
    },
  } as Partial<Prompts> as Prompts;
  return { asked, context: { terminal: { interactive: true, prompts } } as any };
}

describe("what can be read in several ways is asked for", () => {
  test("and the answers go into the mapping, beside what it says already", async () => {
    const person = aPerson({ Points: "a decimal comma", Joined: "M/d/yyyy", Mobile: "de" });
    expect(await settled(person.context, mapping, described)).toEqual({
      mapping: {
        email: "Email",
        phone_number: { field: "Mobile", defaultCountry: "DE" },
        properties: {
          Points: { field: "Points", type: "number", empty: "clear", decimal: "," },
          Joined: { field: "Joined", type: "date", format: "M/d/yyyy" },
        },
      },
      left: [],
    });
    expect(person.asked).toHaveLength(3);
  });

  test("with a format of the person's own", async () => {
    const person = aPerson({
      Points: "Leave",
      Joined: "Another",
      "The format": "dd/MM/yyyy HH:mm",
    });
    const { mapping: said, left } = await settled(person.context, mapping, described);
    expect(said).toMatchObject({ properties: { Joined: { format: "dd/MM/yyyy HH:mm" } } });
    expect(left.map(({ attribute }) => attribute)).toEqual(["phone_number", "properties.Points"]);
  });

  test("and nothing is asked of what the mapping says, or the column shows", async () => {
    const person = aPerson({});
    const said = { email: "Email", properties: { Points: "Points" } };
    expect(await settled(person.context, said, described)).toEqual({ mapping: said, left: [] });
    expect(person.asked).toEqual([]);
  });
});

test("where nobody can be asked, the commands are told that say it, one for each way", async () => {
  const context = { terminal: { interactive: false } } as any;
  const { mapping: same, left } = await settled(context, mapping, described);
  expect(same).toBe(mapping);
  const notes: string[] = [];
  noteQuestions(
    { note: (text) => void notes.push(text), noteColumns: undefined },
    "Spring sale",
    mapping,
    left,
  );
  const command = 'klaviyo-export exports update "Spring sale" --map';
  expect(notes).toEqual([
    "“Mobile” (phone_number) has phone numbers without a country's code. Such values are left out until the mapping says it:",
    `  ${command} "phone_number={field: Mobile, defaultCountry: COUNTRY}"`,
    "“Joined” (properties.Joined) has dates such as 01/02/2024 that may be one day or another. Such values are left out until the mapping says it:",
    `  ${command} "properties.Joined={field: Joined, type: date, format: d/M/yyyy}"`,
    `  ${command} "properties.Joined={field: Joined, type: date, format: M/d/yyyy}"`,
    "“Points” (properties.Points) has numbers such as 1,234 whose comma or point may part thousands or a fraction. Such values are left out until the mapping says it:",
    `  ${command} "properties.Points={field: Points, type: number, empty: clear, decimal: .}"`,
    `  ${command} 'properties.Points={field: Points, type: number, empty: clear, decimal: ","}'`,
  ]);
});
