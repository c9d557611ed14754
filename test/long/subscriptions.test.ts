import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startSystem, type System } from "../support/system";
import type { SubscriptionNumbers } from "../../shared/domain/exports/subscription";

/** Who is subscribed to email marketing, and who never is, proved on the whole system. */
describe("subscribing an export's members", () => {
  let system: System;
  let connectionId: string;
  let accountId: string;
  let segments = 0;

  beforeAll(async () => {
    system = await startSystem();
    connectionId = await system.createConnection();
    accountId = system.laptop.klaviyo.first.accountId;
  });
  afterAll(() => system.close());

  const klaviyo = () => system.laptop.klaviyo;
  const consentOf = (email: string) => klaviyo().subscription(accountId, email)?.consent;
  const csv = (...emails: string[]): string => ["Email", ...emails, ""].join("\n");
  const numbers = (overrides: Partial<SubscriptionNumbers>): SubscriptionNumbers => ({
    requested: 0,
    accepted: 0,
    uncertain: 0,
    alreadySubscribed: 0,
    excludedUnsubscribed: 0,
    excludedSuppressed: 0,
    excludedWithoutConsent: 0,
    excludedConsentUnclear: 0,
    excludedWithoutConsentTime: 0,
    failed: 0,
    ...overrides,
  });
  /** The emails of the subscribe jobs for a list. */
  const askedFor = (listId: string): string[] =>
    klaviyo()
      .subscriptionJobs()
      .filter((job) => job.listId === listId)
      .flatMap(({ profiles }) => profiles.map(({ email }) => email))
      .sort();

  /** A segment of these people, a list with single opt-in, and an export of one to the other. */
  async function anExportOf(
    emails: readonly string[],
    subscription: object | "none" = { agree: true, historicalImport: false },
    connection = connectionId,
  ) {
    segments += 1;
    const segment = `people-${String(segments)}`;
    await system.putSegment(segment, { "a.csv": csv(...emails) });
    const list = { name: segment, optInProcess: "single_opt_in" } as const;
    const listId = klaviyo().createList(accountId, list).id;
    const exportId = await system.createExport(connection, {
      listId,
      segments: [segment],
      ...(subscription === "none" ? {} : { subscription }),
    });
    return { segment, listId, exportId };
  }
  async function runOf(exportId: string, body: object = {}) {
    const started = await system.call<{ runId: string }>("POST", `/exports/${exportId}/runs`, {
      body,
    });
    expect(started.status).toBe(202);
    const run = await system.ended(started.body.runId);
    return run as typeof run & { subscriptions?: SubscriptionNumbers };
  }
  /** Klaviyo does what it has taken a moment later. */
  async function eventually(check: () => void): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        check();
        return;
      } catch (error) {
        if (tries === 100) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

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
