import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { csv, eventually, numbers, subscribingExports } from "../support/exports/subscribing";
import { startSystem, type System } from "../support/system";

/** Who is subscribed to email marketing, and who never is, proved on the whole system. */
describe("subscribing an export's members", () => {
  let system: System;
  let connectionId: string;
  let accountId: string;

  beforeAll(async () => {
    system = await startSystem();
    connectionId = await system.createConnection();
    accountId = system.laptop.klaviyo.first.accountId;
  });
  afterAll(() => system.close());

  const klaviyo = () => system.laptop.klaviyo;
  const { consentOf, askedFor, anExportOf, runOf } = subscribingExports(
    () => system,
    () => connectionId,
  );

  it("subscribes those again who unsubscribed, when a person says so for that run", async () => {
    klaviyo().unsubscribe(accountId, ["back@example.org"]);
    klaviyo().suppress(accountId, ["complained@example.org"], "SPAM_COMPLAINT");
    const { exportId } = await anExportOf(["back@example.org", "complained@example.org"]);
    await runOf(exportId);
    expect(consentOf("back@example.org")).toBe("UNSUBSCRIBED");

    const run = await runOf(exportId, { resubscribe: true });

    expect(run.subscriptions).toEqual(
      numbers({ requested: 2, accepted: 1, excludedSuppressed: 1 }),
    );
    await eventually(() => expect(consentOf("back@example.org")).toBe("SUBSCRIBED"));
    expect(klaviyo().subscription(accountId, "complained@example.org")?.suppressions).toHaveLength(
      1,
    );
    const { body } = await system.call<{ items: { after?: object; action: string }[] }>(
      "GET",
      `/audit?target=${exportId}`,
    );
    const starts = body.items.filter(({ action }) => action === "startRun");
    expect(starts.map(({ after }) => after)).toEqual([
      expect.objectContaining({ resubscribe: true }),
      expect.not.objectContaining({ resubscribe: true }),
    ]);
  });

  it("imports consents from before with their times, and nobody's without one", async () => {
    await system.putSegment("historical", {
      "a.csv": [
        "Email,Consented",
        "early@example.org,2020-05-01T10:00:00+02:00",
        "date@example.org,2021-02-03",
        "future@example.org,2099-01-01T00:00:00Z",
        "never@example.org,",
        "",
      ].join("\n"),
    });
    // With double opt-in, which a historical import passes over.
    const listId = klaviyo().createList(accountId, { name: "historical" }).id;
    const subscription = {
      ...{ agree: true, historicalImport: true, consentedAtField: "Consented" },
    };
    const exportId = await system.createExport(connectionId, {
      ...{ listId, segments: ["historical"], subscription },
      mapping: { email: "Email", properties: { "Consent/at": "Consented" } },
    });

    const run = await runOf(exportId);

    expect(run.status).toBe("completedWithWarnings");
    expect(run.subscriptions).toEqual(
      numbers({ requested: 4, accepted: 2, excludedWithoutConsentTime: 2 }),
    );
    expect(run.warnings).toMatchObject([
      { code: "consentTimeMissing", params: { members: 2, field: "Consented" } },
    ]);
    await eventually(() => expect(consentOf("date@example.org")).toBe("SUBSCRIBED"));
    expect(klaviyo().subscription(accountId, "early@example.org")?.consentedAt).toBe(
      Date.parse("2020-05-01T08:00:00Z"),
    );
    expect(consentOf("future@example.org")).toBe("NEVER_SUBSCRIBED");

    const unmapped = await system.call<{ field: string }>("POST", "/exports", {
      body: {
        ...{ displayName: "Unmapped", connectionId, listId, segments: ["historical"] },
        ...{ mapping: { email: "Email" }, subscription },
      },
    });
    expect([unmapped.status, unmapped.body.field]).toEqual([400, "/subscription/consentedAtField"]);
  });

  it("names the scope that is missing, when the export is saved and when a run needs it", async () => {
    const scopes = [
      "accounts:read",
      "lists:read",
      "lists:write",
      "profiles:read",
      "profiles:write",
    ] as const;
    const { key } = klaviyo().addKey(accountId, { scopes });
    const lesser = await system.createConnection({ apiKey: key });
    const { status, body } = await system.call<object>("POST", "/exports", {
      body: {
        displayName: "Lacking",
        connectionId: lesser,
        listId: klaviyo().first.listId,
        segments: ["people-1"],
        mapping: { email: "Email" },
        subscription: { agree: true, historicalImport: false },
      },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "scopesMissing",
      field: "/subscription",
      params: { scopes: "subscriptions:write" },
    });

    const own = await system.createConnection();
    const agreed = { agree: true, historicalImport: false };
    const { exportId } = await anExportOf(["scope@example.org"], agreed, own);
    const replaced = await system.call("PUT", `/connections/${own}/key`, {
      body: { apiKey: key },
    });
    expect(replaced.status).toBe(200);
    const run = await runOf(exportId);
    expect(run.status).toBe("completedWithWarnings");
    expect(run.numbers).toMatchObject({ members: 1, imported: 1 });
    expect(run.subscriptions).toEqual(numbers({ requested: 1, failed: 1 }));
    expect(run.warnings).toMatchObject([
      { code: "subscriptionsFailed", params: { failed: 1, requested: 1 } },
      { code: "scopesMissing", params: { scopes: "subscriptions:write" } },
    ]);
    // Other exports need no such scope, so the connection works.
    const { body: connection } = await system.call<{ state: string }>("GET", `/connections/${own}`);
    expect(connection.state).toBe("working");

    await system.call("PUT", `/connections/${own}/key`, {
      body: { apiKey: klaviyo().first.apiKey },
    });
    const next = await runOf(exportId);
    expect(next.subscriptions).toEqual(numbers({ requested: 1, accepted: 1 }));
  });

  it("subscribes nobody whom Klaviyo can't be asked about, and repeats nothing needlessly", async () => {
    const { listId, exportId } = await anExportOf(
      Array.from({ length: 2_300 }, (_, index) => `many.${String(index)}@example.org`),
    );
    klaviyo().setFaults({
      rules: [
        { kind: "serverError", rate: 1, operations: ["get_profiles"], limit: 3 },
        {
          kind: "reset",
          rate: 1,
          operations: ["bulk_subscribe_profiles"],
          limit: 1,
          when: "after",
        },
      ],
    });
    const run = await runOf(exportId);
    klaviyo().setFaults({});

    expect(run.status).toBe("successful");
    const { accepted, alreadySubscribed } = run.subscriptions!;
    expect(accepted + alreadySubscribed).toBe(2_300);
    expect(new Set(askedFor(listId)).size).toBe(2_300);
    // The lost answer may have cost one batch to be asked for twice, and no more.
    expect(askedFor(listId).length).toBeLessThanOrEqual(3_300);
  });

  it("asks for nobody twice on a list with double opt-in, whose mails nobody has confirmed", async () => {
    await system.putSegment("double", { "a.csv": csv("mail.1@example.org", "mail.2@example.org") });
    const listId = klaviyo().createList(accountId, { name: "double" }).id;
    const exportId = await system.createExport(connectionId, {
      ...{ listId, segments: ["double"], subscription: { agree: true, historicalImport: false } },
    });
    klaviyo().setFaults({
      rules: [
        {
          ...{ kind: "reset", rate: 1, limit: 1, when: "after" },
          operations: ["bulk_subscribe_profiles"],
        },
      ],
    });
    const run = await runOf(exportId);
    klaviyo().setFaults({});

    expect(run.status).toBe("completedWithWarnings");
    expect(run.subscriptions).toEqual(numbers({ requested: 2, uncertain: 2 }));
    expect(run.warnings).toMatchObject([
      { code: "subscriptionsUncertain", params: { uncertain: 2, requested: 2 } },
      { code: "klaviyoUnavailable" },
    ]);
    expect((await runOf(exportId, { mode: "full" })).subscriptions).toEqual(numbers({}));
    expect(askedFor(listId)).toEqual(["mail.1@example.org", "mail.2@example.org"]);
    expect(consentOf("mail.1@example.org")).toBe("NEVER_SUBSCRIBED");
  });
});
