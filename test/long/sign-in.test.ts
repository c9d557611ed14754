import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { runInProcess } from "../support/commands/command-line";
import type { CliResult } from "../support/commands/cli";
import { decideAt } from "../support/fakes/klaviyo-sign-in";
import { startSystem, type System } from "../support/system";
import { csv, until } from "../support/system-steps";

interface ConnectionAnswer {
  readonly connectionId: string;
  readonly state: string;
  readonly keySource: string;
  readonly problem?: { readonly code: string };
}

/** Tokens that end so soon that each step of a run has to renew them. */
const LIFE_SECONDS = 4;

/** Milliseconds; whole runs are waited for, and machines may be busy. */
const SLOW_MACHINE = 600_000;

let system: System;
beforeAll(async () => {
  system = await startSystem({
    klaviyo: {
      processingTime: { queued: (LIFE_SECONDS + 2) * 1_000 },
      signIn: {
        accessTokenSeconds: LIFE_SECONDS,
        refreshesPerMinute: Infinity,
        rotation: "onceUsed",
      },
    },
  });
}, SLOW_MACHINE);
afterAll(() => system.close());

/** The command line as an administrator, who decides at Klaviyo's page as soon as it is shown. */
async function signingIn(
  args: readonly string[],
  decision: "allow" | "deny" = "allow",
): Promise<CliResult & { readonly page: string }> {
  const { apiUrl, tokens } = system.laptop.environment;
  const env = { KLAVIYO_EXPORT_URL: apiUrl, KLAVIYO_EXPORT_TOKEN: tokens.administrator };
  let page: Promise<string> | undefined;
  const done = await runInProcess(["--output", "json", ...args], env, undefined, (text) => {
    const address = /^http\S+\/oauth\/authorize\S+$/m.exec(text)?.[0];
    if (address === undefined) return;
    page = decideAt(address, { account: system.laptop.klaviyo.first.accountId, decision })
      .then((back) => fetch(back))
      .then((answer) => answer.text());
  });
  return { ...done, page: (await page) ?? `no page: ${done.stderr}` };
}

const connectionOf = async (connectionId: string): Promise<ConnectionAnswer> =>
  (await system.call<ConnectionAnswer>("GET", `/connections/${connectionId}`)).body;

describe("a connection that somebody signs in for", () => {
  it(
    "is made from the command line, and every step of its runs renews its tokens in time",
    async () => {
      const made = await signingIn([
        "connections",
        "create",
        "--name",
        "Shop",
        "--agree",
        "--sign-in",
      ]);
      const { connectionId, keySource } = JSON.parse(made.stdout) as ConnectionAnswer;
      await system.putSegment("many", { "a.csv": csv(30_000, "signed-in") });
      // Each function meets tokens that have ended.
      await delay(LIFE_SECONDS * 1_000);
      const exportId = await system.createExport(connectionId, { segments: ["many"] });
      const { klaviyo } = system.laptop;
      klaviyo.resetStatistics();
      await delay(LIFE_SECONDS * 1_000);
      // Klaviyo takes chunks after a while only, and works on them for longer than tokens live.
      klaviyo.setFaults({
        rules: [
          {
            ...{ kind: "throttle", rate: 1, limit: 1, retryAfterSeconds: LIFE_SECONDS + 2 },
            operations: ["bulk_import_profiles"],
          },
        ],
      });

      const { runId } = await system.startRun(exportId);
      const run = await system.ended(runId, SLOW_MACHINE);
      klaviyo.setFaults({});

      expect([made.code, keySource]).toEqual([0, "signIn"]);
      expect(made.page).toContain("Go back to your terminal");
      expect([run.status, run.numbers.imported]).toEqual(["successful", 30_000]);
      const { answers } = klaviyo.statistics();
      expect(answers["oauth_token"]?.["200"]).toBeGreaterThan(1);
      expect(Object.values(answers).map((statuses) => statuses["401"])).toEqual(
        Object.values(answers).map(() => undefined),
      );
      expect(system.logLines().join("\n")).not.toMatch(/accessToken|refreshToken|simulated-secret/);
    },
    SLOW_MACHINE,
  );

  it(
    "moves to a key and back without stopping the run that is going",
    async () => {
      const { klaviyo } = system.laptop;
      const connectionId = await system.createConnection({
        displayName: "Moving",
        profileLimit: 1_000_000,
      });
      await system.putSegment("moving", { "a.csv": csv(200_000, "moved") });
      const exportId = await system.createExport(connectionId, { segments: ["moving"] });
      const { runId } = await system.startRun(exportId);
      await until(system, runId, ({ phase }) => phase === "pushing" || phase === "confirming");

      await signingIn(["connections", "replace-key", "Moving", "--sign-in"]);
      const signedIn = await connectionOf(connectionId);
      await system.call("PUT", `/connections/${connectionId}/key`, {
        body: { apiKey: klaviyo.first.apiKey },
      });
      const run = await system.ended(runId, SLOW_MACHINE);

      expect(signedIn).toMatchObject({
        keySource: "signIn",
        state: expect.stringMatching(/working|neverUsed/),
      });
      expect([run.status, run.numbers.imported]).toEqual(["successful", 200_000]);
      expect(await connectionOf(connectionId)).toMatchObject({
        keySource: "typed",
        state: "working",
      });
    },
    SLOW_MACHINE,
  );
});
