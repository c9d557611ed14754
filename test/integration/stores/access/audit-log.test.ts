import { describe, expect, it } from "@jest/globals";
import { createAuditLog } from "../../../../shared/adapters/aws/dynamodb/audit-log";
import type { AuditEntry, AuditFilter } from "../../../../shared/domain/access/audit";
import type { AuditLog } from "../../../../shared/ports";
import { anInstant } from "../../../support/builders";
import { fakeAuditLog } from "../../../support/fakes/stores/audit-log";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const backends: [string, () => Promise<AuditLog>][] = [
  ["fake", async () => fakeAuditLog()],
  ["DynamoDB", async () => createAuditLog(dynamoDb.client(), await dynamoDb.makeTable("audit"))],
  [
    "DynamoDB that loses answers",
    async () => createAuditLog(dynamoDb.losingAnswers(), await dynamoDb.makeTable("audit")),
  ],
];

const second = (count: number): string =>
  new Date(Date.parse(anInstant) + count * 1_000).toISOString();

function anEntry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    auditId: "audit-1",
    at: anInstant,
    action: "updateExport",
    actor: { userId: "contributor-1", role: "Contributor" },
    source: { kind: "api", requestId: "request-1", ip: "192.0.2.7" },
    outcome: "succeeded",
    target: { kind: "export", id: "export-1" },
    before: { displayName: "Old", segments: ["a"] },
    after: { displayName: "New", segments: ["a", "b"] },
    ...overrides,
  };
}

describe.each(backends)("audit log (%s)", (_name, makeLog) => {
  const all = async (log: AuditLog, filter: AuditFilter = {}, limit = 100, oldestFirst = false) => {
    const found: AuditEntry[] = [];
    let after: string | undefined;
    do {
      const request = { limit, after };
      const page = await log.list(filter, request, { oldestFirst });
      found.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return found;
  };

  it("gives back what was added, and keeps the first of two of the same id", async () => {
    const log = await makeLog();

    await log.add(anEntry());
    await log.add(anEntry({ outcome: "failed" }));

    expect(await all(log)).toEqual([anEntry()]);
  });

  it("completes an entry once, and none that is complete", async () => {
    const log = await makeLog();
    const { target: _target, ...begun } = anEntry({ outcome: "unknown" });
    await log.add(begun);
    const target = { kind: "export", id: "export-2" } as const;

    await log.complete(begun, { outcome: "refused", code: "exportChanged", target });
    await log.complete(begun, { outcome: "succeeded" });
    await log.complete({ auditId: "absent", at: anInstant }, { outcome: "succeeded" });

    const expected = { ...begun, outcome: "refused", code: "exportChanged", target };
    expect(await all(log)).toEqual([expected]);
    expect(await all(log, { target: "export-2" })).toEqual([expected]);
  });

  it.each([1, 2, 5, 7, 100])("lists newest first, each once, in pages of %i", async (limit) => {
    const log = await makeLog();
    for (const count of [3, 1, 4, 0, 2]) {
      await log.add(anEntry({ auditId: `audit-${count}`, at: second(count) }));
    }
    await log.add(anEntry({ auditId: "same-instant", at: second(4) }));

    const found = (await all(log, {}, limit)).map(({ auditId }) => auditId);

    expect(found).toEqual(["same-instant", "audit-4", "audit-3", "audit-2", "audit-1", "audit-0"]);
    const oldestFirst = (await all(log, {}, limit, true)).map(({ auditId }) => auditId);
    expect(oldestFirst).toEqual([...found].reverse());
    const span = { from: new Date(second(1)), until: new Date(second(4)) };
    const within = (await all(log, span, limit, true)).map(({ auditId }) => auditId);
    expect(within).toEqual(["audit-1", "audit-2", "audit-3"]);
  });

  it("finds by all that is asked for", async () => {
    const log = await makeLog();
    const admin = { userId: "administrator-1", role: "Administrator" } as const;
    const connection = { kind: "connection", id: "connection-1" } as const;
    await log.add(anEntry({ auditId: "a", at: second(0) }));
    await log.add(anEntry({ auditId: "b", at: second(1), actor: admin }));
    await log.add(anEntry({ auditId: "c", at: second(2), actor: admin, target: connection }));
    await log.add(
      anEntry({ auditId: "d", at: second(3), action: "deleteExport", outcome: "refused" }),
    );
    const found = async (filter: AuditFilter) =>
      (await all(log, filter, 1)).map(({ auditId }) => auditId).join("");

    expect(await found({ actor: "administrator-1" })).toBe("cb");
    expect(await found({ target: "export-1" })).toBe("dba");
    expect(await found({ target: "export-1", actor: "administrator-1" })).toBe("b");
    expect(await found({ action: "updateExport" })).toBe("cba");
    expect(await found({ outcome: "refused" })).toBe("d");
    expect(await found({ from: new Date(second(1)), until: new Date(second(3)) })).toBe("cb");
    expect(await found({ from: new Date(second(3)), until: new Date(second(1)) })).toBe("");
    expect(await found({ target: "absent" })).toBe("");
  });

  it.each(["", "x", "e30", Buffer.from('{"position":"\\ud800"}').toString("base64url")])(
    "refuses “%s” as a cursor",
    async (after) => {
      const log = await makeLog();

      await expect(log.list({}, { limit: 10, after })).rejects.toMatchObject({
        problem: { code: "invalidRequest" },
        field: "/after",
      });
    },
  );
});

describe("audit log on DynamoDB", () => {
  it("finds one entry among many, however few a page shows", async () => {
    const log = createAuditLog(dynamoDb.client(), await dynamoDb.makeTable("audit"));
    for (let count = 0; count < 450; count += 1) {
      await log.add(
        anEntry({
          auditId: `audit-${count}`,
          at: second(count),
          outcome: count === 3 ? "failed" : "succeeded",
        }),
      );
    }

    const page = await log.list({ outcome: "failed" }, { limit: 1 });

    expect(page).toEqual({ items: [expect.objectContaining({ auditId: "audit-3" })] });
  });

  it("takes a cursor from outside the range for the end of the list", async () => {
    const log = createAuditLog(dynamoDb.client(), await dynamoDb.makeTable("audit"));
    await log.add(anEntry());
    const after = Buffer.from('{"position":"1"}').toString("base64url");

    const page = await log.list({ from: new Date(anInstant) }, { limit: 1, after });

    expect(page).toEqual({ items: [] });
  });
});
