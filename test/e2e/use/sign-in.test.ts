import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { runInProcess } from "../../support/commands/command-line";
import type { CliResult } from "../../support/commands/cli";
import { decideAt } from "../../support/fakes/klaviyo-sign-in";
import { startSystem, type System } from "../../support/system";
import { csv } from "../../support/system-steps";

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
      await system.putSegment("many", { "a.csv": csv(30, "signed-in") });
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
      expect([run.status, run.numbers.imported]).toEqual(["successful", 30]);
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
    "is not made when the person declines",
    async () => {
      const declined = await signingIn(
        ["connections", "create", "--name", "Declined", "--agree", "--sign-in"],
        "deny",
      );
      expect(declined.code).not.toBe(0);
      expect(declined.stderr).toContain("You did not let the system in");
      expect(declined.page).toContain("close this window");
    },
    SLOW_MACHINE,
  );

  it(
    "says what to do when the app is removed from the account, and ends in Klaviyo when it is removed",
    async () => {
      const made = await signingIn([
        "connections",
        "create",
        "--name",
        "Ending",
        "--agree",
        "--sign-in",
      ]);
      const { connectionId } = JSON.parse(made.stdout) as ConnectionAnswer;
      system.laptop.klaviyo.endSignIns();

      await system.call("POST", `/connections/${connectionId}/verification`);
      const ended = await connectionOf(connectionId);
      await signingIn(["connections", "replace-key", "Ending", "--sign-in"]);
      const again = await connectionOf(connectionId);
      system.laptop.klaviyo.resetStatistics();
      const removed = await system.call("DELETE", `/connections/${connectionId}`);

      expect(ended).toMatchObject({ state: "signInEnded", problem: { code: "signInEnded" } });
      expect(again.problem).toBeUndefined();
      expect(removed.status).toBe(204);
      expect(system.laptop.klaviyo.statistics().answers["oauth_revoke"]).toEqual({ "200": 1 });
    },
    SLOW_MACHINE,
  );
});
