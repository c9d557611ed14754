import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { judgeEmail } from "../../../../../shared/domain/profiles/email";
import { createWorkbench, type Workbench } from "../../workbench";
import { draws } from "../../../../support/seeds/seed-of-draws";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

interface Dialect {
  delimiter: string;
  lineEnd: string;
  encoding: "utf8" | "utf8-mark" | "utf16le" | "latin1";
  quoting: "needed" | "always" | "mixed";
  finalLineEnd: boolean;
  gzip: boolean;
  emptyLines: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom("utf8", "utf8-mark", "utf16le", "latin1"),
  quoting: fc.constantFrom("needed", "always", "mixed"),
  finalLineEnd: fc.boolean(),
  gzip: fc.boolean(),
  emptyLines: fc.boolean(),
});

const piece = fc.constantFrom(
  ...[
    "a",
    "B",
    "7",
    " ",
    ",",
    ";",
    "|",
    "\t",
    '"',
    '""',
    "\n",
    "\r\n",
    "'",
    "\\",
    "é",
    "ß",
    "@",
    ".",
  ],
  ...["x@y.io", "NULL", "#", "=1+1", "-"],
);
const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
const email = fc.oneof(
  fc.nat(30).map((number) => `c${number}@x.io`),
  fc.nat(30).map((number) => ` C${number}@X.io `),
  text,
);
const tables = fc.record({
  before: fc.nat(3),
  after: fc.nat(3),
  rows: fc.array(fc.tuple(email, fc.array(text, { minLength: 6, maxLength: 6 })), {
    maxLength: 40,
  }),
});

function written(cell: string, dialect: Dialect, row: number): string {
  const needed = /["\r\n,;|\t]/.test(cell) || /^\s|\s$/.test(cell) || cell === "";
  const quote =
    dialect.quoting === "always" || needed || (dialect.quoting === "mixed" && row % 3 === 0);
  return quote ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function file(records: readonly (readonly string[])[], dialect: Dialect): Buffer {
  const lines = records.map((cells, row) =>
    cells.map((cell) => written(cell, dialect, row)).join(dialect.delimiter),
  );
  const separator = dialect.emptyLines ? dialect.lineEnd.repeat(2) : dialect.lineEnd;
  const content = lines.join(separator) + (dialect.finalLineEnd ? dialect.lineEnd : "");
  const bytes =
    dialect.encoding === "latin1" || dialect.encoding === "utf16le"
      ? Buffer.from((dialect.encoding === "utf16le" ? "\ufeff" : "") + content, dialect.encoding)
      : Buffer.from((dialect.encoding === "utf8-mark" ? "\ufeff" : "") + content);
  return dialect.gzip ? gzipSync(bytes) : bytes;
}

describe("CSV in any dialect", () => {
  it("is read back row for row", async () => {
    await fc.assert(
      fc.asyncProperty(tables, dialects, async ({ before, after, rows }, dialect) => {
        const records = [
          [...names("b", before), "Email", ...names("a", after)],
          ...rows.map(([cell, others]) => [
            ...others.slice(0, before),
            cell,
            ...others.slice(3, 3 + after),
          ]),
        ];
        await bench.put("members.csv", file(records, dialect));
        const run = await bench.prepare();

        const expected = rows.map(([cell], index) => ({ row: index + 1, ...judgeEmail(cell) }));
        const members = firstOfEach(expected);
        expect(run.members.map(({ row, email: address }) => [row, address])).toEqual(members);
        expect(run.numbers).toMatchObject({
          rows: rows.length,
          blank: expected.filter(({ kind }) => kind === "blank").length,
          invalid: expected.filter(({ kind }) => kind === "invalid").length,
          members: members.length,
        });
        await bench.clear();
      }),
      { numRuns: draws(15, 80) },
    );
  });

  it("is read the same wherever the stream is cut", async () => {
    const note = fc.array(piece, { maxLength: 2_000 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(note, { minLength: 40, maxLength: 80 }),
        dialects,
        async (notes, dialect) => {
          const records = [["Note", "Email"], ...notes.map((cell, row) => [cell, `c${row}@x.io`])];
          await bench.put("members.csv", file(records, dialect));
          const run = await bench.prepare();
          expect(run.members.map(({ email: address }) => address)).toEqual(
            notes.map((_, row) => `c${row}@x.io`),
          );
          await bench.clear();
        },
      ),
      { numRuns: 10 },
    );
  });
});

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function firstOfEach(
  rows: readonly { row: number; kind: string; email?: string }[],
): [number, string][] {
  const seen = new Set<string>();
  return rows.flatMap(({ row, email: address }): [number, string][] => {
    if (address === undefined || seen.has(address)) {
      return [];
    }
    seen.add(address);
    return [[row, address]];
  });
}
