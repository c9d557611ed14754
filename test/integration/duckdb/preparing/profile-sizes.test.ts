import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  CHUNK_MAX_BYTES,
  CHUNK_MAX_PROFILES,
  PROFILE_MAX_BYTES,
} from "../../../../shared/domain/runs/chunk";
import type { FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { parseReport } from "../../../support/system";
import { createWorkbench, type PreparedRun, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const mapping: FieldMapping = { email: "e", title: "t", properties: { note: "n" } };

/** The profile that a record should be sent as. */
function profileOf({ e, t, n }: { e: string; t: string; n: string }): object {
  return {
    type: "profile",
    attributes: {
      email: e,
      ...(t === "" ? {} : { title: t }),
      ...(n === "" ? {} : { properties: { note: n } }),
    },
  };
}
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const allImported = (run: PreparedRun) =>
  new Map(
    run.chunks.map(({ chunk, profiles }) => [chunk, { imported: profiles, refused: 0, unsent: 0 }]),
  );

describe("a profile of more than 100 KB", () => {
  it("is refused by name, the others are sent, and the numbers add up", async () => {
    const envelope = bytesOf(profileOf({ e: "b@x.io", t: "x", n: "" })) - 1;
    const fitting = { e: "b@x.io", t: "x".repeat(PROFILE_MAX_BYTES - envelope), n: "" };
    const records = [
      { e: "a@x.io", t: "Dr", n: "" },
      fitting,
      { e: "c@x.io", t: `${fitting.t}x`, n: "" },
      { e: "d@x.io", t: "", n: "🎉".repeat(25_000) },
      { e: "e@x.io", t: "", n: "Zoë" },
    ];
    await bench.put("m.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));

    const run = await bench.prepare({ mapping });

    expect(run.numbers).toMatchObject({ rows: 5, members: 5 });
    expect(run.chunks).toEqual([{ chunk: 1, profiles: 3 }]);
    expect(bytesOf(profileOf(fitting))).toBe(PROFILE_MAX_BYTES);
    expect(await bench.profiles(run.chunks)).toEqual(
      [records[0]!, fitting, records[4]!].map(profileOf),
    );
    const result = await bench.accountFor(allImported(run));
    expect(result.numbers).toMatchObject({ members: 5, imported: 3, refused: 2, unsent: 0 });
    expect(parseReport((await bench.read(result.reportKey)).toString())).toEqual(
      [3, 4].map((row) => ({
        segment: "customers",
        file: "m.ndjson",
        row: String(row),
        email: records[row - 1]!.e,
        category: "refused",
        refusedBy: "export",
        code: "profileTooLarge",
        text: expect.stringContaining("100 KB"),
      })),
    );
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual([
      "a@x.io",
      "b@x.io",
      "e@x.io",
    ]);
  });

  it("is told by its bytes, however few characters they are", async () => {
    const envelope = bytesOf(profileOf({ e: "a@x.io", t: "x", n: "" })) - 1;
    const room = PROFILE_MAX_BYTES - envelope;
    // Two, three and four bytes each; beside them one-byte characters up to the limit, and one more.
    const records = ["ü", "東", "🎉"].flatMap((character, at) => {
      const bytes = Buffer.byteLength(character);
      const most = `${character.repeat(Math.floor(room / bytes))}${"x".repeat(room % bytes)}`;
      return [most, `${most}x`].map((t, over) => ({
        e: `${"abc"[at]!}@${over ? "y" : "x"}.io`,
        t,
        n: "",
      }));
    });
    await bench.put("m.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));

    const run = await bench.prepare({ mapping });

    const sent = await bench.profiles(run.chunks);
    expect(sent.map(({ attributes }) => attributes["email"])).toEqual([
      "a@x.io",
      "b@x.io",
      "c@x.io",
    ]);
    expect(sent.map(bytesOf)).toEqual([1, 2, 3].map(() => PROFILE_MAX_BYTES));
    expect((await bench.accountFor(allImported(run))).numbers).toMatchObject({
      imported: 3,
      refused: 3,
    });
  });

  it("leaves a run without any chunk when all are", async () => {
    await bench.put("m.csv", `e,t,n\na@x.io,${"x".repeat(100_001)},\n`);

    const run = await bench.prepare({ mapping });

    expect(run.chunks).toEqual([]);
    expect((await bench.accountFor(new Map())).numbers).toMatchObject({ members: 1, refused: 1 });
  });
});

describe("chunks", () => {
  /** Characters of one to four bytes, and ones that JSON writes as two or six. */
  const characters = fc.constantFrom("x", "ü", "東", "🎉", '"', "\\", "\n", "\u0001");
  const text = fc
    .tuple(characters, fc.oneof(fc.nat(40), fc.nat(3_000), fc.integer({ min: 0, max: 60_000 })))
    .map(([character, length]) => `a${character.repeat(length)}a`);
  const record = fc.record({ t: text, n: fc.oneof(fc.constant(""), text) });

  it("are below 10,000 profiles and 5 MB, and hold every profile that fits, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 250, size: "max" }),
        async (drawn) => {
          await bench.clear();
          const records = drawn.map((fields, at) => ({ e: `c${at}@x.io`, ...fields }));
          await bench.put("m.ndjson", records.map((line) => JSON.stringify(line)).join("\n"));

          const run = await bench.prepare({ mapping });

          for (const { chunk, profiles } of run.chunks) {
            const body = await bench.body(chunk);
            expect(body.length).toBeLessThanOrEqual(CHUNK_MAX_BYTES);
            expect(profiles).toBeLessThanOrEqual(CHUNK_MAX_PROFILES);
          }
          const fitting = records.map(profileOf).filter((one) => bytesOf(one) <= PROFILE_MAX_BYTES);
          const sent = await bench.profiles(run.chunks);
          // Compared as texts: a difference would otherwise be shown in megabytes.
          expect(
            sent.map((one) => JSON.stringify(one)).join() ===
              fitting.map((one) => JSON.stringify(one)).join(),
          ).toBe(true);
          expect((await bench.accountFor(allImported(run))).numbers).toMatchObject({
            members: records.length,
            imported: fitting.length,
            refused: records.length - fitting.length,
          });
        },
      ),
      { numRuns: 6 },
    );
  }, 120_000);

  it.each([3, 7])(
    "hold at most %i profiles when that is less than the bytes allow",
    async (most) => {
      const small = await createWorkbench({ chunkLimits: { maxProfiles: most, maxBytes: 20_000 } });
      try {
        const records = Array.from({ length: 50 }, (_, at) => ({
          e: `c${at}@x.io`,
          t: "東".repeat((at * 97) % 2_000),
          n: "",
        }));
        await small.put("m.ndjson", records.map((line) => JSON.stringify(line)).join("\n"));

        const run = await small.prepare({ mapping });

        expect(Math.max(...run.chunks.map(({ profiles }) => profiles))).toBeLessThanOrEqual(most);
        expect(await small.profiles(run.chunks)).toEqual(records.map(profileOf));
        // In characters, of which each takes three bytes, three times as much would fit.
        const bodies = await Promise.all(run.chunks.map(({ chunk }) => small.body(chunk)));
        expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThanOrEqual(20_000);
      } finally {
        await small.remove();
      }
    },
  );
});
