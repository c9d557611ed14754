import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import {
  RawAnswer,
  runInProcess,
  startStubApi,
  type StubApi,
} from "../../../../support/commands/command-line";

const token = "sv=2025-05-05&sp=rl&sr=c&sig=c2VjcmV0";
const place = { kind: "azure", account: "contosodata", container: "exports", folder: "a" };
const insights = {
  ...{ sourceId: "insights", kind: "customerInsights", displayName: "Insights", builtIn: false },
  ...{ place, credential: { kind: "sasToken" }, version: 4, state: "working" },
};
const refusal = (code: string, status: number) =>
  new RawAnswer(status, JSON.stringify({ code, detail: "What happened. What to do." }));

let answers: Record<string, unknown>;
let stub: StubApi;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-sources-"));
  answers = {
    "GET /connections": { items: [] },
    "GET /exports": { items: [] },
    "GET /schedule": { active: false },
    "GET /segments": { items: [] },
    "GET /sources": {
      items: [{ ...insights, sourceId: "bucket", builtIn: true }, insights],
    },
    "POST /sources": insights,
    "PUT /sources/insights": insights,
    "DELETE /sources/insights": {},
    "GET /segments/fresh%3AVip/settings": { version: 0 },
    "PUT /segments/fresh%3AVip/settings": { version: 1 },
  };
  stub = await startStubApi(answers);
});
afterEach(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, {
    ...{ KLAVIYO_EXPORT_URL: stub.url, KLAVIYO_EXPORT_TOKEN: "token", AZURE_SAS: token },
  });

async function apply(content: object, ...options: string[]) {
  const file = path.join(folder, "sources.yaml");
  writeFileSync(file, stringify(content));
  const result = await cli("apply", "-f", file, "--yes", ...options);
  return {
    ...result,
    changes: stub.requests.filter((request) => !request.startsWith("GET ")),
    bodies: stub.bodies.map((body) => JSON.parse(body) as unknown),
  };
}

const entry = { id: "insights", displayName: "Insights", place };
const federated = {
  tenantId: "11111111-2222-3333-4444-555555555555",
  clientId: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
};
const fresh = { ...entry, id: "fresh", displayName: "Fresh", sasToken: { env: "AZURE_SAS" } };

describe("sources in a file", () => {
  test("are those that people have made, without their tokens", async () => {
    const { stdout } = await cli("get", "all");
    expect(parse(stdout)).toMatchObject({ sources: [entry] });
    expect(stdout).toContain("sasToken: {env: AZURE_SAS_TOKEN}");
    expect(parse((await cli("get", "sources")).stdout)).toEqual({ sources: [entry] });
  });

  test("are left out for who may not see them, and refused to who asks for them alone", async () => {
    answers["GET /sources"] = refusal("notPermitted", 403);
    expect(parse((await cli("get", "all")).stdout)).not.toHaveProperty("sources");
    expect((await cli("get", "sources")).stderr).toContain("notPermitted");
    expect((await apply({ sources: [entry] })).stderr).toContain("notPermitted");
  });

  test("and nothing is changed by applying what was written", async () => {
    const { stdout, changes } = await apply({ sources: [entry] }, "--prune");
    expect([stdout, changes]).toEqual(["Nothing to change.\n", []]);
  });
});

describe("applying a file", () => {
  test("adds a source before what is set for its segments, and never prints its token", async () => {
    const { code, stdout, stderr, changes, bodies } = await apply({
      segments: [{ name: "fresh:Vip", marker: { kind: "success" } }],
      sources: [entry, fresh],
    });
    expect(code).toBe(0);
    expect(stdout).toContain("+ source fresh");
    expect(stdout + stderr).not.toContain("c2VjcmV0");
    expect(changes).toEqual(["POST /sources", "PUT /segments/fresh%3AVip/settings"]);
    expect(bodies[0]).toEqual({
      ...{ id: "fresh", displayName: "Fresh", place },
      credential: { kind: "sasToken", sasToken: token },
    });
  });

  test("renames and moves it; the token is sent with a move alone", async () => {
    await apply({ sources: [{ ...entry, displayName: "New", sasToken: { env: "AZURE_SAS" } }] });
    const moved = { ...place, folder: "b" };
    const { bodies, stdout } = await apply({
      sources: [{ ...entry, place: moved, sasToken: { env: "AZURE_SAS" } }],
    });
    expect(bodies).toEqual([
      { displayName: "New" },
      {
        ...{ displayName: "Insights", place: moved },
        credential: { kind: "sasToken", sasToken: token },
      },
    ]);
    expect(stdout).toContain("place: {kind: azure");
  });

  test("has an app let in instead of a token, and does nothing where it does already", async () => {
    const file = { sources: [{ ...entry, federated }] };
    const { bodies, stdout } = await apply(file);
    expect(stdout).toContain("federated: (none) → {tenantId: 1111");
    expect(bodies).toEqual([
      { displayName: "Insights", credential: { kind: "federated", ...federated } },
    ]);

    const letIn = { ...insights, credential: { kind: "federated", ...federated } };
    answers["GET /sources"] = { items: [letIn] };
    const written = (await cli("get", "sources")).stdout;
    expect(parse(written)).toEqual(file);
    expect(written).not.toContain("AZURE_SAS_TOKEN");
    expect((await apply(file)).stdout).toBe("Nothing to change.\n");
  });

  test("removes with --prune what it does not name, and nothing without", async () => {
    const file = { sources: [fresh] };
    expect((await apply(file)).changes).toEqual(["POST /sources"]);
    expect((await apply(file, "--prune")).changes).toContain("DELETE /sources/insights");
  });

  test.each([
    ["a token in the file", { ...fresh, sasToken: token }, "itself never goes here"],
    ["a source without its token", { ...fresh, sasToken: undefined }, "where its token or key is"],
    ["a move without a token", { ...entry, place: { ...place, folder: "b" } }, "is to be moved"],
    ["two credentials", { ...fresh, accountKey: { env: "X" } }, "one of sasToken"],
    ["an app and a token", { ...fresh, federated }, "one of sasToken"],
    ["half an app", { ...entry, federated: { clientId: federated.clientId } }, "tenantId"],
    ["the built-in source", { ...fresh, id: "bucket" }, "always there"],
  ])("refuses %s before anything is changed", async (_what, source, message) => {
    const { code, stderr, changes } = await apply({ sources: [source] });
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("c2VjcmV0");
    expect(changes).toEqual([]);
  });

  test("refuses a source twice", async () => {
    expect((await apply({ sources: [fresh, fresh] })).stderr).toContain("“fresh” is there twice");
  });
});
