import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createSubscriberStaging } from "../../../../shared/adapters/duckdb/preparing/subscriber-staging";
import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import type { StageSubscribersRequest, SubscriberStaging } from "../../../../shared/ports";
import { parquetOf } from "../reading/parquet-of";
import { createWorkbench, RUN, type Workbench } from "../workbench";

let bench: Workbench;
let staging: SubscriberStaging;
beforeAll(async () => {
  bench = await createWorkbench({ chunkLimits: { maxProfiles: 1_200, maxBytes: 5_000_000 } });
  staging = createSubscriberStaging({ files: bench.files, memoryMegabytes: 1024 });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const csv = (emails: readonly string[]): string => `Email\n${emails.join("\n")}\n`;
const imported = (profiles: number) => ({ imported: profiles, refused: 0, unsent: 0 });
const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `p${String(index).padStart(4, "0")}@x.io`);

const stage = (overrides: Partial<StageSubscribersRequest> = {}) =>
  staging.stageBatches({ ...RUN, resubscribe: false, ...overrides });
async function staged(batch: number): Promise<{ email: string }[]> {
  const text = await bench.read(storageKeys.subscribers(RUN.runId, RUN.attemptId, batch));
  return text
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
const outcome = (batch: number, settled: readonly string[], excluded: readonly string[] = []) =>
  bench.files.upload(storageKeys.subscriptionOutcome(RUN.runId, RUN.attemptId, batch), {
    bytes: Buffer.from(JSON.stringify({ settled, excluded })),
  });

const nobodyExcluded = { consentRefused: 0, consentUnclear: 0, withoutConsentTime: 0 };

describe("members whose segment says whether they want to be mailed", () => {
  const rows = [
    ["yes@x.io", "yes"],
    ["also@x.io", "TRUE"],
    ["no@x.io", "no"],
    ["out@x.io", "Unsubscribed"],
    ["blank@x.io", ""],
    ["odd@x.io", "maybe"],
    ["twice@x.io", "yes"],
    ["TWICE@x.io", "no"],
  ] as const;
  const consent = { field: "Accepts", meaning: "agreed" } as const;
  const text: Record<string, () => Promise<string | Buffer>> = {
    "a.csv": async () =>
      ["Email,Name,Accepts", ...rows.map(([email, said]) => `${email},N,${said}`), ""].join("\n"),
    "a.ndjson": async () =>
      rows
        .map(
          ([Email, said]) =>
            `${JSON.stringify({ Email, Name: "N", ...(said === "" ? {} : { Accepts: said }) })}\n`,
        )
        .join(""),
    "a.parquet": () =>
      parquetOf(
        `SELECT * FROM (VALUES ${rows.map(([email, said]) => `('${email}', 'N', nullif('${said}', ''))`).join(", ")}) AS t(Email, Name, Accepts)`,
      ),
  };

  it.each(
    Object.keys(text).flatMap((file) => [
      { file, mapping: { email: "Email" } },
      { file, mapping: { email: "Email", first_name: "Name" } },
    ]),
  )(
    "are subscribed if they agree in each of their rows: $file, $mapping",
    async ({ file, mapping }) => {
      await bench.put(file, await text[file]!());
      const run = await bench.prepare({ mapping, consent });
      expect(run.numbers).toMatchObject({ members: 7, duplicates: 1 });
      await bench.accountFor(new Map([[1, imported(7)]]));

      expect(await stage({ consentNeeded: true })).toMatchObject({
        ...{ requested: 7, consentRefused: 3, consentUnclear: 2, withoutConsentTime: 0 },
      });

      expect(await staged(1)).toEqual([{ email: "also@x.io" }, { email: "yes@x.io" }]);
      expect(await bench.profiles(run.chunks)).not.toContainEqual(
        expect.objectContaining({
          attributes: expect.objectContaining({ Accepts: expect.anything() }),
        }),
      );
    },
  );

  it("are subscribed if they don't refuse, where a yes refuses", async () => {
    await bench.put("a.csv", "Email,Opt Out\na@x.io,1\nb@x.io,0\nc@x.io,\nd@x.io,unsubscribed\n");
    await bench.prepare({ consent: { field: "Opt Out", meaning: "refused" } });
    await bench.accountFor(new Map([[1, imported(4)]]));

    expect(await stage({ consentNeeded: true })).toMatchObject({
      consentRefused: 2,
      consentUnclear: 1,
    });
    expect(await staged(1)).toEqual([{ email: "b@x.io" }]);
  });

  it("are none where a run's rows were staged without it", async () => {
    await bench.put("a.csv", csv(["a@x.io"]));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(1)]]));
    expect(await stage({ consentNeeded: true })).toMatchObject({ batches: 0, consentUnclear: 1 });
  });
});

describe("members whose consent was collected before", () => {
  it("are subscribed with its time, if it can be read and is plausible", async () => {
    const times = [
      ...["2024-11-25T10:00", "2024-11-25T10:00Z", "2024-11-25T10:00+01:00", "20241125T100000Z"],
      ...["25.11.2024 10:00", "1732528800", "2024-11-25", "2024-11-25 10:00:00.1234567 UTC"],
      // In this column it is not known which of them is the month.
      ...["05-11-24 08:00:00", "11/05/2024", "0005-11-24T08:00:00Z", "1970-01-01", "soon", ""],
    ];
    await bench.put(
      "a.csv",
      ["Email,At", ...times.map((time, row) => `p${String(row + 10)}@x.io,"${time}"`), ""].join(
        "\n",
      ),
    );
    await bench.prepare({
      mapping: { email: "Email", properties: { At: "At" } },
      consentTime: { field: "At", format: undefined },
    });
    await bench.accountFor(new Map([[1, imported(times.length)]]));

    expect(await stage({ consentedBefore: new Date("2026-01-01") })).toMatchObject({
      requested: 14,
      withoutConsentTime: 6,
    });

    expect(
      (await staged(1)).map((subscriber) => (subscriber as { consentedAt?: string }).consentedAt),
    ).toEqual([
      ...["2024-11-25T10:00:00.000Z", "2024-11-25T10:00:00.000Z", "2024-11-25T09:00:00.000Z"],
      ...["2024-11-25T10:00:00.000Z", "2024-11-25T10:00:00.000Z", "2024-11-25T10:00:00.000Z"],
      ...["2024-11-25T00:00:00.000Z", "2024-11-25T10:00:00.123Z"],
    ]);
  });

  it("are subscribed with a time that is written as the mapping says", async () => {
    await bench.put("a.csv", "Email,At\na@x.io,05-11-24 08:00:00\n");
    await bench.prepare({
      mapping: {
        email: "Email",
        properties: { At: { field: "At", type: "date", format: "dd-MM-yy HH:mm:ss" } },
      },
      consentTime: { field: "At", format: "dd-MM-yy HH:mm:ss" },
    });
    await bench.accountFor(new Map([[1, imported(1)]]));
    await stage({ consentedBefore: new Date("2026-01-01") });
    expect(await staged(1)).toEqual([{ email: "a@x.io", consentedAt: "2024-11-05T08:00:00.000Z" }]);
  });
});

describe("whom a run has to subscribe", () => {
  it("are the members that Klaviyo has confirmed, in batches of a thousand", async () => {
    const emails = numbered(3_600);
    await bench.put("a.csv", csv(emails));
    await bench.prepare();
    await bench.refuse(1, "confirm", [{ position: 5, code: "invalid", detail: "no" }]);
    await bench.accountFor(
      new Map([
        [1, { imported: 1_199, refused: 1, unsent: 0 }],
        [2, imported(1_200)],
        // Of the third it is not known what became of it.
        [3, { imported: 0, refused: 0, unsent: 1_200 }],
      ]),
    );

    expect(await stage()).toEqual({
      ...{ batches: 3, requested: 2_399, ...nobodyExcluded, forgotten: false },
    });

    const all = [...(await staged(1)), ...(await staged(2)), ...(await staged(3))];
    expect(all.map(({ email }) => email)).toEqual(
      emails.slice(0, 2_400).filter((email) => email !== emails[5]),
    );
    expect(await staged(3)).toHaveLength(399);
    expect(await bench.leftovers()).toEqual([]);
  });

  it("are none of those that need not be asked for again; a person's word brings them back", async () => {
    const emails = numbered(4);
    await bench.put("a.csv", csv(emails));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(4)]]));
    await outcome(1, [emails[0]!, "left@x.io"], [emails[1]!]);
    const subscribedKey = await staging.record(RUN);

    expect(await stage({ subscribedKey })).toMatchObject({ requested: 2, batches: 1 });
    expect(await staged(1)).toEqual([{ email: emails[2] }, { email: emails[3] }]);

    expect(await stage({ subscribedKey, resubscribe: true })).toMatchObject({ requested: 4 });
    expect(await staged(1)).toEqual([
      { email: emails[0], askedBefore: true },
      { email: emails[1] },
      { email: emails[2] },
      { email: emails[3] },
    ]);
  });

  it("are remembered from run to run, by what became of them last", async () => {
    const emails = numbered(3);
    await bench.put("a.csv", csv(emails));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(3)]]));
    await outcome(1, [emails[0]!], [emails[1]!]);
    const first = await staging.record(RUN);
    await outcome(1, [emails[1]!]);

    const second = await staging.record({ ...RUN, subscribedKey: first });

    expect(await bench.emailsOfSnapshot(second)).toEqual([emails[0], emails[1]]);
    await stage({ subscribedKey: second, resubscribe: true });
    expect(await staged(1)).toContainEqual({ email: emails[1], askedBefore: true });
  });

  it.each(["lost", "damaged"])("are all of them when it is %s who was asked for", async (how) => {
    await bench.put("a.csv", csv(numbered(2)));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(2)]]));
    const subscribedKey = storageKeys.subscribed("export-1", "run-0");
    if (how === "damaged") {
      await bench.files.upload(subscribedKey, { bytes: Buffer.from("no Parquet") });
    }
    expect(await stage({ subscribedKey })).toMatchObject({ requested: 2, forgotten: true });
  });

  it("are not those whom a run asked for that could not be settled", async () => {
    const emails = numbered(5);
    await bench.put("a.csv", csv(emails));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(5)]]));
    await outcome(1, [emails[0]!]);
    const subscribedKey = await staging.record(RUN);
    const keep = (runId: string, batch: object) =>
      bench.files.upload(storageKeys.subscriptionOutcome(runId, "attempt", 1), {
        bytes: Buffer.from(JSON.stringify({ settled: [], excluded: [], ...batch })),
      });
    // It died while it asked; a second asking of the other would do no harm.
    await keep("run-8", {
      state: "asking",
      once: true,
      asking: [emails[1]],
      excluded: [emails[2]],
    });
    await keep("run-9", { state: "asking", once: false, asking: [emails[3]] });
    const unsettled = ["run-8", "run-9"].map((runId) => ({ runId, attemptId: "attempt" }));

    expect(await stage({ subscribedKey, unsettled })).toMatchObject({ forgotten: false });
    expect(await staged(1)).toEqual([{ email: emails[3] }, { email: emails[4] }]);

    const recorded = await staging.record({ ...RUN, subscribedKey, unsettled });
    expect(await bench.emailsOfSnapshot(recorded)).toEqual(emails.slice(0, 3));
  });

  it("are not found out while it can't be read who was asked for", async () => {
    const away = createSubscriberStaging({
      files: {
        ...bench.files,
        download: (key, path) =>
          key.startsWith("snapshots/export-1/run-0")
            ? Promise.resolve()
            : bench.files.download(key, path),
      },
      memoryMegabytes: 1024,
    });
    await bench.put("a.csv", csv(numbered(2)));
    await bench.prepare();
    await bench.accountFor(new Map([[1, imported(2)]]));
    const subscribedKey = storageKeys.subscribed("export-1", "run-0");
    await expect(away.stageBatches({ ...RUN, resubscribe: false, subscribedKey })).rejects.toThrow(
      "IO Error",
    );
  });
});
