import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createSubscriberStaging } from "../../../shared/adapters/duckdb/subscriber-staging";
import { storageKeys } from "../../../shared/domain/storage-keys";
import type { StageSubscribersRequest, SubscriberStaging } from "../../../shared/ports";
import { createWorkbench, RUN, type Workbench } from "./workbench";

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
  staging.stage({ ...RUN, resubscribe: false, ...overrides });
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

describe("whom a run has to subscribe", () => {
  it("are the members that Klaviyo has confirmed, in batches of a thousand", async () => {
    const emails = numbered(3_600);
    await bench.put("a.csv", csv(emails));
    await bench.prepare();
    await bench.refuse(1, "confirm", [{ position: 5, code: "invalid", detail: "no" }]);
    await bench.account(
      new Map([
        [1, { imported: 1_199, refused: 1, unsent: 0 }],
        [2, imported(1_200)],
        // Of the third it is not known what became of it.
        [3, { imported: 0, refused: 0, unsent: 1_200 }],
      ]),
    );

    expect(await stage()).toEqual({
      ...{ batches: 3, requested: 2_399, withoutConsentTime: 0, forgotten: false },
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
    await bench.account(new Map([[1, imported(4)]]));
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
    await bench.account(new Map([[1, imported(3)]]));
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
    await bench.account(new Map([[1, imported(2)]]));
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
    await bench.account(new Map([[1, imported(5)]]));
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
    await bench.account(new Map([[1, imported(2)]]));
    const subscribedKey = storageKeys.subscribed("export-1", "run-0");
    await expect(away.stage({ ...RUN, resubscribe: false, subscribedKey })).rejects.toThrow(
      "IO Error",
    );
  });
});
