import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { describeLostSnapshot } from "../e2e/runs/lost-snapshot";
import { startSystem, type System } from "../support/system";
import { csv, mirrorsIn, people } from "../support/exports/mirror";

jest.setTimeout(120_000);

let system: System;
beforeAll(async () => {
  system = await startSystem({
    // So that a few dozen leavers make several removal chunks.
    environmentOverrides: { TUNING_CHUNK_PROFILES: "10", TUNING_LONGEST_RETRY_SECONDS: "1" },
    klaviyo: { processingTime: { queued: 20, fixed: 20, perProfile: 0.1 } },
  });
});
afterEach(() => {
  system.laptop.klaviyo.setFaults({});
});
afterAll(() => system.close());

const { aMirror, loseSnapshot } = mirrorsIn(() => system);

describe("a run in sync mode mirror", () => {
  it("counts who is gone already, leaves alone whom others put there, and takes back who returns", async () => {
    const mirror = await aMirror();
    const { klaviyo } = system.laptop;
    klaviyo.seedProfiles(mirror.accountId, ["guest@example.net"], mirror.listId);
    await mirror.put(people(1, 20));
    await mirror.run();
    const key = mirror.apiKey;
    const listed = await fetch(
      `${klaviyo.url}/api/lists/${mirror.listId}/profiles?filter=${encodeURIComponent('equals(email,"person-1@example.org")')}`,
      { headers: { authorization: `Klaviyo-API-Key ${key}`, revision: "2026-07-15" } },
    );
    const { data } = (await listed.json()) as { data: { id: string }[] };
    await fetch(`${klaviyo.url}/api/lists/${mirror.listId}/relationships/profiles`, {
      method: "DELETE",
      headers: {
        authorization: `Klaviyo-API-Key ${key}`,
        revision: "2026-07-15",
        "content-type": "application/vnd.api+json",
      },
      body: JSON.stringify({ data: [{ type: "profile", id: data[0]!.id }] }),
    });

    await mirror.put(people(4, 20));
    expect((await mirror.run()).removals).toEqual({
      ...{ leaving: 3, removed: 2, notFound: 1, unremoved: 0 },
    });
    expect(mirror.members()).toEqual(["guest@example.net", ...people(4, 20)].sort());

    await mirror.put(people(1, 20));
    const again = await mirror.run();
    expect(again.numbers).toMatchObject({ unchanged: 17, imported: 3 });
    expect(mirror.members()).toEqual(["guest@example.net", ...people(1, 20)].sort());
  });

  it("takes off those whose email changed, became invalid or blank", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 20));
    await mirror.run();
    await mirror.put(["renamed@example.org", "person-2@", '" "', ...people(4, 20)]);
    const run = await mirror.run();
    expect(run.status).toBe("completedWithWarnings");
    expect(run.removals).toMatchObject({ leaving: 3, removed: 3 });
    expect(mirror.members()).toEqual(["renamed@example.org", ...people(4, 20)].sort());
  });

  it("removes each once and counts it as removed, though answers are lost", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 100));
    await mirror.run();
    system.laptop.klaviyo.setFaults({
      rules: [
        {
          kind: "reset",
          when: "after",
          rate: 1,
          limit: 2,
          operations: ["remove_profiles_from_list"],
        },
        { kind: "serverError", rate: 0.3, limit: 3, operations: ["get_profiles_for_list"] },
      ],
    });
    await mirror.put(people(26, 100));
    const run = await mirror.run();
    expect(run.removals).toEqual({ leaving: 25, removed: 25, notFound: 0, unremoved: 0 });
    expect(mirror.members()).toEqual(people(26, 100).sort());
  });

  it("removes nobody when it is canceled, and removes them next time", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 20));
    await mirror.run();
    await mirror.put(people(6, 20));
    system.laptop.klaviyo.setFaults({
      rules: [{ kind: "firewall", rate: 1, operations: ["remove_profiles_from_list"] }],
    });
    const { runId } = await system.startRun(mirror.exportId);
    await system.call("POST", `/runs/${runId}/cancel`);
    const run = await system.ended(runId);
    expect(run).toMatchObject({ status: "canceled", problem: { code: "runCanceled" } });
    expect(mirror.members()).toEqual(people(1, 20).sort());

    system.laptop.klaviyo.setFaults({});
    expect((await mirror.run()).removals).toMatchObject({ leaving: 5, removed: 5, unremoved: 0 });
    expect(mirror.members()).toEqual(people(6, 20).sort());
  });
});

describe("the removal guard", () => {
  it("holds when a segment file is empty: nobody is removed, and the code says why", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 30));
    await mirror.run();
    for (const file of ["", "Email\n", 'Email\n" "\nnobody\n']) {
      await system.putSegment(mirror.segment, { "1.csv": file });
      const run = await mirror.run();
      expect(run).toMatchObject({
        status: "skipped",
        problem: {
          culprit: "user",
          code: "removalGuard",
          params: { leaving: 30, listed: 30, percent: 100 },
        },
      });
      expect(run.removals).toEqual({ leaving: 30, removed: 0, notFound: 0, unremoved: 30 });
      expect(mirror.members()).toEqual(people(1, 30).sort());
    }
    const run = await mirror.run({ allowMassRemoval: true });
    expect(run).toMatchObject({ allowMassRemoval: true, removals: { leaving: 30, removed: 30 } });
    expect(mirror.members()).toEqual([]);
  });

  it("holds when more than 30 % would go, sends nothing, and lets go when told", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 100));
    await mirror.run();
    await mirror.put([...people(32, 100), "new@example.org"]);
    const held = await mirror.run();
    expect(held).toMatchObject({
      status: "skipped",
      problem: { code: "removalGuard", params: { leaving: 31, listed: 100, percent: 31 } },
    });
    expect(mirror.members()).toEqual(people(1, 100).sort());
    await mirror.run({ allowMassRemoval: true });
    expect(mirror.members()).toEqual([...people(32, 100), "new@example.org"].sort());
  });
});

describeLostSnapshot("delete", () => system);
describeLostSnapshot("scribble", () => system);

describe("a snapshot that is lost", () => {
  const reconcile = { reconcile: true, allowMassRemoval: true } as const;

  it("is remembered by runs in sync mode upsert until a mirror has reconciled the list", async () => {
    const mirror = await aMirror({ syncMode: "upsert" });
    await mirror.put(people(1, 20));
    await mirror.run();
    await loseSnapshot(mirror.exportId, "delete");
    await mirror.put(people(3, 20));
    await mirror.run();
    await mirror.run();
    expect(mirror.members()).toEqual(people(1, 20).sort());

    const { settings, connectionId } = mirror;
    await system.call("PUT", `/exports/${mirror.exportId}`, {
      body: {
        ...{ displayName: "A mirror", connectionId, mapping: { email: "Email" } },
        ...{ ...settings, syncMode: "mirror" },
      },
    });
    expect((await mirror.run()).warnings).toMatchObject([{ code: "leaversUnknown" }]);
    expect(mirror.members()).toEqual(people(1, 20).sort());
    expect((await mirror.run(reconcile)).removals).toMatchObject({ leaving: 2, removed: 2 });
    expect(mirror.members()).toEqual(people(3, 20).sort());
  });
});

describe("a list that a mirror uses", () => {
  it("keeps everybody when two exports came to share it in spite of that: who comes later is skipped", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 20));
    await mirror.run();
    const segment = `${mirror.segment}-b`;
    await system.putSegment(segment, { "1.csv": csv(people(15, 40)) });
    const other = await system.createExport(mirror.connectionId, {
      listId: system.laptop.klaviyo.createList(mirror.accountId, { name: "Other" }).id,
      segments: [segment],
    });
    // As if both had been saved at the same moment.
    await system.clients.dynamodb.send(
      new UpdateItemCommand({
        TableName: system.laptop.environment.resources.find("AWS::DynamoDB::Table", "Exports").ref,
        Key: { exportId: { S: other } },
        UpdateExpression: "SET listId = :list",
        ExpressionAttributeValues: { ":list": { S: mirror.listId } },
      }),
    );

    await mirror.put(people(3, 20));
    expect(await system.run(other)).toMatchObject({
      status: "skipped",
      problem: { code: "listMirrored", params: { exportId: mirror.exportId } },
    });
    expect(await mirror.run()).toMatchObject({
      status: "skipped",
      problem: { code: "listMirrored", params: { exportId: other } },
    });
    expect(mirror.members()).toEqual(people(1, 20).sort());

    await system.call("DELETE", `/exports/${mirror.exportId}`);
    expect((await system.run(other)).status).toBe("successful");
    expect(mirror.members()).toEqual(people(1, 40).sort());
  });
});
