import { afterEach, describe, expect, it } from "@jest/globals";
import {
  startKlaviyoSimulator,
  type KlaviyoSimulator,
  type KlaviyoSimulatorOptions,
} from "../../infra/local/klaviyo/simulator";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import { createKlaviyoSignIn } from "../../shared/adapters/klaviyo/sign-in";
import type { KlaviyoApp } from "../../shared/domain/klaviyo/klaviyo-app";
import type { KlaviyoSignIn, SignInPerson } from "../../shared/ports";
import { fakeClock } from "../support/fakes/clock-and-ids";
import { answerIn, decideAt } from "../support/fakes/klaviyo-sign-in";

const app: KlaviyoApp = {
  clientId: "simulated-app",
  clientSecret: "simulated-secret",
  redirectUris: { terminal: "http://127.0.0.1:8976/callback" },
};
const ann: SignInPerson = { userId: "ann", returnTo: "terminal" };

let simulator: KlaviyoSimulator;
afterEach(() => simulator.close());

async function aSignIn(
  options: KlaviyoSimulatorOptions["signIn"] = {},
  known: KlaviyoApp | undefined = app,
) {
  const clock = fakeClock();
  simulator = await startKlaviyoSimulator({ now: () => clock.now().getTime(), signIn: options });
  const signIn = createKlaviyoSignIn({ baseUrl: simulator.url, app: async () => known, clock });
  const letIn = async (person = ann) => {
    const start = await signIn.begin(person);
    const account = simulator.first.accountId;
    return answerIn(await decideAt(start?.authorizationUrl ?? "", { account }));
  };
  return { clock, signIn, letIn };
}

const tokensOf = (result: Awaited<ReturnType<KlaviyoSignIn["finish"]>>) => {
  if (!result.ok) throw new Error(`no tokens: ${result.failure.kind}`);
  return result.tokens;
};

/** The account that an access token opens, or why it opens none. */
async function accountOf(accessToken: string): Promise<string> {
  const answer = await createKlaviyo(simulator.url).checkKey({ kind: "accessToken", accessToken });
  if (!answer.ok) return answer.failure.kind;
  return answer.value.kind === "usable" ? answer.value.account.id : answer.value.kind;
}

describe("signing in to Klaviyo", () => {
  it("brings tokens for the account that the person lets the app into", async () => {
    const { signIn, letIn, clock } = await aSignIn();

    const tokens = tokensOf(await signIn.finish(ann, await letIn()));

    expect(await accountOf(tokens.accessToken)).toBe(simulator.first.accountId);
    expect(Date.parse(tokens.expiresAt)).toBe(clock.now().getTime() + 3_600_000);
  });

  it("says that the person declined, in Klaviyo's own word", async () => {
    const { signIn } = await aSignIn();
    const start = await signIn.begin(ann);
    const back = await decideAt(start?.authorizationUrl ?? "", {
      account: simulator.first.accountId,
      decision: "deny",
    });
    expect(back.searchParams.get("error")).toBe("access_denied");
    expect(back.searchParams.get("state")).toBe(start?.state);
  });

  it("leads back to an address that the app names later, and to none that it does not name", async () => {
    const later = "http://127.0.0.1:4321/klaviyo-signed-in";
    const redirectUris = { ...app.redirectUris, console: later };
    const { signIn } = await aSignIn({}, { ...app, redirectUris });
    const start = await signIn.begin({ userId: "ann", returnTo: "console" });
    const status = async () => (await fetch(start?.authorizationUrl ?? "")).status;
    expect(await status()).toBe(400);

    simulator.nameRedirectUri(later);
    simulator.reset();

    expect(await status()).toBe(200);
  });

  it.each([
    [
      "somebody else began it",
      { userId: "bob", returnTo: "terminal" },
      (state: string) => state,
      0,
    ],
    ["its state was changed", ann, (state: string) => `1${state}`, 0],
    ["its state has no seal", ann, (state: string) => state.split(".").slice(0, 2).join("."), 0],
    ["it was begun too long ago", ann, (state: string) => state, 15 * 60_000],
  ] as const)("does not finish when %s", async (_why, person, change, later) => {
    const { signIn, letIn, clock } = await aSignIn();
    const { state, code } = await letIn();
    await clock.sleep(later);

    const finished = await signIn.finish(person, { state: change(state), code });

    expect(finished).toEqual({ ok: false, failure: { kind: "foreign" } });
    expect(simulator.statistics().answers["oauth_token"]).toBeUndefined();
  });

  it("takes a code once, and none that is made up", async () => {
    const { signIn, letIn } = await aSignIn();
    const answer = await letIn();
    await signIn.finish(ann, answer);

    for (const code of [answer.code, "made-up"]) {
      expect(await signIn.finish(ann, { ...answer, code })).toEqual({
        ok: false,
        failure: { kind: "ended" },
      });
    }
  });

  it("is not offered by a stage without an app, nor at a place that the app does not name", async () => {
    const { signIn } = await aSignIn({}, { ...app, redirectUris: {} });
    expect(await signIn.begin(ann)).toBeNull();
    expect(await signIn.finish(ann, { state: "x", code: "x" })).toMatchObject({
      failure: { kind: "noApp" },
    });
  });

  it("is told from one whose app Klaviyo does not know", async () => {
    const { signIn } = await aSignIn({}, { ...app, clientSecret: "another" });
    expect(await signIn.refresh("some-token")).toEqual({
      ok: false,
      failure: { kind: "appRefused" },
    });
  });
});

describe("tokens", () => {
  it("end, and are refused then as recorded", async () => {
    const { signIn, letIn, clock } = await aSignIn({ accessTokenSeconds: 60 });
    const { accessToken } = tokensOf(await signIn.finish(ann, await letIn()));
    await clock.sleep(60_000);

    const answer = await fetch(`${simulator.url}/api/accounts`, {
      headers: { Authorization: `Bearer ${accessToken}`, revision: "2026-07-15" },
    });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      errors: [{ code: "authentication_failed", detail: "Incorrect authentication credentials." }],
    });
  });

  it.each([
    ["atOnce", "ended"],
    ["onceUsed", "given"],
    ["never", "given"],
  ] as const)(
    "are renewed; where the old refresh token ends %s, one whose answer was lost is %s again",
    async (rotation, again) => {
      const { signIn, letIn } = await aSignIn({ rotation });
      const { refreshToken } = tokensOf(await signIn.finish(ann, await letIn()));
      const next = tokensOf(await signIn.refresh(refreshToken));

      const repeated = await signIn.refresh(refreshToken);

      expect(repeated.ok ? "given" : repeated.failure.kind).toBe(again);
      const working = repeated.ok ? repeated.tokens : next;
      expect(await accountOf(working.accessToken)).toBe(simulator.first.accountId);
    },
  );

  it("before those that are used are worth nothing any more", async () => {
    const { signIn, letIn } = await aSignIn({ rotation: "onceUsed" });
    const first = tokensOf(await signIn.finish(ann, await letIn()));
    const second = tokensOf(await signIn.refresh(first.refreshToken));
    await accountOf(second.accessToken);

    expect(await signIn.refresh(first.refreshToken)).toMatchObject({ failure: { kind: "ended" } });
  });

  it("are renewed ten times a minute at most", async () => {
    const { signIn, letIn, clock } = await aSignIn({ rotation: "never" });
    const { refreshToken } = tokensOf(await signIn.finish(ann, await letIn()));
    for (let count = 0; count < 10; count += 1) await signIn.refresh(refreshToken);

    const eleventh = await signIn.refresh(refreshToken);

    expect(eleventh).toEqual({
      ok: false,
      failure: { kind: "throttled", retryAfterMilliseconds: 60_000 },
    });
    await clock.sleep(60_000);
    expect((await signIn.refresh(refreshToken)).ok).toBe(true);
  });

  it("end when they are revoked, and revoking them again does no harm", async () => {
    const { signIn, letIn } = await aSignIn();
    const { accessToken, refreshToken } = tokensOf(await signIn.finish(ann, await letIn()));

    expect(await signIn.revoke(refreshToken)).toEqual({ ok: true });
    expect(await signIn.revoke(refreshToken)).toEqual({ ok: true });

    expect(await accountOf(accessToken)).toBe("keyRefused");
    expect(await signIn.refresh(refreshToken)).toMatchObject({ failure: { kind: "ended" } });
  });

  it("count for limits of their own", async () => {
    const { signIn, letIn } = await aSignIn();
    const { accessToken } = tokensOf(await signIn.finish(ann, await letIn()));
    const klaviyo = createKlaviyo(simulator.url);
    const asked = async (credential: Parameters<typeof klaviyo.listLists>[0]) => {
      let allowed = 0;
      while (allowed < 1_000 && (await klaviyo.listLists(credential)).ok) allowed += 1;
      return allowed;
    };
    const byKey = await asked({ kind: "apiKey", apiKey: simulator.first.apiKey });

    expect(await asked({ kind: "accessToken", accessToken })).toBe(byKey);
  });
});
