import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { isNullWord } from "../../../../shared/domain/cells/null-words";
import { unwrapped } from "../../../../shared/domain/cells/wrapping";
import type { FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { mappedFields } from "../../../../shared/domain/exports/field-mapping";
import { locationFields, profileFields } from "../../../../shared/domain/klaviyo/klaviyo-fields";
import {
  closeSimulators,
  createClock,
  JOBS,
  rawClient,
  simulate,
} from "../../klaviyo-simulator/support";
import { createWorkbench, type PreparedRun, type SentProfile, type Workbench } from "../workbench";
import { draws } from "../../../support/seeds/seed-of-draws";

jest.setTimeout(120_000);

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(async () => {
  await bench.clear();
  await closeSimulators();
});
afterAll(() => bench.remove());

/** Every field from the column of its name. */
function bySameName<Name extends string>(
  fields: Readonly<Record<Name, unknown>>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, name])) as Record<
    Name,
    string
  >;
}

/** A column for each attribute of a profile, and one for each type of property. */
const mapping: FieldMapping = {
  email: "Email",
  ...bySameName(profileFields),
  phone_number: { field: "phone_number", defaultCountry: "DE" },
  location: bySameName(locationFields),
  properties: {
    untyped: { field: "untyped", empty: "clear" },
    "a text / ~1 ü": { field: "text", type: "text", empty: "clear" },
    number: { field: "number", type: "number" },
    boolean: { field: "boolean", type: "boolean", empty: "clear" },
    date: { field: "date", type: "date" },
    list: { field: "list", type: "list", separator: "|" },
    json: { field: "json", type: "json", empty: "clear" },
  },
};
const columns = [...new Set(mappedFields(mapping).map(({ field }) => field))];

/** What cells hold where people made the files: nearly right, wrong, and what breaks readers. */
const telling = fc.constantFrom(
  ...[
    "",
    " ",
    "\t",
    "null",
    "NULL",
    "NaN",
    "Infinity",
    "-0",
    "00",
    "1e400",
    "1e-400",
    "0x1F",
    "1,5",
  ],
  ...["12", "-3.5", "+7", ".5", "5.", "90", "-90.0001", "180", "181", "12345678901234567890"],
  ...["true", "No", "2026-02-29", "2026-02-28", "2026-02-28T25:00:00Z", "2026-02-28 10:00+02"],
  ...[
    "de-DE",
    "en_us",
    "zh-Hant-TW",
    "x-YY",
    "de",
    "Europe/Berlin",
    "europe/berlin",
    "+01:00",
    "EST",
  ],
  ...[
    "127.0.0.1",
    "::1",
    "fe80::1%eth0",
    "::ffff:1.2.3.4",
    "1.2.3",
    "http://x",
    "https://",
    "HTTP://a b",
  ],
  ...["https://x/ü?a=b#c", "ftp://x", "//x", "0171 2345678", "+49 171 2345678", "+1", "911", "☎"],
  ...[
    "a\0b",
    "\0",
    "\u{1f600}",
    "\ud83d",
    "\u200b",
    "\ufeff",
    "\u0085",
    "a\u2028b",
    "\\",
    '"',
    "'",
  ],
  ...[
    "[1,2]",
    '{"a":{"b":[null]}}',
    '{"__proto__":{"a":1}}',
    "[",
    "{}",
    "a|b||c",
    "|",
    "<b>",
    "=1+1",
  ],
  ...["'+17755550100", '="01067"', "'98104", "p:+46701234567", "\u202a+49 171 2345678\u202c", "'"],
  ...[
    "(+49) 171 2345678",
    "491712345678",
    "1.2.3.5",
    "０１７１ ２３４５６７８",
    "4.91712E+11",
    "+800 1234 5678",
  ],
  ...["\\N", "n/a", "#N/A", "-", '"a","b"', "{a,b}", "['a', 'b']", "[a", "{a,", "'a','b"],
  ...[
    "99,00",
    "1,234.50",
    "1.234",
    "1,234",
    "$12.50",
    "(5)",
    "1.0",
    "Y",
    "f",
    "ja",
    "non",
    "перевод",
  ],
  ...[
    "1/31/2024",
    "01/02/2024",
    "31.01.2024",
    "2024-01-31 12:00:00 UTC",
    "1706659200",
    "1706659200000",
  ],
  ...[
    "05-11-24 08:00:00",
    "20241125T100000Z",
    "2024-11-25T10:00",
    "0005-11-24",
    "2024-01-31T10:00:00.123456789Z",
  ],
  ...["x".repeat(255), "x".repeat(256), "ü".repeat(300), "\\u0000", "\r\n", "a\nb"],
);
const text = fc.oneof(
  { weight: 5, arbitrary: telling },
  { weight: 1, arbitrary: fc.tuple(telling, telling).map(([one, other]) => one + other) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const json = fc.oneof(
  { weight: 4, arbitrary: text.map((value) => JSON.stringify(value)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("1e400", "-1e999", "12345678901234567890", "-0", "[1e400]"),
  },
  {
    weight: 2,
    arbitrary: fc
      .jsonValue({ maxDepth: 3, stringUnit: "binary" })
      .map((value) => JSON.stringify(value)),
  },
);
const rowsOf = <Cell>(cell: fc.Arbitrary<Cell>) =>
  fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
    minLength: 1,
    maxLength: 60,
  });

const emailOf = (row: number): string => `person-${String(row)}@shop.example`;
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (rows: string[][]): string =>
  [["Email", ...columns], ...rows.map((cells, row) => [emailOf(row), ...cells])]
    .map((cells) => `${cells.map(quoted).join(",")}\n`)
    .join("");
const jsonLinesOf = (rows: string[][]): string =>
  rows
    .map((cells, row) => {
      const fields = columns.map((column, at) => `${JSON.stringify(column)}:${cells[at]!}`);
      return `{"Email":"${emailOf(row)}",${fields.join(",")}}\n`;
    })
    .join("");

/** Sends what was prepared to the simulator; returns what it says against it. */
async function refusals(run: PreparedRun): Promise<unknown[]> {
  const simulator = await simulate({ now: createClock().now });
  const found: unknown[] = [];
  for (const { chunk } of run.chunks) {
    const body = await bench.body(chunk);
    const answer = await rawClient(simulator).post(
      JOBS,
      body.toString().replaceAll("LIST01", simulator.first.listId),
    );
    found.push(...(answer.status === 202 ? [] : answer.data.errors));
  }
  await simulator.close();
  return found;
}

function valueIn({ attributes }: SentProfile, attribute: string): unknown {
  const [group, ...rest] = attribute.split(".");
  const within = rest.length === 0 ? attributes : attributes[group!];
  return Object.entries(within ?? {}).find(([key]) => key === (rest.join(".") || group))?.[1];
}

/** Every cell that holds something is sent, or counted in a warning. */
async function expectNumbers(run: PreparedRun, cellAt: (row: number, column: number) => unknown) {
  const profiles = await bench.profiles(run.chunks);
  for (const { attribute, field } of mappedFields(mapping)) {
    const column = columns.indexOf(field);
    const filled = profiles.filter((_, row) => !isEmpty(cellAt(row, column), field)).length;
    const sent = profiles.filter(
      (profile) => (valueIn(profile, attribute) ?? null) !== null,
    ).length;
    const dropped = run.warnings
      .filter(({ code, params }) => code === "valuesDropped" && params["attribute"] === attribute)
      .reduce((sum, { params }) => sum + Number(params["count"]), 0);
    // A word for nothing is empty where its column shows that, or can hold no text.
    const words = profiles.filter((_, row) => isWord(cellAt(row, column))).length;
    expect([attribute, Math.max(filled - words, Math.min(filled, sent + dropped))]).toEqual([
      attribute,
      sent + dropped,
    ]);
  }
}

const textOf = (value: unknown): unknown =>
  typeof value === "string" ? unwrapped(value.replaceAll("\0", "").toWellFormed()) : value;
const isEmpty = (value: unknown, column: string): boolean => {
  const held = textOf(value);
  return held === null || held === "" || (held === "null" && column === "json");
};
const isWord = (value: unknown): boolean => {
  const held = textOf(value);
  return typeof held === "string" && isNullWord(held);
};

describe("whatever the cells hold, Klaviyo takes the profiles", () => {
  it("of CSV files", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(text), async (rows) => {
        await bench.put("1.csv", csvOf(rows));
        const run = await bench.prepare({ mapping });
        expect(await refusals(run)).toEqual([]);
        expect(run.numbers.members).toBe(rows.length);
        await expectNumbers(run, (row, column) => rows[row]![column]);
      }),
      { numRuns: draws(5, 20) },
    );
  });

  it("of JSON lines", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(json), async (rows) => {
        await bench.put("1.ndjson", jsonLinesOf(rows));
        const run = await bench.prepare({ mapping });
        expect(await refusals(run)).toEqual([]);
        expect(run.numbers.members).toBe(rows.length);
        await expectNumbers(run, (row, column) => JSON.parse(rows[row]![column]!));
      }),
      { numRuns: draws(5, 20) },
    );
  });
});
