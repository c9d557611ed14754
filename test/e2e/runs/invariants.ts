import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { RunNumbers } from "../../../shared/domain/runs/run";
import { sharedSystem } from "../../support/shared-system";
import { type RejectionRow, type RunAnswer, type System } from "../../support/system";

/** What always holds of a run, proved on the whole system. */
describe("a run", () => {
  let system: System;
  let connectionId: string;

  beforeAll(async () => {
    system = await sharedSystem();
    connectionId = await system.createConnection();
  });

  const newList = (): string => {
    const { klaviyo } = system.laptop;
    return klaviyo.createList(klaviyo.first.accountId, { name: "A list" }).id;
  };
  const csv = (...emails: string[]): string =>
    ["Name,Email", ...emails.map((email) => `X,${email}`), ""].join("\n");
  const numbered = (count: number, from = 0): string[] =>
    Array.from({ length: count }, (_, index) => `person.${String(from + index)}@example.org`);

  /** Run, report and list tell the same. */
  function expectToAgree(run: RunAnswer, rows: RejectionRow[]): void {
    const { numbers } = run;
    const inCategory = (category: string): number =>
      rows.filter((row) => row["category"] === category).length;
    expect(numbers.rows).toBe(
      numbers.blank + numbers.invalid + numbers.duplicates + numbers.members,
    );
    expect(numbers.members).toBe(
      numbers.unchanged + numbers.imported + numbers.refused + numbers.unsent,
    );
    expect({
      blank: inCategory("blank"),
      invalid: inCategory("invalid"),
      duplicates: inCategory("duplicate"),
      refused: inCategory("refused"),
      unsent: inCategory("unsent"),
    }).toEqual({
      blank: numbers.blank,
      invalid: numbers.invalid,
      duplicates: numbers.duplicates,
      refused: numbers.refused,
      unsent: numbers.unsent,
    });
  }

  const numbersOf = (overrides: Partial<RunNumbers>): RunNumbers => ({
    rows: 0,
    blank: 0,
    invalid: 0,
    duplicates: 0,
    members: 0,
    unchanged: 0,
    imported: 0,
    refused: 0,
    unsent: 0,
    ...overrides,
  });

  it("puts the distinct valid emails on the list, and says of every other row what is wrong", async () => {
    const listId = newList();
    await system.putSegment("mixed", {
      "part-1.csv": csv("Ann@Example.org", "", "not an email", "bob@example.org"),
      "part-2.csv": csv("ANN@example.org", "cy@example.org ", "=cmd|' /C calc'!A0@x"),
    });
    const exportId = await system.createExport(connectionId, { listId, segments: ["mixed"] });

    const run = await system.run(exportId);

    expect(run.status).toBe("completedWithWarnings");
    expect(run.numbers).toEqual(
      numbersOf({ rows: 7, blank: 1, invalid: 2, duplicates: 1, members: 3, imported: 3 }),
    );
    expect(system.members(listId)).toEqual([
      "ann@example.org",
      "bob@example.org",
      "cy@example.org",
    ]);
    const rows = await system.rejections(run);
    expectToAgree(run, rows);
    expect(rows.map(({ file, row, email, code }) => [file, row, email, code])).toEqual([
      ["part-1.csv", "2", "", "emailBlank"],
      ["part-1.csv", "3", "not an email", "emailInvalid"],
      ["part-2.csv", "1", "ann@example.org", "emailDuplicate"],
      ["part-2.csv", "3", "'=cmd|' /C calc'!A0@x", "emailInvalid"],
    ]);
  });

  it("is successful only when Klaviyo reported its jobs complete, not when it took them", async () => {
    const listId = newList();
    await system.putSegment("slow", { "a.csv": csv(...numbered(50)) });
    const exportId = await system.createExport(connectionId, { listId, segments: ["slow"] });

    const { runId } = await system.startRun(exportId);
    const { klaviyo } = system.laptop;
    const jobOfList = () => klaviyo.jobs().find((job) => job.listId === listId);
    const seen = new Set<string>();
    for (;;) {
      const status = (await system.call<RunAnswer>("GET", `/runs/${runId}`)).body.status;
      // Read after the run: what is not complete now was not complete when the run was read.
      const job = jobOfList();
      seen.add(`${status}, job ${job?.status ?? "none"}`);
      if (status === "successful") {
        break;
      }
    }
    expect([...seen].filter((pair) => pair.startsWith("successful"))).toEqual([
      "successful, job complete",
    ]);
    expect(system.members(listId)).toHaveLength(50);
  });

  it("drops exactly the profiles that Klaviyo refuses, at once or later, and tries them again next time", async () => {
    const listId = newList();
    const emails = numbered(200, 1_000);
    await system.putSegment("refused", { "a.csv": csv(...emails) });
    const exportId = await system.createExport(connectionId, { listId, segments: ["refused"] });
    const { klaviyo } = system.laptop;
    const atOnce = emails.slice(10, 20);
    const later = emails.slice(100, 120);
    klaviyo.setFaults({
      seed: 1,
      rules: [
        { kind: "refuseProfile", emails: atOnce },
        { kind: "failProfile", emails: later, payload: "mixed" },
      ],
    });

    const first = await system.run(exportId);
    const rows = await system.rejections(first);
    klaviyo.setFaults({});

    expect(first.status).toBe("completedWithWarnings");
    expect(first.numbers).toEqual(
      numbersOf({ rows: 200, members: 200, imported: 170, refused: 30 }),
    );
    expectToAgree(first, rows);
    expect(rows.map(({ row, email }) => [row, email])).toEqual(
      [...atOnce, ...later].map((email) => [String(emails.indexOf(email) + 1), email]),
    );
    expect(new Set(rows.map(({ refusedBy }) => refusedBy))).toEqual(new Set(["klaviyo"]));
    const refused = new Set([...atOnce, ...later]);
    expect(system.members(listId)).toEqual(emails.filter((email) => !refused.has(email)).sort());

    const second = await system.run(exportId);

    expect(second.status).toBe("successful");
    expect(second.numbers).toEqual(
      numbersOf({ rows: 200, members: 200, unchanged: 170, imported: 30 }),
    );
    expect(system.members(listId)).toEqual([...emails].sort());
  });

  it("sends nothing a second time that Klaviyo has confirmed, unless it is told to send all", async () => {
    const listId = newList();
    await system.putSegment("again", { "a.csv": csv(...numbered(30, 2_000)) });
    const exportId = await system.createExport(connectionId, { listId, segments: ["again"] });
    const jobsOfList = (): number =>
      system.laptop.klaviyo.jobs().filter((job) => job.listId === listId).length;

    await system.run(exportId);
    expect(jobsOfList()).toBe(1);
    const second = await system.run(exportId);
    expect(second.numbers).toEqual(numbersOf({ rows: 30, members: 30, unchanged: 30 }));
    expect(second.status).toBe("successful");
    expect(jobsOfList()).toBe(1);
    const full = await system.run(exportId, "full");
    expect(full.numbers).toEqual(numbersOf({ rows: 30, members: 30, imported: 30 }));
    expect(jobsOfList()).toBe(2);
  });

  it("has the effect of one however often its messages come", async () => {
    const listId = newList();
    await system.putSegment("doubled", { "a.csv": csv(...numbered(20_500, 5_000)) });
    const exportId = await system.createExport(connectionId, { listId, segments: ["doubled"] });
    const { environment, klaviyo } = system.laptop;
    const { runId } = await system.startRun(exportId);
    const event = (queue: string, message: object, index: number) => ({
      Records: [
        {
          messageId: `copy-${String(index)}`,
          receiptHandle: "none",
          body: JSON.stringify(message),
          attributes: { ApproximateReceiveCount: "1" },
          messageAttributes: {},
          eventSource: "aws:sqs",
          eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
          awsRegion: "us-east-1",
        },
      ],
    });
    const functionNamed = (part: string): string =>
      environment.functions.functions().find(({ name }) => name.includes(part))!.name;
    const deliverAll = async (): Promise<void> => {
      const copies = [
        ...[1, 2, 3].map(
          (chunk) => ["push-chunks", { step: "push", runId, chunk, attempt: 0 }] as const,
        ),
        ["prepare-run", { step: "prepare", runId }] as const,
        ["confirm-run", { step: "confirm", runId, round: 0 }] as const,
        ["settle-run", { step: "settle", runId }] as const,
      ];
      await Promise.all(
        copies.map(([name, message], index) =>
          environment.functions.invoke(functionNamed(name), event(name, message, index)),
        ),
      );
    };
    await deliverAll();
    await deliverAll();
    const run = await system.ended(runId);
    await deliverAll();

    expect(run.status).toBe("successful");
    expect(run.numbers).toEqual(numbersOf({ rows: 20_500, members: 20_500, imported: 20_500 }));
    expect(system.members(listId)).toHaveLength(20_500);
    expect(klaviyo.jobs().filter((job) => job.listId === listId)).toHaveLength(3);
    expect((await system.call<RunAnswer>("GET", `/runs/${runId}`)).body).toEqual(run);
  });

  it("sends nothing when the profile limit is exceeded, and says so", async () => {
    const listId = newList();
    const limited = await system.createConnection({ profileLimit: 10 });
    await system.putSegment("large", { "a.csv": csv(...numbered(11, 9_000), "") });
    const exportId = await system.createExport(limited, { listId, segments: ["large"] });

    const run = await system.run(exportId);

    expect(run.status).toBe("skipped");
    expect(run.problem).toMatchObject({
      culprit: "user",
      code: "overProfileLimit",
      params: { members: 11, limit: 10 },
    });
    expect(run.numbers).toEqual(numbersOf({ rows: 12, blank: 1, members: 11, unsent: 11 }));
    expectToAgree(run, await system.rejections(run));
    expect(system.laptop.klaviyo.jobs().filter((job) => job.listId === listId)).toHaveLength(0);
    expect(await stagedChunks(run.runId)).toEqual([]);
  });

  it("answers a second start while it is going with 409 and names itself", async () => {
    await system.putSegment("busy", { "a.csv": csv(...numbered(10, 9_500)) });
    const exportId = await system.createExport(connectionId, { segments: ["busy"] });
    const { runId } = await system.startRun(exportId);

    const second = await system.call<{ code: string; params: object }>(
      "POST",
      `/exports/${exportId}/runs`,
      { body: {} },
    );

    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: "exportRunning", params: { runId } });
    await system.ended(runId);
    await system.run(exportId);
  });

  it("leaves no key and no email in a log line or on a queue", async () => {
    const lines = system.logLines();
    expect(lines.length).toBeGreaterThan(50);
    const { apiKey } = system.laptop.klaviyo.first;
    expect(lines.filter((line) => line.includes("@example.org"))).toEqual([]);
    expect(lines.filter((line) => line.includes(apiKey))).toEqual([]);
    for (const { type, ref } of system.laptop.environment.resources.list()) {
      if (type === "AWS::SQS::Queue") {
        const { Messages: left = [] } = await system.clients.sqs.send(
          new ReceiveMessageCommand({ QueueUrl: ref, MaxNumberOfMessages: 10 }),
        );
        expect(left.filter(({ Body }) => Body?.includes("@"))).toEqual([]);
      }
    }
  });

  it("keeps in the snapshot what Klaviyo confirmed and nothing else", async () => {
    const listId = newList();
    const emails = numbered(40, 12_000);
    await system.putSegment("confirmed", { "a.csv": csv(...emails, "not an email") });
    const exportId = await system.createExport(connectionId, { listId, segments: ["confirmed"] });
    const { klaviyo } = system.laptop;
    klaviyo.setFaults({
      seed: 1,
      rules: [
        { kind: "refuseProfile", emails: emails.slice(0, 5) },
        { kind: "failProfile", emails: emails.slice(5, 10) },
      ],
    });
    await system.run(exportId);
    klaviyo.setFaults({});

    expect(await snapshotEmails(exportId)).toEqual(emails.slice(10).sort());
    expect(await snapshotEmails(exportId)).toEqual(system.members(listId));
  });

  async function snapshotEmails(exportId: string): Promise<string[]> {
    const { Contents: found = [] } = await system.clients.s3.send(
      new ListObjectsV2Command({ Bucket: workBucket(), Prefix: `snapshots/${exportId}/` }),
    );
    expect(found).toHaveLength(1);
    const { Body } = await system.clients.s3.send(
      new GetObjectCommand({ Bucket: workBucket(), Key: found[0]!.Key }),
    );
    const directory = mkdtempSync(path.join(os.tmpdir(), "snapshot-"));
    const file = path.join(directory, "snapshot.parquet");
    writeFileSync(file, await Body!.transformToByteArray());
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const rows = await connection.runAndReadAll(
      `SELECT email FROM read_parquet('${file}') ORDER BY email`,
    );
    connection.closeSync();
    instance.closeSync();
    rmSync(directory, { recursive: true });
    return rows.getRowObjectsJS().map(({ email }) => email as string);
  }

  const workBucket = (): string =>
    system.laptop.environment.resources
      .list()
      .find(({ type, constructPath }) => type === "AWS::S3::Bucket" && /work/i.test(constructPath))!
      .ref;

  async function stagedChunks(runId: string): Promise<string[]> {
    const { Contents: found = [] } = await system.clients.s3.send(
      new ListObjectsV2Command({ Bucket: workBucket(), Prefix: `staging/${runId}/` }),
    );
    return found.map(({ Key }) => Key!).filter((key) => key.includes("/chunks/"));
  }
});
