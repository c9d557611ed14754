import { beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Explanation } from "../../../shared/domain/explanations/explanation";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";
import { addAccount, until } from "../../support/system-steps";

jest.setTimeout(120_000);

let system: System;
let accounts = 0;
beforeAll(async () => {
  system = await sharedSystem();
});
beforeEach(() => {
  system.laptop.klaviyo.setFaults({});
});

const ann = "ann@example.org";
const csv = (...rows: string[]): string => `Email,Name\n${rows.join("\n")}\n`;
const others = ["ben,Ben", "cem,Cem", "dot,Dot", "eve,Eve"].map((row) =>
  row.replace(",", "@example.org,"),
);
const annsRow = `${ann},Ann`;

/** An export of one segment, in an account of its own. */
async function anExport(overrides: object = {}) {
  accounts += 1;
  const accountId = `Exp${String(accounts).padStart(3, "0")}`;
  const { apiKey, listId } = addAccount(system, accountId);
  const segment = `explained-${accounts}`;
  const put = (...rows: string[]) => system.putSegment(segment, { "1.csv": csv(...rows) });
  await put(annsRow, ...others);
  const connectionId = await system.createConnection({ apiKey });
  const exportId = await system.createExport(connectionId, {
    ...{ listId, segments: [segment], mapping: { email: "Email", first_name: "Name" } },
    ...overrides,
  });
  const { klaviyo } = system.laptop;
  return {
    ...{ accountId, apiKey, listId, segment, connectionId, exportId, put, klaviyo },
    run: (options = {}) => system.run(exportId, undefined, options),
    explain: async (email = ann, role: "administrator" | "viewer" = "administrator") =>
      system.call<Explanation>("POST", `/exports/${exportId}/explanations`, {
        ...{ body: { email }, role },
      }),
    /** The reason's code, which the sentence goes with. */
    async reason(email = ann) {
      const { status, body } = await this.explain(email);
      expect(status).toBe(200);
      expect(body.reason.sentence).not.toMatch(/[{}]|@/);
      return [body.reason.code, body.reason.onList];
    },
    /** As somebody does in Klaviyo. */
    async takeOffByHand(email: string) {
      const headers = {
        ...{ authorization: `Klaviyo-API-Key ${apiKey}`, revision: "2026-07-15" },
        "content-type": "application/vnd.api+json",
      };
      const filter = encodeURIComponent(`equals(email,"${email}")`);
      const found = await fetch(`${klaviyo.url}/api/lists/${listId}/profiles?filter=${filter}`, {
        headers,
      });
      const { data } = (await found.json()) as { data: { id: string }[] };
      await fetch(`${klaviyo.url}/api/lists/${listId}/relationships/profiles`, {
        ...{ method: "DELETE", headers },
        body: JSON.stringify({ data: [{ type: "profile", id: data[0]!.id }] }),
      });
    },
    update: async (changes: object) => {
      const { body } = await system.call<Record<string, unknown>>("GET", `/exports/${exportId}`);
      const { displayName, segments, mapping, syncMode, version } = body;
      const settings = { displayName, connectionId, listId, segments, mapping, syncMode, version };
      const put = await system.call("PUT", `/exports/${exportId}`, {
        body: { ...settings, ...changes },
      });
      expect(put.status).toBe(200);
    },
  };
}

describe("after one run, why somebody is not on the list, or not as expected", () => {
  const large = "A".repeat(110_000);
  let made: Awaited<ReturnType<typeof anExport>>;
  beforeAll(async () => {
    made = await anExport({
      mapping: {
        ...{ email: "Email", first_name: "Name" },
        properties: { Points: { field: "Name", type: "number" } },
      },
    });
    await made.put(annsRow, `${ann},Anna`, ...others, "fay@example.org,Fay");
    await system.putSegment(`${made.segment}-b`, {
      "1.csv": csv(
        "ben@example.org,B",
        `gus@example.org,${large}`,
        "Bad@example,Bad",
        "hal@example.org,Hal",
      ),
    });
    await made.update({
      segments: [made.segment, `${made.segment}-b`],
    });
    made.klaviyo.setFaults({ rules: [{ kind: "refuseProfile", emails: ["fay@example.org"] }] });
    expect((await made.run()).status).toBe("completedWithWarnings");
    made.klaviyo.setFaults({});
    made.klaviyo.unsubscribe(made.accountId, ["cem@example.org"]);
    made.klaviyo.suppress(made.accountId, ["dot@example.org"], "HARD_BOUNCE");
    await made.takeOffByHand("eve@example.org");
    await system.putSegment(`${made.segment}-b`, {
      "1.csv": csv(
        ...["ben@example.org,B", `gus@example.org,${large}`, "Bad@example,Bad"],
        "ida@example.org,Ida",
      ),
    });
  });

  it.each([
    ["1: no row has the address", "zoe@example.org", "notInSegments", false],
    ["2: the address of their row is none", "bad@example", "emailInvalid", false],
    ["3: what is asked for is no address", "nobody at all", "addressInvalid", false],
    ["4: what is asked for is no SQL either", `x' OR email = '${ann}`, "addressInvalid", false],
    ["5: Klaviyo refused them", "fay@example.org", "refusedByKlaviyo", false],
    ["6: their profile is too large", "gus@example.org", "profileTooLarge", false],
    ["7: somebody took them off in Klaviyo", "eve@example.org", "removedInKlaviyo", false],
    ["8: the file is newer than the run", "ida@example.org", "joinedSince", false],
    ["9: they left, and nobody is removed", "hal@example.org", "onListLeft", true],
    ["10: another row comes first", ann, "onListByFirstRow", true],
    ["11: a row of another segment comes first", "ben@example.org", "onListByOtherSegment", true],
    ["12: they have unsubscribed", "cem@example.org", "onListUnsubscribed", true],
    ["13: they are suppressed", "dot@example.org", "onListSuppressed", true],
  ])("%s", async (_why, email, code, onList) => {
    expect(await made.reason(email)).toEqual([code, onList]);
  });

  it("the rest is told with it: rows, values, runs, snapshot, and what Klaviyo says", async () => {
    const { body } = await made.explain(" ANN@example.org ");
    expect(body).toMatchObject({
      segments: {
        kind: "searched",
        rows: [
          { segment: made.segment, file: "1.csv", row: 1, verdict: "used" },
          { segment: made.segment, file: "1.csv", row: 2, verdict: "duplicate" },
        ],
        rowCount: 2,
        profile: { attributes: { email: ann, first_name: "Ann" } },
        leftOut: [{ attribute: "properties.Points", field: "Name", reason: "notType" }],
      },
      runs: [{ status: "completedWithWarnings", verdict: { kind: "new" } }],
      snapshot: "holds",
      klaviyo: { kind: "asked", onList: true, profile: { suppressions: [] } },
    });
    expect((await made.explain("fay@example.org")).body).toMatchObject({
      runs: [{ verdict: { kind: "refused", text: expect.any(String) } }],
      snapshot: "holdsNot",
    });
  });

  it("14: the export sends to another list since", async () => {
    await made.update({ listId: made.klaviyo.createList(made.accountId, { name: "New" }).id });
    expect(await made.reason()).toEqual(["listChanged", false]);
  });
});

describe("why somebody is not on the list", () => {
  it("15: no row has the address, but some have none; 16: nobody asks for consent", async () => {
    const made = await anExport();
    await made.put(annsRow, ",Zoe");
    await made.run();
    expect(await made.reason("zoe@example.org")).toEqual(["rowWithoutEmail", false]);
    expect(await made.reason()).toEqual(["onListNotSubscribed", true]);
  });

  it("17: the export has never run; 18: its segment is not whole; 19: it is missing", async () => {
    const made = await anExport();
    expect(await made.reason()).toEqual(["neverRun", false]);

    const { status } = await system.call("PUT", `/segments/${made.segment}/settings`, {
      body: { marker: { kind: "manifest", name: "files.txt" } },
    });
    expect(status).toBe(200);
    expect(await made.reason()).toEqual(["segmentUnfinished", false]);

    await system.removeSegment(made.segment);
    expect(await made.reason()).toEqual(["segmentMissing", false]);
  });

  it("20: the last run was skipped", async () => {
    const made = await anExport();
    await system.removeSegment(made.segment);
    expect((await made.run()).status).toBe("skipped");
    await made.put(annsRow);
    expect(await made.reason()).toEqual(["runSkipped", false]);
    expect((await made.explain()).body.runs).toMatchObject([
      { verdict: { kind: "notRun", problem: { code: "segmentMissing" } } },
    ]);
  });

  it("21: the last run failed", async () => {
    const made = await anExport();
    made.klaviyo.setFaults({ rules: [{ kind: "cancelJob", rate: 1 }] });
    expect((await made.run()).status).toBe("failed");
    expect(await made.reason()).toEqual(["runFailed", false]);
  });

  it("22: a run is going on; 23: it was canceled before it came to them", async () => {
    const made = await anExport();
    made.klaviyo.setFaults({
      rules: [
        { kind: "throttle", rate: 1, operations: ["bulk_import_profiles"], retryAfterSeconds: 30 },
      ],
    });
    const { runId } = await system.startRun(made.exportId);
    // What is canceled before it was counted has no numbers.
    await until(system, runId, ({ phase }) => phase === "pushing");
    expect(await made.reason()).toEqual(["runUnderWay", false]);
    await system.call("POST", `/runs/${runId}/cancel`);
    expect(await system.ended(runId)).toMatchObject({
      ...{ status: "canceled", numbers: { imported: 0, unsent: 5 } },
    });
    expect(await made.reason()).toEqual(["runCanceled", false]);
  });

  it("24: they left, and were taken off; 25: the removal guard stopped the run", async () => {
    const made = await anExport({ syncMode: "mirror" });
    await made.run();
    await made.put(...others);
    await made.run();
    expect(await made.reason()).toEqual(["leftAndRemoved", false]);

    await made.put(annsRow, others[0]!);
    expect((await made.run()).problem?.code).toBe("removalGuard");
    expect(await made.reason()).toEqual(["guardStopped", false]);
    const { body } = await made.explain("eve@example.org");
    expect(body.runs[0]?.verdict).toEqual({ kind: "heldBack" });
  });

  it("26: the members were over the profile limit", async () => {
    const made = await anExport();
    const path = `/connections/${made.connectionId}`;
    const { body } = await system.call<{ version: number; displayName: string }>("GET", path);
    const { version, displayName } = body;
    await system.call("PUT", path, {
      body: { version, displayName, sharing: "administrators", profileLimit: 2 },
    });
    await made.run();
    expect(await made.reason()).toEqual(["overProfileLimit", false]);
  });

  it("27: the connection's key is refused; 28: the export is on no connection", async () => {
    const made = await anExport();
    made.klaviyo.revokeKey(made.apiKey);
    expect(await made.reason()).toEqual(["accountUnreachable", null]);
    expect((await made.explain()).body.segments).toMatchObject({ kind: "searched", rowCount: 1 });

    await system.call("DELETE", `/exports/${made.exportId}/connection`);
    expect(await made.reason()).toEqual(["noConnection", null]);
  });
});

it("an explanation is refused to viewers, and recorded without the address", async () => {
  const made = await anExport();
  expect((await made.explain(ann, "viewer")).status).toBe(403);
  expect((await made.explain()).status).toBe(200);
  const { body } = await system.call<{ items: object[] }>(
    ...(["GET", `/audit?target=${made.exportId}&action=explainProfile`] as const),
  );
  expect(body.items).toMatchObject([
    { outcome: "succeeded", after: { reason: "neverRun" } },
    { outcome: "refused", code: "notPermitted" },
  ]);
  expect(JSON.stringify(body)).not.toContain("ann@");
  expect(system.logLines().join("\n")).not.toContain(ann);
});
