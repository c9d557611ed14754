import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { eventually } from "../integration/local/eventually";
import { startSystem, type RunAnswer, type System } from "../support/system";

jest.setTimeout(120_000);

/** Longer than a run waits by itself: Klaviyo gets on with its jobs when the test says so. */
const KLAVIYO_MILLISECONDS = 600_000;

let klaviyoIsAhead = 0;
let system: System;
beforeAll(async () => {
  system = await startSystem({
    environmentOverrides: { TUNING_REHEARSAL_MEMBERS: "3", TUNING_CHUNK_PROFILES: "2" },
    klaviyo: {
      now: () => Date.now() + klaviyoIsAhead,
      processingTime: { queued: KLAVIYO_MILLISECONDS, fixed: 0, perProfile: 0 },
    },
  });
});
afterEach(() => {
  system.laptop.klaviyo.setFaults({});
});
afterAll(() => system.close());

const csv = (...emails: string[]): string => `Email\n${emails.join("\n")}\n`;

async function anExport(
  segment: string,
  ...emails: string[]
): Promise<{ exportId: string; listId: string }> {
  const { klaviyo } = system.laptop;
  await system.putSegment(segment, { "1.csv": csv(...emails) });
  const { id: listId } = klaviyo.createList(klaviyo.first.accountId, { name: segment });
  const connectionId = await system.createConnection();
  const settings = { segments: [segment], listId, syncMode: "mirror" };
  return { exportId: await system.createExport(connectionId, settings), listId };
}

/** A report and a snapshot that were written ahead are put in their place by copying, and never otherwise. */
const copies = (): number =>
  system.laptop.environment.statistics().requests["s3"]?.["CopyObject"]?.requests ?? 0;

async function isRehearsed(runId: string): Promise<boolean> {
  const Bucket = system.laptop.environment.resources.find("AWS::S3::Bucket", "Work").ref;
  const { Contents: found = [] } = await system.clients.s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: `staging/${runId}/` }),
  );
  return found.some(({ Key = "" }) => Key.endsWith("/rehearsal/result.json"));
}

/** A run whose account is written ahead before Klaviyo is done with its jobs. */
async function rehearsedRun(exportId: string): Promise<RunAnswer & { adopted: boolean }> {
  const copiesBefore = copies();
  const { runId } = await system.startRun(exportId);
  await eventually(() => isRehearsed(runId), 60_000);
  // From now on, jobs are done soon: those that Klaviyo has, and those that it gets yet.
  const hurry = setInterval(() => {
    klaviyoIsAhead += KLAVIYO_MILLISECONDS;
  }, 200);
  try {
    const run = await system.ended(runId);
    return { ...run, adopted: copies() - copiesBefore === 2 };
  } finally {
    clearInterval(hurry);
  }
}

const rowsOf = async (run: RunAnswer): Promise<string[][]> =>
  (await system.rejections(run)).map(({ email = "", category = "" }) => [email, category]);

describe("the account that a run's end is expected to have", () => {
  it("is adopted when Klaviyo imports every profile and finds every leaver", async () => {
    const emails = ["ann@x.io", "bob@x.io", "nobody", "cid@x.io", "ANN@x.io", "dan@x.io"];
    const { exportId, listId } = await anExport("as-expected", ...emails);

    const first = await rehearsedRun(exportId);
    expect(first).toMatchObject({ adopted: true, status: "completedWithWarnings" });
    expect(first.numbers).toEqual({
      ...{ rows: 6, blank: 0, invalid: 1, duplicates: 1, members: 4 },
      ...{ unchanged: 0, imported: 4, refused: 0, unsent: 0 },
    });
    expect(await rowsOf(first)).toEqual([
      ["nobody", "invalid"],
      ["ann@x.io", "duplicate"],
    ]);

    // What was adopted is what the next run goes by.
    await system.putSegment("as-expected", {
      "1.csv": csv("ann@x.io", "bob@x.io", "cid@x.io", "eve@x.io"),
    });
    const second = await rehearsedRun(exportId);
    expect(second).toMatchObject({ adopted: true, status: "successful" });
    expect(second.numbers).toMatchObject({ members: 4, unchanged: 3, imported: 1 });
    expect(second.removals).toEqual({ leaving: 1, removed: 1, notFound: 0, unremoved: 0 });
    expect(system.members(listId)).toEqual(["ann@x.io", "bob@x.io", "cid@x.io", "eve@x.io"]);
  });

  it("is written anew when Klaviyo refuses a profile after all", async () => {
    const { exportId, listId } = await anExport("refused", "fay@x.io", "gus@x.io", "hal@x.io");
    system.laptop.klaviyo.setFaults({ rules: [{ kind: "failProfile", emails: ["gus@x.io"] }] });

    const first = await rehearsedRun(exportId);
    expect(first).toMatchObject({ adopted: false, status: "completedWithWarnings" });
    expect(first.numbers).toMatchObject({ members: 3, imported: 2, refused: 1, unsent: 0 });
    expect(await rowsOf(first)).toEqual([["gus@x.io", "refused"]]);

    // Nothing of what was expected of them stays: the refused one is tried again, and only that one.
    system.laptop.klaviyo.setFaults({});
    const second = await rehearsedRun(exportId);
    expect(second).toMatchObject({ adopted: true, status: "successful" });
    expect(second.numbers).toMatchObject({ members: 3, unchanged: 2, imported: 1 });
    expect(system.members(listId)).toEqual(["fay@x.io", "gus@x.io", "hal@x.io"]);
  });

  it("is written anew when a leaver is not on the list any more", async () => {
    const stay = ["ivy@x.io", "jan@x.io", "kim@x.io", "kit@x.io"];
    const { exportId, listId } = await anExport("gone", ...stay, "lea@x.io");
    await rehearsedRun(exportId);
    await takeOffList(listId, "lea@x.io");

    await system.putSegment("gone", { "1.csv": csv(...stay, "max@x.io") });
    const second = await rehearsedRun(exportId);
    expect(second).toMatchObject({ adopted: false, status: "successful" });
    expect(second.removals).toEqual({ leaving: 1, removed: 0, notFound: 1, unremoved: 0 });
    expect(system.members(listId)).toEqual([...stay, "max@x.io"]);
  });
});

/** As somebody would in Klaviyo. */
async function takeOffList(listId: string, email: string): Promise<void> {
  const { url, first } = system.laptop.klaviyo;
  const headers = {
    authorization: `Klaviyo-API-Key ${first.apiKey}`,
    revision: "2026-07-15",
    "content-type": "application/vnd.api+json",
  };
  const filter = encodeURIComponent(`equals(email,"${email}")`);
  const found = await fetch(`${url}/api/lists/${listId}/profiles?filter=${filter}`, { headers });
  const { data } = (await found.json()) as { data: { id: string }[] };
  const body = JSON.stringify({ data: data.map(({ id }) => ({ type: "profile", id })) });
  const path = `${url}/api/lists/${listId}/relationships/profiles`;
  const taken = await fetch(path, { method: "DELETE", headers, body });
  expect(taken.status).toBe(204);
}
