import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readPhoneNumber } from "../../../../shared/adapters/phone-numbers";
import { PROFILE_MAX_BYTES } from "../../../../shared/domain/runs/chunk";
import { mappedFields, type FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { parseJsonExactly } from "../../../../shared/domain/profiles/exact-json";
import { outgoingProfile } from "../../../../shared/domain/profiles/outgoing-profile";
import { createProfileReader } from "../../../../shared/domain/profiles/profile-reader";
import { createValueReader } from "../../../../shared/domain/profiles/profile-values";
import { createWorkbench, type Workbench } from "../workbench";
import { draws } from "../../../support/seeds/seed-of-draws";

let bench: Workbench;
let instance: DuckDBInstance;
let directory: string;
beforeAll(async () => {
  bench = await createWorkbench();
  instance = await DuckDBInstance.create();
  directory = await mkdtemp(join(tmpdir(), "composed-"));
});
afterAll(async () => {
  instance.closeSync();
  await bench.remove();
  await rm(directory, { recursive: true });
});

const FIELDS = ["A", "B", "C", "D", "E"] as const;
type Row = Readonly<Record<(typeof FIELDS)[number], unknown>>;

const field = fc.constantFrom(...FIELDS);
const optional = { requiredKeys: [] };
const properties = fc.dictionary(
  fc.constantFrom("tier", 'so-called "tags"', "it's", "Zoë", "a\\b", "7", "x y"),
  fc.record(
    {
      field,
      empty: fc.constantFrom("leave" as const, "clear" as const),
      type: fc.constantFrom("text", "number", "boolean", "date", "list", "json", undefined),
    },
    { requiredKeys: ["field"] },
  ),
  { maxKeys: 7 },
);
const mappings = fc
  .record(
    {
      phone_number: fc.record({ field, defaultCountry: fc.constant("DE" as const) }),
      external_id: field,
      first_name: field,
      title: field,
      locale: field,
      image: field,
      location: fc.record(
        { city: field, zip: field, latitude: field, timezone: field, ip: field },
        optional,
      ),
      properties,
    },
    optional,
  )
  .map((rest): FieldMapping => JSON.parse(JSON.stringify({ email: "Email", ...rest })))
  .filter((mapping) => mappedFields(mapping).length > 0);

const piece = fc.constantFrom(
  ...["a", "B", "7", " ", "'", '"', "\\", "/", ",", ";", "!", "~", "{", "[", "\t", "\n", "\r"],
  ...["\0", "\u0001", "\u0010", "\u001f", "\u007f", "\u0085", "\u00a0", "\u2028", "\ufeff"],
  ...["é", "東", "🎉", "\ud83c", "\u200b"],
);
// None of the words that stand for nothing where a column's habit says so: here each value is read by itself.
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("Ann", "Gold", "Ann-Marie O'Neill", "", " ", "!", "nul"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["+4930123456", "0171 1234567", "+49 171 1234567 ", "12", "12.50", "-7e3", "1e999"],
      ...["en_us", "de-DE", "TRUE", "no", "2024-02-29", "2023-02-29", "2024-01-31 10:00:00+02"],
      ...["Europe/Berlin", "Mars/Base", "1.2.3.4", "::1", "52.5", "91", "https://x.io/a?b=1"],
      ...["a,b, ,c", "[1, 2]", '{"a":12345678901234567890}', "12345678901234567890", "Na"],
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 253, max: 257 }).map((length) => "x".repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom("é".repeat(45_000), "x".repeat(99_000)) },
);
/** What a typed source holds, as JSON would write it. */
const json = fc
  .oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(0.1, 1e21, -0, 2 ** 53 - 1, true))
  .map((value) => parseJsonExactly(JSON.stringify(value)));

function rowsOf(values: Record<(typeof FIELDS)[number], fc.Arbitrary<unknown>>) {
  return fc.array(fc.record(values), { minLength: 1, maxLength: 20 });
}
const emailOf = (index: number): string => `c${index}@x.io`;

/** The profile of one row as the readers of its values and the API's reference have it. */
function profileOf(mapping: FieldMapping, row: Row, email: string) {
  const groups: Record<string, string[]> = { profile: [], location: [], properties: [] };
  const unset: string[] = [];
  const drops: { attribute: string; reason: string }[] = [];
  for (const { field, rule, group, name, empty, attribute } of mappedFields(mapping)) {
    const value = createValueReader(rule, readPhoneNumber)(row[field as keyof Row]);
    switch (value.kind) {
      case "value":
        groups[group]!.push(`${JSON.stringify(name)}:${value.json}`);
        break;
      case "empty":
        unset.push(...(empty === "clear" ? [JSON.stringify(name)] : []));
        break;
      case "dropped":
        drops.push({ attribute, reason: value.reason });
    }
  }
  const nested = (name: string): string[] =>
    groups[name]!.length === 0 ? [] : [`"${name}":{${groups[name]!.join()}}`];
  const attributes = [
    `"email":"${email}"`,
    ...groups["profile"]!,
    ...nested("location"),
    ...nested("properties"),
  ];
  const meta = unset.length === 0 ? "" : `,"meta":{"patch_properties":{"unset":[${unset.join()}]}}`;
  return { text: `{"type":"profile","attributes":{${attributes.join()}}${meta}}`, drops };
}

async function expectComposed(
  mapping: FieldMapping,
  rows: readonly Row[],
  file: string,
  content: string | Buffer,
): Promise<void> {
  await bench.clear();
  await bench.put(file, content);
  const run = await bench.prepare({ mapping });

  const expected = rows.map((row, index) => profileOf(mapping, row, emailOf(index)));
  const reader = createProfileReader(mapping, readPhoneNumber);
  const shown = rows.map((row, index) =>
    outgoingProfile(
      mapping,
      reader,
      [mapping.email, ...FIELDS],
      [emailOf(index), ...FIELDS.map((name) => row[name])],
    ),
  );
  expect(shown.map(({ json: outgoing, dropped }) => ({ text: outgoing, drops: dropped }))).toEqual(
    expected,
  );
  const fits = ({ text: profile }: { text: string }): boolean =>
    Buffer.byteLength(profile) <= PROFILE_MAX_BYTES;
  const bodies = await Promise.all(run.chunks.map(({ chunk }) => bench.body(chunk)));
  const sent = bodies
    .map((body) => body.toString().replace(/^.*?"data":\[/, ""))
    .map((body) => body.slice(0, body.lastIndexOf("]}},")));
  expect(sent.join()).toBe(
    expected
      .filter(fits)
      .map(({ text: profile }) => profile)
      .join(),
  );
  expect(run.hashes.filter((_, index) => fits(expected[index]!))).toEqual(
    expected
      .filter(fits)
      .map(({ text: profile }) =>
        createHash("md5").update(profile).digest().readBigUInt64LE(0).toString(),
      ),
  );
  const counts: Record<string, number> = {};
  for (const { attribute, reason } of expected.flatMap(({ drops }) => drops)) {
    counts[`${attribute} ${reason}`] = (counts[`${attribute} ${reason}`] ?? 0) + 1;
  }
  expect(
    Object.fromEntries(
      run.warnings
        .filter(({ code }) => code === "valuesDropped")
        .map(({ params }) => [`${params["attribute"]} ${params["reason"]}`, params["count"]]),
    ),
  ).toEqual(counts);
}

describe("every profile is what its values' readers make of its row, byte for byte", () => {
  it("from CSV", async () => {
    const rows = rowsOf({ A: text, B: text, C: text, D: text, E: text });
    await fc.assert(
      fc.asyncProperty(mappings, rows, fc.boolean(), async (mapping, drawn, always) => {
        const cell = (value: unknown): string =>
          always || !/^[\w.+!~/é-]+$/.test(String(value))
            ? `"${String(value).replaceAll('"', '""')}"`
            : String(value);
        const lines = drawn.map((row, index) =>
          [emailOf(index), ...FIELDS.map((name) => cell(row[name]))].join(),
        );
        const content = `${[["Email", ...FIELDS].join(), ...lines].join("\n")}\n`;
        await expectComposed(mapping, drawn, "m.csv", content);
      }),
      { numRuns: draws(4, 15) },
    );
  }, 240_000);

  it("from NDJSON", async () => {
    const rows = rowsOf({ A: text, B: json, C: json, D: json, E: fc.option(text) });
    await fc.assert(
      fc.asyncProperty(mappings, rows, async (mapping, drawn) => {
        const lines = drawn.map((row, index) => JSON.stringify({ Email: emailOf(index), ...row }));
        await expectComposed(mapping, drawn, "m.ndjson", lines.join("\n"));
      }),
      { numRuns: draws(4, 15) },
    );
  }, 240_000);

  it("from Parquet", async () => {
    const whole = text.map((value) => value.toWellFormed());
    const rows = rowsOf({
      A: fc.option(whole),
      B: whole,
      C: fc.option(fc.maxSafeInteger()),
      D: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      E: fc.option(fc.array(fc.option(whole), { maxLength: 3 })),
    });
    await fc.assert(
      fc.asyncProperty(mappings, rows, async (mapping, drawn) => {
        await expectComposed(mapping, drawn, "m.parquet", await parquet(drawn));
      }),
      { numRuns: draws(4, 15) },
    );
  }, 240_000);
});

async function parquet(rows: readonly Row[]): Promise<Buffer> {
  const path = join(directory, "m.parquet");
  const literal = (value: unknown): string => {
    if (Array.isArray(value)) {
      return `[${value.map(literal).join()}]::VARCHAR[]`;
    }
    return typeof value === "string"
      ? `('${value.replaceAll("'", "''").replaceAll("\0", "' || chr(0) || '")}')`
      : String(value);
  };
  const connection = await instance.connect();
  try {
    const values = rows.map(
      ({ A, B, C, D, E }, index) =>
        `(${index}, '${emailOf(index)}', ${literal(A)}::VARCHAR, ${literal(B)}::VARCHAR,
          ${literal(C)}::BIGINT, '${String(D)}'::DOUBLE, ${literal(E)}::VARCHAR[])`,
    );
    await connection.run(
      `COPY (SELECT * EXCLUDE (place) FROM (VALUES ${values.join().replaceAll("'null'::DOUBLE", "NULL::DOUBLE")})
        AS rows(place, Email, A, B, C, D, E) ORDER BY place) TO '${path}' (FORMAT parquet)`,
    );
  } finally {
    connection.closeSync();
  }
  return readFile(path);
}
