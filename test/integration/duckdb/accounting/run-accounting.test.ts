import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { ChunkOutcome } from "../../../../shared/domain/runs/chunk";
import { createWorkbench, type Workbench } from "../workbench";

// Two profiles a chunk, so that a few rows make several.
let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ chunkLimits: { maxProfiles: 2, maxBytes: 5_000_000 } });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const csv = (...emails: string[]): string => `Email\n${emails.join("\n")}\n`;
const imported = (profiles: number): ChunkOutcome => ({
  imported: profiles,
  refused: 0,
  unsent: 0,
});
const refusal = (position: number | null) => ({
  position,
  code: "invalid",
  detail: "No such domain",
});

/** The report's records without its header; every cell is quoted, so splitting is simple. */
async function report(key: string): Promise<string[][]> {
  const text = (await bench.read(key)).toString();
  const [header, ...lines] = text.split("\r\n");
  expect(header).toBe("\ufeffsegment,file,row,email,category,refusedBy,code,text");
  expect(lines.pop()).toBe("");
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((cell) =>
      (cell[1] ?? cell[2] ?? "").replaceAll('""', '"'),
    ),
  );
}

describe("accounting for a run", () => {
  it("reports every row that is not on the list, in row order, and confirms the others", async () => {
    await bench.put("1.csv", csv("a@x.io", '" "', "b@x.io", "nobody", "A@x.io", "c@x.io"));
    await bench.put("2.csv", csv("d@x.io", "e@x.io", "f@x.io", "g@x.io", "h@x.io"));
    await bench.prepare();
    await bench.refuse(1, "push", [refusal(1)]);
    await bench.refuse(2, "confirm", [{ ...refusal(0), code: "unknown", detail: 'It "is" odd' }]);
    const { numbers, rejectionCounts, reportKey, snapshotKey } = await bench.accountFor(
      new Map([
        [1, { imported: 1, refused: 1, unsent: 0 }],
        [2, { imported: 1, refused: 1, unsent: 0 }],
        [3, { imported: 0, refused: 0, unsent: 2 }],
      ]),
    );
    expect(numbers).toEqual({
      rows: 11,
      blank: 1,
      invalid: 1,
      duplicates: 1,
      members: 8,
      unchanged: 0,
      imported: 2,
      refused: 2,
      unsent: 4,
    });
    expect((await report(reportKey)).map((cells) => cells.slice(0, 7))).toEqual([
      ["customers", "1.csv", "2", "", "blank", "export", "emailBlank"],
      ["customers", "1.csv", "3", "b@x.io", "refused", "klaviyo", "invalid"],
      ["customers", "1.csv", "4", "nobody", "invalid", "export", "emailInvalid"],
      ["customers", "1.csv", "5", "a@x.io", "duplicate", "export", "emailDuplicate"],
      ["customers", "1.csv", "6", "c@x.io", "refused", "klaviyo", "unknown"],
      ["customers", "2.csv", "2", "e@x.io", "unsent", "export", "profileUnsent"],
      ["customers", "2.csv", "3", "f@x.io", "unsent", "export", "profileUnsent"],
      ["customers", "2.csv", "4", "g@x.io", "unsent", "export", "profileUnsent"],
      ["customers", "2.csv", "5", "h@x.io", "unsent", "export", "profileUnsent"],
    ]);
    expect((await report(reportKey))[4]?.[7]).toBe('It "is" odd');
    expect(rejectionCounts).toEqual([
      { code: "profileUnsent", rows: 4 },
      ...["emailBlank", "emailDuplicate", "emailInvalid", "invalid", "unknown"].map((code) => ({
        ...{ code, rows: 1 },
      })),
    ]);
    expect(await bench.confirmedInSnapshot(snapshotKey)).toEqual(["a@x.io", "d@x.io"]);
  });

  it("keeps no counts of a report with more codes than a run keeps", async () => {
    const people = Array.from({ length: 51 }, (_, index) => `p${index}@x.io`);
    for (const [codes, kept] of [
      [50, 50],
      [51, undefined],
    ] as const) {
      await bench.clear();
      await bench.put("1.csv", csv(...people.slice(0, codes)));
      await bench.prepare();
      const chunks = new Map<number, ChunkOutcome>();
      for (let at = 0; at < codes; at += 2) {
        const size = Math.min(2, codes - at);
        chunks.set(at / 2 + 1, { imported: 0, refused: size, unsent: 0 });
        await bench.refuse(
          at / 2 + 1,
          "confirm",
          Array.from({ length: size }, (_, position) => ({
            ...refusal(position),
            code: `code-${at + position}`,
          })),
        );
      }
      expect((await bench.accountFor(chunks)).rejectionCounts?.length).toBe(kept);
    }
  });

  it("takes all members of a chunk with unsent profiles for unsent, save those refused", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare();
    await bench.refuse(1, "push", [refusal(0), refusal(null)]);
    const { numbers, snapshotKey } = await bench.accountFor(
      new Map([[1, { imported: 0, refused: 1, unsent: 1 }]]),
    );
    expect(numbers).toMatchObject({ imported: 0, refused: 1, unsent: 1 });
    expect(await bench.confirmedInSnapshot(snapshotKey)).toEqual([]);
  });

  it("counts whose values Klaviyo did not take, once a profile, and names what it ignored", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io", "c@x.io"));
    await bench.prepare();
    const value = (position: number | null, ...names: string[]) => ({
      position,
      value: ["attributes", ...names],
      shape: "9",
      code: "invalid",
      detail: "No",
    });
    await bench.leaveOut(1, [
      value(0, "phone_number"),
      value(1, "phone_number"),
      value(1, "location", "city"),
    ]);
    await bench.leaveOut(2, [value(null, "phone_number"), value(0, "phone_number")]);
    await bench.refuse(1, "confirm", [refusal(1)]);
    const { numbers, leftOut } = await bench.accountFor(
      new Map([
        [1, { imported: 1, refused: 1, unsent: 0, leftOut: 3 }],
        [2, { ...imported(1), leftOut: 2 }],
      ]),
    );
    expect(numbers).toMatchObject({ imported: 2, refused: 1 });
    // Whom Klaviyo refused in the end is not on the list with a value less.
    expect(leftOut).toEqual({
      refused: [{ attribute: "phone_number", count: 2 }],
      ignored: ["phone_number"],
    });
  });

  it("lists the values that profiles went without apart from the rejections, by row, with what they look like", async () => {
    await bench.put(
      "1.csv",
      "Email,Phone,Points,Town\na@x.io,1.2.3.5,7,Bonn\nb@x.io,+491711234567,many,Rome\nc@x.io,,8,\n",
    );
    await bench.prepare({
      mapping: {
        email: "Email",
        phone_number: { field: "Phone", defaultCountry: "DE" },
        location: { city: "Town" },
        properties: { Points: { field: "Points", type: "number" } },
      },
    });
    await bench.leaveOut(1, [
      {
        position: 1,
        value: ["attributes", "location", "city"],
        shape: "Aaaa",
        code: "invalid",
        detail: "No",
      },
    ]);
    const outcomes = new Map([
      [1, { ...imported(2), leftOut: 1 }],
      [2, imported(1)],
    ]);
    const { droppedReportKey, reportKey } = await bench.accountFor(outcomes);
    expect(await report(reportKey)).toEqual([]);
    const text = (await bench.read(droppedReportKey!)).toString();
    expect(text.split("\r\n")).toEqual([
      "\ufeffsegment,file,row,email,attribute,field,reason,text,shape",
      '"customers","1.csv",1,"a@x.io","phone_number","Phone","notPhone","holds no valid phone number there","9.9.9.9"',
      '"customers","1.csv",2,"b@x.io","location.city","Town","refusedByKlaviyo","holds a value there that Klaviyo does not take","Aaaa"',
      expect.stringContaining('"b@x.io","properties.Points","Points","notType"'),
      "",
    ]);
  });

  it("accounts for a run that left values out and was prepared before these were staged", async () => {
    await bench.put("1.csv", "Email,Points\na@x.io,7\nb@x.io,many\n");
    await bench.prepare({
      mapping: { email: "Email", properties: { Points: { field: "Points", type: "number" } } },
    });
    await bench.loseDroppedValues();
    const { numbers, droppedReportKey } = await bench.accountFor(new Map([[1, imported(2)]]));
    expect(numbers).toMatchObject({ imported: 2, unsent: 0 });
    expect(droppedReportKey).toBeUndefined();
  });

  it("takes only the rest of a chunk for unsent whose beginning Klaviyo has imported", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare();
    const { numbers, snapshotKey } = await bench.accountFor(
      new Map([[1, { imported: 1, refused: 0, unsent: 1, sentUpTo: 1 }]]),
    );
    expect(numbers).toMatchObject({ imported: 1, refused: 0, unsent: 1 });
    expect(await bench.confirmedInSnapshot(snapshotKey)).toEqual(["a@x.io"]);
  });

  it("gives refusals that match no profile lines of their own, and confirms nothing of that chunk", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io", "c@x.io"));
    await bench.prepare();
    await bench.refuse(1, "confirm", [refusal(null)]);
    const { numbers, reportKey, snapshotKey } = await bench.accountFor(
      new Map([
        [1, { imported: 1, refused: 1, unsent: 0 }],
        [2, imported(1)],
      ]),
    );
    expect(numbers).toMatchObject({ members: 3, imported: 2, refused: 1, unsent: 0 });
    expect((await report(reportKey)).map((cells) => cells.slice(0, 7))).toEqual([
      ["", "", "", "", "refused", "klaviyo", "refusalUnmatched"],
    ]);
    expect(await bench.confirmedInSnapshot(snapshotKey)).toEqual(["c@x.io"]);
  });

  it("counts a profile that is refused at once and later once, with its first reason", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare();
    await bench.refuse(1, "push", [{ ...refusal(0), detail: "first" }]);
    await bench.refuse(1, "confirm", [{ ...refusal(0), detail: "second" }]);
    const { numbers, reportKey } = await bench.accountFor(
      new Map([[1, { imported: 1, refused: 1, unsent: 0 }]]),
    );
    expect(numbers).toMatchObject({ imported: 1, refused: 1 });
    expect(await report(reportKey)).toMatchObject([{ 3: "a@x.io", 7: "first" }]);
  });

  it("takes refusals that were counted but not written down for unmatched", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io"));
    await bench.prepare();
    const { numbers, snapshotKey } = await bench.accountFor(
      new Map([[1, { imported: 0, refused: 2, unsent: 0 }]]),
    );
    expect(numbers).toMatchObject({ imported: 0, refused: 2, unsent: 0 });
    expect(await bench.confirmedInSnapshot(snapshotKey)).toEqual([]);
  });

  it("sends only what changed next time, and keeps the entries of leavers", async () => {
    await bench.put("1.csv", csv("a@x.io", "b@x.io", "c@x.io"));
    await bench.prepare();
    const first = await bench.accountFor(new Map([[1, imported(2)]]));
    expect(first.numbers).toMatchObject({ imported: 2, unsent: 1 });

    await bench.put("1.csv", csv("c@x.io", "b@x.io"));
    const again = { runId: "run-2", snapshotKey: first.snapshotKey };
    const run = await bench.prepare(again);
    expect(run.numbers).toMatchObject({ members: 2, unchanged: 1 });
    expect(run.members).toMatchObject([
      { email: "c@x.io", unchanged: false, chunk: 1, position: 0 },
      { email: "b@x.io", unchanged: true, chunk: null, position: null },
    ]);
    const second = await bench.accountFor(new Map([[1, imported(1)]]), again);
    expect(second.numbers).toMatchObject({ members: 2, unchanged: 1, imported: 1 });
    expect(await report(second.reportKey)).toEqual([]);
    expect(await bench.confirmedInSnapshot(second.snapshotKey)).toEqual(["b@x.io", "c@x.io"]);
    expect(await bench.emailsOfSnapshot(second.snapshotKey)).toEqual([
      "a@x.io",
      "b@x.io",
      "c@x.io",
    ]);
  });

  it("counts members of a run that sent nothing as unsent", async () => {
    await bench.put("1.csv", csv("a@x.io"));
    await bench.prepare({ send: false });
    const { numbers, reportKey } = await bench.accountFor(new Map());
    expect(numbers).toMatchObject({ members: 1, unsent: 1 });
    expect(await report(reportKey)).toMatchObject([{ 6: "profileUnsent" }]);
  });

  it("accounts for a run without rows", async () => {
    await bench.put("1.csv", "Email\n");
    await bench.prepare();
    const { numbers, reportKey } = await bench.accountFor(new Map());
    expect(numbers.rows).toBe(0);
    expect(await report(reportKey)).toEqual([]);
  });

  it("writes the same files when it is called again", async () => {
    const emails = Array.from({ length: 3_000 }, (_, row) =>
      row % 9 === 0 ? "no" : `c${row}@x.io`,
    );
    await bench.put("1.csv", csv(...emails));
    const { chunks } = await bench.prepare();
    await bench.refuse(1, "push", [refusal(0)]);
    const outcomes = new Map(chunks.slice(5).map(({ chunk }) => [chunk, imported(2)]));
    const { reportKey, snapshotKey } = await bench.accountFor(outcomes);
    const before = [await bench.read(reportKey), await bench.read(snapshotKey)];
    await bench.accountFor(outcomes);
    expect([await bench.read(reportKey), await bench.read(snapshotKey)]).toEqual(before);
    expect(await bench.leftovers()).toEqual([]);
  });
});

describe("the rejection report in a spreadsheet", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+31@", "'+31@"],
    ["-1", "'-1"],
    ["@sum(A1)", "'@sum(A1)"],
    ["'=1", "'=1"],
    ["x\t=1", "x=1"],
    ["\u0001=cmd()", "'=cmd()"],
    ["\u0001 =cmd()", "' =cmd()"],
    ["＝1+1", "'＝1+1"],
    ["a;=1", "a;=1"],
    ['say "=1"', 'say "=1"'],
    ["one\r\n=two", "one=two"],
  ])("starts no formula with %j", async (cell, shown) => {
    await bench.put("1.csv", `Email\n"${cell.replaceAll('"', '""')}"\n`);
    await bench.prepare();
    const { reportKey } = await bench.accountFor(new Map());
    expect(await report(reportKey)).toMatchObject([{ 3: shown, 4: "invalid" }]);
  });

  it("starts no formula with a valid address, a file's name or Klaviyo's words", async () => {
    await bench.put("=file.csv", csv("+tag@x.io"));
    await bench.prepare();
    await bench.refuse(1, "push", [{ position: 0, code: "=code", detail: "\t=detail" }]);
    const { reportKey } = await bench.accountFor(
      new Map([[1, { imported: 0, refused: 1, unsent: 0 }]]),
    );
    expect(await report(reportKey)).toMatchObject([
      { 1: "'=file.csv", 3: "'+tag@x.io", 6: "'=code", 7: "'=detail" },
    ]);
  });
});
