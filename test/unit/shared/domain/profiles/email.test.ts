import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import * as z from "zod";
import { openDatabase, type Database } from "../../../../../shared/adapters/duckdb/database";
import { judgedRowsSql } from "../../../../../shared/adapters/duckdb/reading/email-sql";
import { judgeEmail, type EmailJudgement } from "../../../../../shared/domain/profiles/email";

const valid = (email: string): EmailJudgement => ({ kind: "valid", email });
const invalid: EmailJudgement = { kind: "invalid" };
const blank: EmailJudgement = { kind: "blank" };

const cases: readonly [string | null, EmailJudgement][] = [
  ["ada@example.com", valid("ada@example.com")],
  ["Ada.Byron+News@Sub.Example.COM", valid("ada.byron+news@sub.example.com")],
  ["o'neil_{x}|~!#$%&*/=?^`-@example.com", valid("o'neil_{x}|~!#$%&*/=?^`-@example.com")],
  ["  ada@example.com\t", valid("ada@example.com")],
  ["\u00a0ada@example.com\u200b\ufeff\r\n", valid("ada@example.com")],
  ["\u3000\u2028\u202f\u1680\u000bada@example.com\u2009", valid("ada@example.com")],
  ["a@xn--bcher-kva.example", valid("a@xn--bcher-kva.example")],
  [`${"a".repeat(64)}@example.com`, valid(`${"a".repeat(64)}@example.com`)],
  [`${"a".repeat(65)}@example.com`, invalid],
  [`ada@${"a".repeat(92)}.com`, valid(`ada@${"a".repeat(92)}.com`)],
  [`ada@${"a".repeat(93)}.com`, invalid],
  ["", blank],
  [null, blank],
  [" \t\u00a0\u200b", blank],
  ["ada", invalid],
  ["ada@", invalid],
  ["@example.com", invalid],
  ["ada@example", invalid],
  ["ada@@example.com", invalid],
  ["ada@example..com", invalid],
  [".ada@example.com", invalid],
  ["ada.@example.com", invalid],
  ["a..b@example.com", invalid],
  ["ada@-example.com", invalid],
  ["ada@example-.com", invalid],
  ["ada@example.com.", invalid],
  ["ada@example.123", invalid],
  ["ada byron@example.com", invalid],
  ["ada@exa mple.com", invalid],
  ["ada@example.com, b@example.com", invalid],
  ["ada@example.com\nb@example.com", invalid],
  ["<ada@example.com>", invalid],
  ["mailto:ada@example.com", invalid],
  ["adä@example.com", invalid],
  ["ada@exämple.com", invalid],
  // The Kelvin sign's lower case is a plain k: addresses are checked before they are put in lower case.
  ["\u212aelvin@example.com", invalid],
  ["ada\u0000@example.com", invalid],
];

const characters = (text: string): string[] => Array.from(text);

describe("the email rule", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ memoryMegabytes: 512 });
  });
  afterAll(() => database.close());

  async function judgeInDuckDb(cells: readonly (string | null)[]): Promise<EmailJudgement[]> {
    await database.run("CREATE OR REPLACE TABLE cells (ordinal BIGINT, cell VARCHAR)");
    for (const [ordinal, cell] of cells.entries()) {
      await database.run("INSERT INTO cells VALUES ($1, $2)", [ordinal, cell]);
    }
    const rows = await database.rows(
      `SELECT email, cell FROM (${judgedRowsSql("SELECT * FROM cells")}) ORDER BY ordinal`,
      z.object({ email: z.string().nullable(), cell: z.string().nullable() }),
    );
    return rows.map(({ email, cell }) =>
      email !== null ? valid(email) : cell === null ? blank : invalid,
    );
  }

  it.each(cases)("judges %j", (cell, judgement) => {
    expect(judgeEmail(cell)).toEqual(judgement);
  });

  it("judges the same cells the same in DuckDB", async () => {
    expect(await judgeInDuckDb(cases.map(([cell]) => cell))).toEqual(
      cases.map(([, judgement]) => judgement),
    );
  });

  it("judges any cell in JavaScript as in DuckDB", async () => {
    const padding = fc.constantFrom(
      ...characters(
        " \t\n\v\f\r\u0085\u00a0\u1680\u180e\u2000\u200a\u200b\u200c\u200d\u200e\u2028\u2029\u202f",
      ),
      ...characters("\u205f\u2060\u3000\ufeff\u0000\u001f"),
    );
    const paddings = fc.array(padding, { maxLength: 3 }).map((parts) => parts.join(""));
    const nearAddress = fc
      .array(fc.constantFrom(...characters("aZ09.@-_+'\"% \\ä\u212aé,;<>()[]:\n")), {
        maxLength: 14,
      })
      .map((parts) => parts.join(""));
    const long = fc.nat(120).map((length) => `${"x".repeat(length)}@example.com`);
    const address = fc.oneof(
      { weight: 3, arbitrary: fc.emailAddress() },
      { weight: 2, arbitrary: nearAddress },
      { weight: 2, arbitrary: nearAddress.map((text) => `${text}@example.com`) },
      { weight: 1, arbitrary: nearAddress.map((text) => `ada@${text}.com`) },
      { weight: 1, arbitrary: long },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    );
    const cell = fc
      .tuple(paddings, address, paddings)
      .map((parts) => parts.join(""))
      // DuckDB's text is Unicode: half a character can't be in it.
      .filter((text) => text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 20, maxLength: 60 }), async (cells) => {
        expect(await judgeInDuckDb(cells)).toEqual(cells.map(judgeEmail));
      }),
      { numRuns: 30 },
    );
  });
});
