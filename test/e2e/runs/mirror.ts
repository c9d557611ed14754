import { afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";
import { mirrorsIn, people } from "../../support/exports/mirror";

jest.setTimeout(120_000);

let system: System;
beforeAll(async () => {
  system = await sharedSystem();
});
afterEach(() => {
  system.laptop.klaviyo.setFaults({});
});

const { aMirror } = mirrorsIn(() => system);

describe("a run in sync mode mirror", () => {
  it("takes off the list who left the segment, and sends only who joined", async () => {
    const mirror = await aMirror();
    await mirror.put(people(1, 100));
    expect((await mirror.run()).removals).toMatchObject({ leaving: 0 });

    await mirror.put([...people(26, 100), ...people(201, 205)]);
    const run = await mirror.run();

    expect(run.status).toBe("successful");
    expect(run.numbers).toMatchObject({ members: 80, unchanged: 75, imported: 5 });
    expect(run.removals).toEqual({ leaving: 25, removed: 25, notFound: 0, unremoved: 0 });
    expect(mirror.members()).toEqual([...people(26, 100), ...people(201, 205)].sort());
    const account = system.laptop.klaviyo.accounts().find(({ id }) => id === mirror.accountId);
    expect(account?.profiles).toBe(105);
  });
});

describe("the removal guard", () => {
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

describe("a list that a mirror uses", () => {
  it("is no other export's, over whichever connection to the account", async () => {
    const mirror = await aMirror();
    const other = await system.createConnection({ apiKey: mirror.apiKey });
    const body = {
      displayName: "Other",
      connectionId: other,
      listId: mirror.listId,
      segments: [mirror.segment],
      mapping: { email: "Email" },
    };
    const refused = await system.call("POST", "/exports", { body });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: "listMirrored",
        field: "/listId",
        params: { listId: mirror.listId, exportId: mirror.exportId },
      },
    });

    await system.call("DELETE", `/exports/${mirror.exportId}/connection`);
    const second = await system.call<{ exportId: string }>("POST", "/exports", { body });
    expect(second.status).toBe(201);
    const attaching = await system.call("PUT", `/exports/${mirror.exportId}/connection`, {
      body: { connectionId: mirror.connectionId },
    });
    expect(attaching).toMatchObject({ status: 409, body: { code: "listMirrored" } });
    const switching = await system.call("PUT", `/exports/${second.body.exportId}`, {
      body: { ...body, syncMode: "mirror" },
    });
    expect(switching.status).toBe(200);
  });
});
