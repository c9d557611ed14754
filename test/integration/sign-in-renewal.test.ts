import { afterEach, describe, expect, it } from "@jest/globals";
import { startKlaviyoSimulator, type KlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import type { Rotation } from "../../infra/local/klaviyo/sign-in/grants";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import { createKlaviyoSignIn } from "../../shared/adapters/klaviyo/sign-in";
import type { KlaviyoApp } from "../../shared/domain/klaviyo/klaviyo-app";
import type { KlaviyoSignIn } from "../../shared/ports";
import type { CredentialDependencies } from "../../shared/use-cases/klaviyo/credential";
import { aConnection } from "../support/builders";
import { fakeClock, fakeIds } from "../support/fakes/clock-and-ids";
import { accessTo } from "../support/fakes/klaviyo-access";
import { fakeLog } from "../support/fakes/log";
import { fakeConnectionStore } from "../support/fakes/stores/connection-store";
import { fakeSecretStore } from "../support/fakes/stores/secret-store";
import { answerIn, decideAt } from "../support/fakes/klaviyo-sign-in";
import { createRandom } from "../chaos/random";

/** Trials of each kind; `npm run proof` asks for more. */
const TRIALS = Number(process.env["SIGN_IN_TRIALS"] ?? "60");
const SEED = Number(process.env["SEED"] ?? "20261126");

const LIFE_SECONDS = 3_600;
/** Longer than a worker that broke off keeps others waiting. */
const AFTER_LEASE = 130_000;

const app: KlaviyoApp = {
  clientId: "simulated-app",
  clientSecret: "simulated-secret",
  redirectUris: { terminal: "http://127.0.0.1:8976/callback" },
};

let simulator: KlaviyoSimulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

class Killed extends Error {}

type WorkerParts = Pick<CredentialDependencies, "connections" | "secrets"> & {
  readonly signIn: KlaviyoSignIn;
};

/**
 * A worker that is killed with its nth step, before or after the step has its effect. What is dead does nothing more,
 * not even what it does on its way out.
 */
function killedAt(step: number, when: "before" | "after", parts: WorkerParts): WorkerParts {
  let steps = 0;
  let isDead = false;
  const mortal =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (isDead) throw new Killed();
      steps += 1;
      const dies = steps === step;
      isDead ||= dies && when === "before";
      if (isDead) throw new Killed();
      const result = await call(...args);
      isDead ||= dies;
      if (isDead) throw new Killed();
      return result;
    };
  return {
    connections: {
      get: mortal(parts.connections.get),
      holdSecret: mortal(parts.connections.holdSecret),
      releaseSecret: mortal(parts.connections.releaseSecret),
    },
    secrets: { read: mortal(parts.secrets.read), replace: mortal(parts.secrets.replace) },
    signIn: { ...parts.signIn, refresh: mortal(parts.signIn.refresh) },
  };
}

async function aSignedInConnection(rotation: Rotation) {
  const clock = fakeClock();
  simulator = await startKlaviyoSimulator({
    now: () => clock.now().getTime(),
    rateLimitScale: Infinity,
    signIn: { rotation, accessTokenSeconds: LIFE_SECONDS, refreshesPerMinute: Infinity },
  });
  const { url, first } = simulator;
  const signIn = createKlaviyoSignIn({ baseUrl: url, app: async () => app, clock });
  const person = { userId: "ann", returnTo: "terminal" } as const;
  const start = await signIn.begin(person);
  const back = await decideAt(start?.authorizationUrl ?? "", { account: first.accountId });
  const finished = await signIn.finish(person, answerIn(back));
  if (!finished.ok) throw new Error("no tokens");

  const connection = aConnection({ keySource: "signIn" });
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore();
  secrets.stored.set(connection.secretArn, { kind: "signIn", ...finished.tokens });
  const parts: WorkerParts = { connections, secrets, signIn };
  const ids = fakeIds();

  /** One worker's call: asks for the account's lists. */
  const call = async (worker: WorkerParts): Promise<string> => {
    const access = accessTo(createKlaviyo(url), { ...worker, clock, ids, log: fakeLog() });
    const klaviyo = await access.over(connection, { patience: { milliseconds: 20_000 } });
    const result = await klaviyo.listLists();
    return result.kind === "done" ? "done" : `${result.kind}: ${result.problem.code}`;
  };
  const refused = (): number => simulator?.statistics().answers["get_lists"]?.["401"] ?? 0;
  return { clock, parts, call, refused, signIn };
}

const trials = Array.from({ length: TRIALS }, (_, trial) => trial);

describe("renewing a sign-in", () => {
  it("happens before the tokens end, and once for all who need it", async () => {
    const { clock, parts, call, refused } = await aSignedInConnection("atOnce");
    await clock.sleep((LIFE_SECONDS - 60) * 1_000);

    const outcomes = await Promise.all(trials.slice(0, 20).map(() => call(parts)));

    expect(new Set(outcomes)).toEqual(new Set(["done"]));
    expect(simulator?.statistics().answers["oauth_token"]).toEqual({ "200": 2 });
    expect(refused()).toBe(0);
  });

  it("happens when Klaviyo refuses tokens before their time, and the call is made again", async () => {
    const { parts, call, refused, signIn } = await aSignedInConnection("never");
    const [kept] = [...(parts.secrets as ReturnType<typeof fakeSecretStore>).stored.values()];
    if (kept?.kind !== "signIn") throw new Error("no sign-in");
    // As after an answer that was lost: Klaviyo knows newer tokens, and these end early.
    await signIn.refresh(kept.refreshToken);
    await (parts.secrets as ReturnType<typeof fakeSecretStore>).replace(
      aConnection().secretArn,
      "connection-1",
      { ...kept, accessToken: "ended-early" },
    );

    expect(await call(parts)).toBe("done");
    expect(refused()).toBe(1);
  });

  it("says that a person must sign in again when the app was removed from the account", async () => {
    const { parts, call } = await aSignedInConnection("atOnce");
    simulator?.endSignIns();
    expect(await call(parts)).toBe("hopeless: signInEnded");
  });

  it.each(["oauth_token", "get_lists"] as const)(
    "waits out a Klaviyo that does not answer %s, with tokens that are good for a while",
    async (operation) => {
      const { clock, parts, call } = await aSignedInConnection("onceUsed");
      await clock.sleep((LIFE_SECONDS - 60) * 1_000);
      simulator?.setFaults({ rules: [{ kind: "serverError", rate: 1, operations: [operation] }] });
      const during = await call(parts);
      simulator?.setFaults({});
      await clock.sleep(300_000);

      expect(during).toBe(operation === "oauth_token" ? "done" : "faulty: klaviyoUnavailable");
      expect(await call(parts)).toBe("done");
    },
  );
});

describe("workers that are killed while they renew a sign-in", () => {
  it.each(["onceUsed", "never", "atOnce"] as const)(
    `leave a connection that works, at whatever step they end (${TRIALS} times; old tokens end %s)`,
    async (rotation) => {
      const random = createRandom(SEED, 1);
      const situation = await aSignedInConnection(rotation);
      let lost = 0;
      for (const trial of trials) {
        const { clock, parts, call } = situation;
        await clock.sleep((LIFE_SECONDS - 30) * 1_000);
        let wasGiven = 0;
        let wasKept = 0;
        const counted: WorkerParts = {
          ...parts,
          signIn: {
            ...parts.signIn,
            refresh: async (token) => {
              const given = await parts.signIn.refresh(token);
              wasGiven += given.ok ? 1 : 0;
              return given;
            },
          },
          secrets: {
            ...parts.secrets,
            replace: async (...args) => {
              wasKept += 1;
              return parts.secrets.replace(...args);
            },
          },
        };
        const workers = Array.from({ length: random.between(1, 3) }, () =>
          killedAt(random.between(1, 9), random.pick(["before", "after"]), counted),
        );
        await Promise.allSettled(workers.map(call));
        // Whoever comes next has to wait for those that ended.
        await clock.sleep(AFTER_LEASE);

        const outcome = await call(parts);

        if (rotation === "atOnce" && wasGiven > wasKept) {
          // What Klaviyo gave and nobody kept is lost, and the connection says what to do.
          expect({ trial, outcome }).toEqual({ trial, outcome: "hopeless: signInEnded" });
          lost += 1;
          await simulator?.close();
          Object.assign(situation, await aSignedInConnection(rotation));
        } else {
          expect({ trial, outcome }).toEqual({ trial, outcome: "done" });
        }
      }
      if (TRIALS > 60) process.stderr.write(`${rotation}: ${TRIALS} trials, ${lost} lost\n`);
    },
  );
});
