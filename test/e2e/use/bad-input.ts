import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { sharedSystem } from "../../support/shared-system";
import { type System } from "../../support/system";

interface ProblemAnswer {
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
  readonly params?: Record<string, unknown>;
}

describe("bad input", () => {
  let system: System;
  let connectionId: string;

  beforeAll(async () => {
    system = await sharedSystem();
    connectionId = await system.createConnection();
  });

  /** A code, a sentence on what happened and one on what to do. */
  const twoSentences = /^[^.]+.*\. [A-Z].*\.$/;

  describe("in a segment ends the run with a code, and nothing is sent", () => {
    const cases: {
      what: string;
      files: Record<string, string | Buffer>;
      status: string;
      code: string;
      params?: object;
    }[] = [
      {
        what: "no valid email at all",
        files: { "a.csv": "Name,Email\nAnn,\nBob,none\n" },
        status: "failed",
        code: "noValidEmail",
        params: { rows: 2, field: "Email" },
      },
      {
        what: "a header and no rows",
        files: { "a.csv": "Name,Email\n" },
        status: "skipped",
        code: "segmentEmpty",
      },
      {
        what: "a file of no bytes",
        files: { "a.csv": "" },
        status: "skipped",
        code: "segmentEmpty",
      },
      {
        what: "a field that is not there",
        files: { "a.csv": "Name,Mail\nAnn,ann@example.org\n" },
        status: "failed",
        code: "fieldMissing",
        params: { field: "Email", file: "a.csv" },
      },
      {
        what: "a field that is missing from the second file only",
        files: {
          "a.csv": "Name,Email\nAnn,ann@example.org\n",
          "b.csv": "Name,Mail\nBob,bob@example.org\n",
        },
        status: "failed",
        code: "fieldMissing",
        params: { field: "Email", file: "b.csv" },
      },
      {
        what: "a broken gzip file",
        files: { "a.csv.gz": gzipSync("Name,Email\nAnn,ann@example.org\n").subarray(0, 20) },
        status: "failed",
        code: "segmentUnreadable",
        params: { file: "a.csv.gz" },
      },
      {
        what: "a Parquet file that is none",
        files: { "a.parquet": Buffer.from("PAR1 this is not Parquet PAR1") },
        status: "failed",
        code: "segmentUnreadable",
        params: { file: "a.parquet" },
      },
    ];

    it.each(cases)("$what", async ({ what, files, status, code, params }) => {
      const segment = what.replaceAll(" ", "-");
      await system.putSegment(segment, files);
      const exportId = await system.createExport(connectionId, { segments: [segment] });
      const jobsBefore = system.laptop.klaviyo.jobs().length;

      const run = await system.run(exportId);

      expect(run.status).toBe(status);
      expect(run.problem).toMatchObject({ code, ...(params === undefined ? {} : { params }) });
      expect(run.problem!.message).toMatch(twoSentences);
      expect(system.laptop.klaviyo.jobs()).toHaveLength(jobsBefore);
      // The export is free again.
      await system.run(exportId);
    });
  });

  it("a file without a header is refused until its columns are named, and then keeps its first row", async () => {
    const path = "/segments/headless";
    const columns = ["mail", "first name"];
    await system.putSegment("headless", {
      "a.csv": "kim@headless.example.org,Kim\nlou@headless.example.org,Lou\n",
    });

    const refused = await system.call<ProblemAnswer>("GET", path);
    expect([refused.status, refused.body.code]).toEqual([422, "headerMissing"]);
    expect(refused.body.detail).toMatch(/header line.*settings/);
    const set = { body: { columns }, role: "contributor" } as const;
    expect(await system.call("PUT", `${path}/settings`, set)).toMatchObject({
      status: 200,
      body: { columns, version: 2 },
    });

    const described = await system.call("GET", path);
    expect(described.body).toMatchObject({
      ...{ rows: 2, members: 2, emailField: "mail", settings: { columns } },
      fields: columns.map((name) => ({ name, type: "text" })),
    });
    const run = await system.run(
      await system.createExport(connectionId, {
        segments: ["headless"],
        mapping: { email: "mail", first_name: "first name" },
      }),
    );
    expect([run.status, run.numbers]).toMatchObject(["successful", { members: 2 }]);
    expect(system.members()).toEqual(
      expect.arrayContaining(["kim@headless.example.org", "lou@headless.example.org"]),
    );
    const taken = await system.call("PUT", `${path}/settings`, { body: { columns: null } });
    expect(taken.body).toMatchObject({ version: 3 });
    expect((await system.call("GET", path)).status).toBe(422);
  });

  it("a segment that vanished after the export was made is named, and the run skipped", async () => {
    await system.putSegment("vanishing", { "a.csv": "Email\nann@example.org\n" });
    const exportId = await system.createExport(connectionId, { segments: ["vanishing"] });
    await system.removeSegment("vanishing");

    const run = await system.run(exportId);

    expect(run.status).toBe("skipped");
    expect(run.problem).toMatchObject({
      code: "segmentMissing",
      params: { segment: "vanishing" },
    });
  });

  it("a list that vanished after the export was made is named, and the run fails", async () => {
    const { klaviyo } = system.laptop;
    const listId = klaviyo.createList(klaviyo.first.accountId, { name: "Short-lived" }).id;
    await system.putSegment("steady", { "a.csv": "Email\nann@example.org\n" });
    const exportId = await system.createExport(connectionId, { listId, segments: ["steady"] });
    klaviyo.deleteList(listId);

    const run = await system.run(exportId);

    expect(run.status).toBe("failed");
    expect(run.problem).toMatchObject({ code: "listNotFound", params: { listId } });
  });

  it("a key that was revoked after the connection was made fails the run", async () => {
    const { klaviyo } = system.laptop;
    const { key } = klaviyo.addKey(klaviyo.first.accountId, {});
    const other = await system.createConnection({ apiKey: key });
    await system.putSegment("steady", { "a.csv": "Email\nann@example.org\n" });
    const exportId = await system.createExport(other, { segments: ["steady"] });
    klaviyo.revokeKey(key);

    const run = await system.run(exportId);

    expect(run.status).toBe("failed");
    expect(run.problem).toMatchObject({ culprit: "user", code: "keyRefused" });
  });

  describe("in a request is answered with a code and the field, and nothing is kept", () => {
    it("a key that Klaviyo does not know", async () => {
      const answer = await system.call<ProblemAnswer>("POST", "/connections", {
        body: { displayName: "Wrong key", apiKey: `pk_${"0".repeat(34)}`, agree: true },
      });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: "keyRefused", field: "/apiKey" });
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    });

    it("a key without scopes, each of which is named", async () => {
      const { klaviyo } = system.laptop;
      const { key } = klaviyo.addKey(klaviyo.first.accountId, {
        scopes: ["accounts:read", "lists:read", "profiles:read"],
      });
      const answer = await system.call<ProblemAnswer>("POST", "/connections", {
        body: { displayName: "Few scopes", apiKey: key, agree: true },
      });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        code: "scopesMissing",
        params: { scopes: "lists:write, profiles:write" },
      });
    });

    it("no consent", async () => {
      const answer = await system.call<ProblemAnswer>("POST", "/connections", {
        body: {
          displayName: "No consent",
          apiKey: system.laptop.klaviyo.first.apiKey,
          agree: false,
        },
      });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: "invalidRequest", field: "/agree" });
    });

    it("a list that the account does not have", async () => {
      const answer = await system.call<ProblemAnswer>("POST", "/exports", {
        body: {
          displayName: "Unknown list",
          connectionId,
          listId: "ZZZZZZ",
          segments: ["steady"],
          mapping: { email: "Email" },
        },
      });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: "listNotFound", field: "/listId" });
    });

    it("a segment that does not exist", async () => {
      const answer = await system.call<ProblemAnswer>("POST", "/exports", {
        body: {
          displayName: "Unknown segment",
          connectionId,
          listId: system.laptop.klaviyo.first.listId,
          segments: ["steady", "nowhere"],
          mapping: { email: "Email" },
        },
      });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: "segmentMissing", params: { segment: "nowhere" } });
    });

    it("none of the refused connections is there", async () => {
      const { body } = await system.call<{ items: { displayName: string }[] }>(
        "GET",
        "/connections?limit=100",
      );
      expect(
        body.items.filter(({ displayName }) =>
          ["Wrong key", "Few scopes", "No consent"].includes(displayName),
        ),
      ).toEqual([]);
    });
  });
});
