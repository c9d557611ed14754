import { beforeAll, describe, expect, it } from "@jest/globals";
import { csv, eventually, numbers, subscribingExports } from "../../support/exports/subscribing";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";

/** Who is subscribed to email marketing, and who never is, proved on the whole system. */
describe("subscribing an export's members", () => {
  let system: System;
  let connectionId: string;
  let accountId: string;

  beforeAll(async () => {
    system = await sharedSystem();
    connectionId = await system.createConnection();
    accountId = system.laptop.klaviyo.first.accountId;
  });

  const klaviyo = () => system.laptop.klaviyo;
  const { consentOf, askedFor, anExportOf, runOf } = subscribingExports(
    () => system,
    () => connectionId,
  );

  it("subscribes nobody unless the export says so", async () => {
    const { listId, exportId } = await anExportOf(["plain@example.org"], "none");
    const run = await runOf(exportId);

    expect(run.status).toBe("successful");
    expect(run.subscriptions).toBeUndefined();
    expect(system.members(listId)).toEqual(["plain@example.org"]);
    expect(askedFor(listId)).toEqual([]);
    expect(consentOf("plain@example.org")).toBe("NEVER_SUBSCRIBED");
  });

  it("subscribes the imported members once, and those who join later in the next run", async () => {
    const { segment, listId, exportId } = await anExportOf(["one@example.org", "two@example.org"], {
      agree: true,
      historicalImport: false,
      customSource: "Shop checkout",
    });
    const first = await runOf(exportId);
    expect(first.status).toBe("successful");
    expect(first.subscriptions).toEqual(numbers({ requested: 2, accepted: 2 }));
    await eventually(() => expect(consentOf("two@example.org")).toBe("SUBSCRIBED"));
    expect(klaviyo().subscription(accountId, "one@example.org")?.customSource).toBe(
      "Shop checkout",
    );

    await system.putSegment(segment, {
      "a.csv": csv("one@example.org", "two@example.org", "three@example.org"),
    });
    const second = await runOf(exportId);
    expect(second.subscriptions).toEqual(numbers({ requested: 1, accepted: 1 }));
    const third = await runOf(exportId, { mode: "full" });
    expect(third.subscriptions).toEqual(numbers({}));
    expect(askedFor(listId)).toEqual(["one@example.org", "three@example.org", "two@example.org"]);
  });

  it("leaves who has unsubscribed or is suppressed as they are, also when they unsubscribe between runs", async () => {
    klaviyo().unsubscribe(accountId, ["gone@example.org"]);
    klaviyo().suppress(accountId, ["bounced@example.org"], "HARD_BOUNCE");
    klaviyo().suppress(accountId, ["blocked@example.org"], "USER_SUPPRESSED");
    const { segment, listId, exportId } = await anExportOf([
      "gone@example.org",
      "bounced@example.org",
      "blocked@example.org",
      "willing@example.org",
    ]);
    const first = await runOf(exportId);
    expect(first.status).toBe("successful");
    expect(first.subscriptions).toEqual(
      numbers({ requested: 4, accepted: 1, excludedUnsubscribed: 1, excludedSuppressed: 2 }),
    );
    await eventually(() => expect(consentOf("willing@example.org")).toBe("SUBSCRIBED"));

    klaviyo().unsubscribe(accountId, ["willing@example.org"]);
    await runOf(exportId, { mode: "full" });
    // Another export that knows nothing of the first finds the same.
    const other = await system.createExport(connectionId, {
      listId,
      segments: [segment],
      subscription: { agree: true, historicalImport: false },
    });
    const run = await runOf(other);

    expect(run.subscriptions).toEqual(
      numbers({ requested: 4, excludedUnsubscribed: 2, excludedSuppressed: 2 }),
    );
    expect(askedFor(listId)).toEqual(["willing@example.org"]);
    expect(consentOf("gone@example.org")).toBe("UNSUBSCRIBED");
    expect(consentOf("willing@example.org")).toBe("UNSUBSCRIBED");
  });

  it("keeps who agreed, when, and to which words, and wants that said when it is switched on", async () => {
    const { exportId } = await anExportOf(["ack@example.org"], "none");
    type Shown = Record<string, unknown> & { subscription?: { acknowledgement: object } };
    const { body: shown } = await system.call<Shown>("GET", `/exports/${exportId}`);
    const { displayName, listId, segments: names, mapping } = shown;
    const put = (subscription?: object) =>
      system.call<Shown & { code?: string; field?: string }>("PUT", `/exports/${exportId}`, {
        body: {
          ...{ displayName, connectionId, listId, segments: names, mapping },
          ...(subscription && { subscription }),
        },
      });

    const refused = await put({ historicalImport: false });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: "invalidRequest", field: "/subscription/agree" });

    const agreed = await put({ historicalImport: false, agree: true });
    const acknowledgement = {
      agreedBy: expect.any(String),
      agreedAt: expect.any(String),
      wordingVersion: "2026-11",
      wording: expect.stringMatching(/subscribes the members/),
    };
    expect(agreed.body.subscription?.acknowledgement).toEqual(acknowledgement);
    // While it is on, the first one stays.
    const changed = await put({ historicalImport: false, customSource: "Shop" });
    expect(changed.body.subscription).toEqual({
      historicalImport: false,
      customSource: "Shop",
      acknowledgement: agreed.body.subscription?.acknowledgement,
    });
    expect((await put()).body.subscription).toBeUndefined();
    expect((await put({ historicalImport: false })).status).toBe(400);

    const refusedRun = await system.call<{ field: string }>("POST", `/exports/${exportId}/runs`, {
      body: { resubscribe: true },
    });
    expect([refusedRun.status, refusedRun.body.field]).toEqual([400, "/resubscribe"]);
  });
});
