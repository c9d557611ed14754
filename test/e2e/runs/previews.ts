import { beforeAll, describe, expect, it } from "@jest/globals";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";
import { loseSnapshots } from "../../support/system-steps";
import type { PreviewAnswer } from "../../../shared/contract/answers/preview-answer";

/** What a preview tells of a run, and that it leaves everything alone, on the whole system. */
describe("a preview", () => {
  let system: System;
  let connectionId: string;
  let segments = 0;

  beforeAll(async () => {
    system = await sharedSystem();
    connectionId = await system.createConnection();
  });

  const csv = (...emails: string[]): string =>
    ["Email,Name", ...emails.map((email) => `${email},X`), ""].join("\n");
  const klaviyo = () => system.laptop.klaviyo;
  async function anExport(emails: readonly string[], overrides: object = {}) {
    segments += 1;
    const segment = `seen-${String(segments)}`;
    await system.putSegment(segment, { "a.csv": csv(...emails) });
    const listId = klaviyo().createList(klaviyo().first.accountId, { name: segment }).id;
    const exportId = await system.createExport(connectionId, {
      ...{ listId, segments: [segment] },
      ...overrides,
    });
    return { segment, listId, exportId };
  }
  type Answer = PreviewAnswer & { code?: string };
  async function preview(exportId: string, body: object = {}): Promise<Answer> {
    const asked = await system.call<Answer>("POST", `/exports/${exportId}/previews`, { body });
    expect(asked.status).toBe(202);
    const location = asked.headers.get("location");
    expect(location).toBe(asked.body.links.self);
    for (;;) {
      const { body: answer } = await system.call<Answer>("GET", asked.body.links.self);
      if (answer.status !== "running") {
        return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  /** Requests to Klaviyo that were no GETs. */
  const writes = (): number =>
    Object.entries(klaviyo().statistics().answers)
      .filter(([operation]) => !operation.startsWith("get_"))
      .reduce((sum, [, statuses]) => sum + Object.values(statuses).reduce((a, b) => a + b, 0), 0);

  it("says what a run would do, and does nothing of it", async () => {
    const { listId, exportId } = await anExport([
      "new.1@example.org",
      "",
      "nobody",
      "NEW.2@example.org",
      "new.1@example.org",
    ]);
    const before = writes();

    const seen = await preview(exportId);

    expect(seen).toMatchObject({
      status: "ready",
      numbers: {
        ...{ rows: 5, blank: 1, invalid: 1, duplicates: 1, members: 2 },
        ...{ new: 2, changed: 0, unchanged: 0, tooLarge: 0, leaving: 0 },
      },
      profiles: [
        { type: "profile", attributes: { email: "new.1@example.org" } },
        { type: "profile", attributes: { email: "new.2@example.org" } },
      ],
      rejections: [
        { file: "a.csv", row: 2, email: null, code: "emailBlank" },
        { file: "a.csv", row: 3, email: "nobody", code: "emailInvalid" },
        { file: "a.csv", row: 5, email: "new.1@example.org", code: "emailDuplicate" },
      ],
      estimate: { calls: { importJobs: 1, removals: 0, subscriptions: 0 } },
    });
    expect(seen.stop).toBeUndefined();
    expect(writes()).toBe(before);
    expect(system.members(listId)).toEqual([]);
    const runs = await system.call<{ items: unknown[] }>("GET", `/exports/${exportId}/runs`);
    expect(runs.body.items).toEqual([]);
    const shown = await system.call<{ currentRunId?: string }>("GET", `/exports/${exportId}`);
    expect(shown.body.currentRunId).toBeUndefined();
    expect(system.logLines().join("\n")).not.toContain("new.1@example.org");
  });

  it("compares with what Klaviyo has confirmed, as the run after it does", async () => {
    const { segment, exportId } = await anExport(
      ["a@example.org", "b@example.org", "c@example.org"],
      {
        syncMode: "mirror",
      },
    );
    await system.run(exportId);
    await system.putSegment(segment, {
      "a.csv": csv("a@example.org", "b@example.org", "d@example.org"),
    });

    const seen = await preview(exportId);
    expect(seen.numbers).toMatchObject({ members: 3, new: 1, unchanged: 2, leaving: 1 });
    // A third of the list would go.
    expect(seen.stop).toMatchObject({ code: "removalGuard", params: { leaving: 1, listed: 3 } });
    const run = await system.run(exportId);
    expect(run.problem).toEqual(seen.stop);

    const full = await preview(exportId, { mode: "full" });
    expect(full.numbers).toMatchObject({ new: 1, changed: 2, unchanged: 0 });
  });

  it("shows old and new of profiles that change, and nothing of those that do not", async () => {
    const { segment, exportId } = await anExport(["a@example.org", "b@example.org"], {
      mapping: { email: "Email", first_name: "Name", properties: { Tier: "Name" } },
    });
    await system.run(exportId);
    await system.putSegment(segment, {
      "a.csv": "Email,Name\na@example.org,New\nb@example.org,X\nc@example.org,X\n",
    });

    const seen = await preview(exportId);
    expect(seen.numbers).toMatchObject({ new: 1, changed: 1, unchanged: 1 });
    expect(seen.changes).toEqual([
      {
        email: "a@example.org",
        fields: [
          { attribute: "first_name", before: "X", after: "New" },
          { attribute: "properties.Tier", before: "X", after: "New" },
        ],
      },
    ]);
  });

  it("takes off nobody where the snapshot is lost, and shows whom a reconciliation would take off", async () => {
    const people = ["a@example.org", "b@example.org", "c@example.org", "d@example.org"];
    const { segment, listId, exportId } = await anExport(people, { syncMode: "mirror" });
    klaviyo().seedProfiles(klaviyo().first.accountId, ["guest@example.net"], listId);
    await system.run(exportId);
    await loseSnapshots(system, exportId, "delete");

    const one = await preview(exportId);
    expect(one.numbers).toMatchObject({ members: 4, leaving: 0 });
    expect(one.warnings).toMatchObject([
      { code: "snapshotUnreadable" },
      { code: "leaversUnknown" },
    ]);
    expect(one.stop).toBeUndefined();

    const reconciled = await preview(exportId, { reconcile: true });
    expect(reconciled.numbers).toMatchObject({ members: 4, leaving: 1 });
    expect(reconciled.leavers).toEqual(["guest@example.net"]);
    expect(reconciled.warnings).toMatchObject([
      { code: "snapshotUnreadable" },
      { code: "othersRemoved" },
    ]);
    expect(reconciled.stop).toBeUndefined();

    await system.putSegment(segment, { "a.csv": csv("a@example.org", "b@example.org", "e@x.org") });
    const seen = await preview(exportId, { reconcile: true });
    expect(seen.leavers).toEqual(["c@example.org", "d@example.org", "guest@example.net"]);
    expect(seen.stop).toMatchObject({ code: "removalGuard", params: { leaving: 3, listed: 5 } });
    const run = await system.run(exportId, "incremental", { reconcile: true });
    expect(run.problem).toEqual(seen.stop);
    expect(system.members(listId)).toHaveLength(5);
  });

  it("says what would stop a run: the limit, or no valid address", async () => {
    const limited = await system.createConnection({ profileLimit: 1 });
    const { exportId } = await anExport(["a@example.org", "b@example.org"], {
      connectionId: limited,
    });
    expect((await preview(exportId)).stop).toMatchObject({
      code: "overProfileLimit",
      params: { members: 2, limit: 1 },
    });
    const none = await anExport(["nobody"]);
    expect((await preview(none.exportId)).stop).toMatchObject({ code: "noValidEmail" });
  });

  it("fails with what a run would fail with", async () => {
    const gone = await anExport(["a@example.org"]);
    klaviyo().deleteList(gone.listId);
    expect(await preview(gone.exportId)).toMatchObject({
      status: "failed",
      problem: { code: "listNotFound" },
    });

    const empty = await anExport(["a@example.org"]);
    await system.removeSegment(empty.segment);
    expect(await preview(empty.exportId)).toMatchObject({
      status: "failed",
      problem: { code: "segmentMissing" },
    });

    const unmapped = await anExport(["a@example.org"], { mapping: { email: "Mail" } });
    expect(await preview(unmapped.exportId)).toMatchObject({
      status: "failed",
      problem: { code: "fieldMissing" },
    });
  });

  it("is for those who may run the export, and goes when the export goes", async () => {
    const { exportId } = await anExport(["a@example.org"]);
    const seen = await preview(exportId);
    const path = seen.links.self;
    const look = (role?: "contributor" | "viewer") =>
      system.call<Answer>("GET", path, role === undefined ? {} : { role });
    expect((await look("contributor")).status).toBe(200);
    const viewer = await look("viewer");
    expect([viewer.status, viewer.body.code]).toEqual([403, "notPermitted"]);
    expect(JSON.stringify(viewer.body)).not.toContain("example.org");
    const asked = await system.call("POST", `/exports/${exportId}/previews`, { role: "viewer" });
    expect(asked.status).toBe(403);
    const { body: audit } = await system.call<{ items: { action: string; outcome: string }[] }>(
      "GET",
      `/audit?target=${exportId}&action=createPreview`,
    );
    expect(audit.items.map(({ outcome }) => outcome)).toEqual(["refused", "succeeded"]);

    await system.call("DELETE", `/exports/${exportId}/connection`);
    const detached = await look();
    expect([detached.status, detached.body.code]).toEqual([404, "previewNotFound"]);
  });
});
