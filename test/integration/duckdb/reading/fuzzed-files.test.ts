import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DomainError } from "../../../../shared/domain/problems/problem";
import { parquetOf } from "./parquet-of";
import { createWorkbench, type Workbench } from "../workbench";

/**
 * Files that nobody would write, to each reader. `npm run proof -- --only files` tries many more.
 */
const many = process.env["FUZZ_FILES"];
const runs = Number(many ?? 4);
/** Four times as large a file may take four times as long and a good deal more, but not sixteen times. */
const [small, large] = many === undefined ? [2_000, 8_000] : [8_000, 32_000];

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** What has a meaning in one of the formats or to one of the rules for cells. */
const piece = fc.constantFrom(
  ...['"', '""', '\\"', "\\", "'", '="', ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "\u00a0"],
  ...["\u200b", "\ufeff", "#", "sep=,", "{", "}", "[", "]", '{"a":', '":', "\\u00", "null", "NaN"],
  ...[
    "a@x.io",
    "@",
    ".",
    "1",
    "1.",
    "1,",
    "-",
    "+",
    "(",
    "0",
    "1e9",
    "2024-01-31",
    "T",
    "é",
    "Email",
  ],
);
/** A few pieces over and over again between others. */
const shape = fc.record({
  before: fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join("")),
  again: fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join("")),
  after: fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join("")),
});
type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;

const repeated = ({ before, again, after }: Shape, size: number): string =>
  before + again.repeat(Math.ceil(size / again.length)) + after;
const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Where the shape stands in a file of each kind. */
const places: Record<string, (text: string) => Promise<string | Buffer>> = {
  "text.csv": async (text) => text,
  "header.csv": async (text) => `Email,${text}\na@x.io,1\n`,
  "cells.csv": async (text) => `Email,v\na@x.io,${text}\n${text},2\nb@x.io,3\n`,
  "text.ndjson": async (text) => `{"Email":"a@x.io"}\n${text}\n{"Email":"b@x.io"}`,
  "values.ndjson": async (text) =>
    `${JSON.stringify({ Email: text, v: "1" })}\n${JSON.stringify({ Email: "a@x.io", v: text })}\n`,
  "keys.ndjson": async (text) => `${JSON.stringify({ Email: "a@x.io", [text]: 1, v: 2 })}\n`,
  "text.json": async (text) => `[{"Email":"a@x.io"},${text}]`,
  "packed.csv.gz": async (text) => gzipSync(`Email,v\na@x.io,${text}\n`),
  "packed.csv.zst": async (text) => zstdCompressSync(`Email,v\na@x.io,${text}\n`),
  "values.parquet": (text) =>
    parquetOf(
      `SELECT * FROM (VALUES ('a@x.io', ${sqlText(text)}), (${sqlText(text)}, '1')) AS t("Email", v)`,
    ),
};

const mapping = {
  email: "Email",
  first_name: "v",
  phone_number: { field: "v", defaultCountry: "DE" },
  properties: {
    number: { field: "v", type: "number" },
    date: { field: "v", type: "date" },
    list: { field: "v", type: "list" },
  },
} as const;

/** Reads the file as a description and as a run do. What can't be read is refused in words of ours. */
async function read(name: string, content: string | Buffer): Promise<void> {
  await bench.clear();
  await bench.put(name, content);
  for (const reading of [
    () => bench.describe(),
    () => bench.describe("Email"),
    () => bench.prepare({ mapping }),
  ]) {
    try {
      await reading();
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
    }
  }
}

async function shortest(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}

describe.each(Object.entries(places))("whatever stands in %s", (name, place) => {
  it("is read or refused, however deep", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.constantFrom(1, 40, 20_000), async (drawn, size) => {
        await read(name, await place(repeated(drawn, size)));
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });

  // Only in a proof, which has time for sizes that tell: a test that asserts a time fails on a busy machine.
  const itInProof = many === undefined ? undefined : it;
  itInProof?.("takes time that grows with its size alone", async () => {
    // All shapes of a draw in one file: what takes long in one of them does in the file.
    await fc.assert(
      fc.asyncProperty(fc.array(shape, { minLength: 6, maxLength: 6 }), async (drawn) => {
        const ofSize = async (size: number) =>
          place(drawn.map((each) => repeated(each, size)).join("\n"));
        const [few, more] = [await ofSize(small), await ofSize(large)];
        const before = await shortest(() => read(name, few));
        const after = await shortest(() => read(name, more));
        expect(after).toBeLessThan(Math.max(before, 60) * 10);
      }),
      { numRuns: Math.ceil(runs / 12) },
    );
  });
});

it("a file that was damaged on its way is read or refused", async () => {
  const whole = [
    await parquetOf(`SELECT 'm' || i || '@x.io' AS "Email", [i, 2] AS v FROM range(300) AS t(i)`),
    gzipSync("Email,v\na@x.io,1\n".repeat(300)),
    zstdCompressSync("Email,v\na@x.io,1\n".repeat(300)),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...whole),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat({ max: 255 }),
      fc.boolean(),
      async (file, share, byte, cut) => {
        const at = Math.min(file.length - 1, Math.floor(share * file.length));
        const damaged = Buffer.from(cut ? file.subarray(0, at) : file);
        if (!cut) {
          damaged[at] = byte;
        }
        await read("m.csv", damaged);
      },
    ),
    { numRuns: runs * 2 },
  );
});
