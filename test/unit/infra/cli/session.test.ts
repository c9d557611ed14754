import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runInProcess, startStubApi, type StubApi } from "../../../support/commands/command-line";

const settings = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-session-"));
let production: StubApi;
let staging: StubApi;
beforeAll(async () => {
  production = await startStubApi({ "GET /exports": { items: [] } });
  staging = await startStubApi({ "GET /exports": { items: [] } });
  const profiles = { production: { url: production.url }, far: { url: "http://api.example.com" } };
  const tokens = { production: { accessToken: "p" }, far: { accessToken: "f" } };
  writeFileSync(path.join(settings, "profiles.json"), JSON.stringify({ profiles }));
  writeFileSync(path.join(settings, "credentials.json"), JSON.stringify(tokens));
});
afterAll(async () => {
  await Promise.all([production.close(), staging.close()]);
  rmSync(settings, { recursive: true });
});

const klaviyoExport = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(args, { KLAVIYO_EXPORT_CONFIG_DIR: settings });

describe("the environment that a command talks to", () => {
  test.each([
    ["before", ["--profile", "production", "--url"], ["exports", "list"]],
    ["behind", ["exports", "list", "--profile", "production", "--url"], []],
  ])(
    "is not both a profile and an address, given %s the command",
    async (_where, before, after) => {
      const { code, stderr } = await klaviyoExport(
        ...before,
        staging.url,
        ...after,
        "--token",
        "t",
      );
      expect(code).toBe(2);
      expect(stderr).toContain("'--url <url>' cannot be used with option '--profile <name>'");
      expect([...production.requests, ...staging.requests]).toEqual([]);
    },
  );

  test("is the address of the option, whatever profile a variable names", async () => {
    const { code } = await runInProcess(["exports", "list", "--url", staging.url, "--token", "t"], {
      ...{ KLAVIYO_EXPORT_CONFIG_DIR: settings, KLAVIYO_EXPORT_PROFILE: "production" },
    });
    expect(code).toBe(0);
    expect(staging.requests.splice(0)).toEqual(["GET /exports"]);
    expect(production.requests).toEqual([]);
  });

  test("is the profile of the option, whatever address a variable names", async () => {
    const { code } = await runInProcess(["exports", "list", "--profile", "production"], {
      ...{ KLAVIYO_EXPORT_CONFIG_DIR: settings, KLAVIYO_EXPORT_URL: staging.url },
    });
    expect(code).toBe(0);
    expect(production.requests.splice(0)).toEqual(["GET /exports"]);
    expect(staging.requests).toEqual([]);
  });
});

describe("an address without encryption", () => {
  const text = /^urlInvalid: .*in clear.*https:\/\//;

  test.each([
    "http://api.example.com",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://0x7f.1.example.com",
    "http://user@127.0.0.1@example.com",
    "http://[2001:db8::1]",
  ])("%s is refused, and no token sent there", async (url) => {
    const { code, stderr } = await klaviyoExport("exports", "list", "--url", url, "--token", "t");
    expect(code).toBe(2);
    expect(stderr).toMatch(text);
  });

  test("is not kept as a profile, and not used when it was", async () => {
    const kept = await klaviyoExport("profiles", "set", "new", "--url", "http://api.example.com");
    expect([kept.code, kept.stderr]).toEqual([2, expect.stringMatching(text)]);
    const used = await klaviyoExport("exports", "list", "--profile", "far");
    expect([used.code, used.stderr]).toEqual([2, expect.stringMatching(text)]);
  });

  test.each(["http://127.0.0.1:1", "http://127.1.2.3:1", "http://localhost:1", "http://[::1]:1"])(
    "%s is this machine, and allowed",
    async (url) => {
      const { code } = await klaviyoExport("profiles", "set", "local", "--url", url);
      expect(code).toBe(0);
    },
  );
});

test("a profile is one of the file's, even when it is called what every object has", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-session-"));
  writeFileSync(path.join(folder, "profiles.json"), JSON.stringify({ profiles: {} }));
  writeFileSync(path.join(folder, "credentials.json"), "{}");
  const cli = (...args: string[]): ReturnType<typeof runInProcess> =>
    runInProcess(args, { KLAVIYO_EXPORT_CONFIG_DIR: folder });

  const unknown = await cli("exports", "list", "--profile", "constructor");
  expect([unknown.code, unknown.stderr]).toEqual([
    4,
    expect.stringMatching(/^profileUnknown: There is no profile “constructor”/),
  ]);
  expect((await cli("profiles", "set", "constructor", "--url", production.url)).code).toBe(0);
  const signedOut = await cli("exports", "list");
  expect([signedOut.code, signedOut.stderr]).toEqual([
    3,
    expect.stringMatching(/^notSignedIn: Nobody is signed in to profile “constructor”/),
  ]);
  rmSync(folder, { recursive: true });
});
