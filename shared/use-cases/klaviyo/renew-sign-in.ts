import type { Connection } from "../../domain/connections/connection";
import {
  areExpired,
  isSameCredential,
  type KeptCredential,
  type SignInTokens,
} from "../../domain/klaviyo/credential";
import { fixedReasons } from "../../domain/problems/reasons";
import { DomainError, problem } from "../../domain/problems/problem";
import type {
  Clock,
  ConnectionStore,
  IdGenerator,
  KlaviyoSignIn,
  Log,
  SecretStore,
  SignInFailure,
} from "../../ports";
import { hopeless, type NotDone } from "./call-result";
import { LOOK_MILLISECONDS, secretLease } from "./holding-secret";

export interface RenewalDependencies {
  readonly connections: Pick<ConnectionStore, "holdSecret" | "releaseSecret">;
  readonly secrets: Pick<SecretStore, "read" | "replace">;
  readonly signIn: Pick<KlaviyoSignIn, "refresh">;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
}

/** Klaviyo takes few renewals a minute, so one that did not succeed has to wait while the tokens are good. */
const AGAIN_MILLISECONDS = 60_000;

/** Tokens that could not be kept would be lost, and the connection with them: so it is tried for long. */
const KEEPING_ATTEMPTS = 8;
const KEEPING_PAUSE_MILLISECONDS = 500;

interface Renewal {
  /** What was to be used. Tokens that were renewed by somebody else meanwhile are taken instead. */
  readonly used: KeptCredential;
  /** `due`: they end soon. `refused`: Klaviyo does not take them, whatever their time says. */
  readonly why: "due" | "refused";
  /** Until when another worker's renewal is waited for. */
  readonly deadline: Date;
}

/** What is kept now, and current. */
interface Kept {
  readonly kind: "kept";
  readonly kept: KeptCredential;
  /** Tokens that end soon and could not be renewed yet: worth another try from here on, and good until then. */
  readonly againAt?: Date;
}

/**
 * Renews the tokens of a sign-in, for all workers: one at a time does, and keeps the new ones before anybody uses
 * them. A worker that ends at any point leaves either the old tokens, with which the next one tries, or the new ones.
 *
 * Klaviyo gives a new refresh token each time, by one account of it. Should the old one be worth nothing from the
 * moment on in which the new one is made, a worker that ends in the second between Klaviyo's answer and Secrets
 * Manager's loses the sign-in, and nothing can be done about it: a person signs in again (`signInEnded`).
 */
export async function renewSignIn(
  dependencies: RenewalDependencies,
  connection: Pick<Connection, "connectionId" | "secretArn">,
  renewal: Renewal,
): Promise<Kept | NotDone> {
  const { connections, secrets, ids, clock } = dependencies;
  const { used, why, deadline } = renewal;
  const { connectionId, secretArn } = connection;
  const holder = ids.next();
  for (;;) {
    const kept = await secrets.read(secretArn, { fresh: true });
    if (!isSameCredential(kept, used)) {
      return { kind: "kept", kept };
    }
    if (await connections.holdSecret(connectionId, holder, secretLease(clock))) {
      try {
        return await renewAlone(dependencies, connection, { ...renewal, holder });
      } finally {
        await connections.releaseSecret(connectionId, holder);
      }
    }
    if (why === "due" && kept.kind === "signIn" && !areExpired(kept, clock.now())) {
      return { kind: "kept", kept, againAt: new Date(clock.now().getTime() + LOOK_MILLISECONDS) };
    }
    const next = clock.now().getTime() + LOOK_MILLISECONDS;
    if (next > deadline.getTime()) {
      return laterThan(clock, 1_000, "another worker renews the sign-in");
    }
    await clock.sleep(LOOK_MILLISECONDS);
  }
}

async function renewAlone(
  dependencies: RenewalDependencies,
  connection: Pick<Connection, "connectionId" | "secretArn">,
  { used, why, holder }: Renewal & { readonly holder: string },
): Promise<Kept | NotDone> {
  const { connections, secrets, signIn, clock, log } = dependencies;
  const { connectionId, secretArn } = connection;
  const kept = await secrets.read(secretArn, { fresh: true });
  const isRenewed = !isSameCredential(kept, used);
  if (kept.kind === "apiKey" || isRenewed) {
    return { kind: "kept", kept };
  }
  const answer = await signIn.refresh(kept.refreshToken);
  if (!answer.ok) {
    // Tokens that still work need not be renewed now.
    if (why === "due" && passes(answer.failure) && !areExpired(kept, clock.now())) {
      log.warn("signInNotRenewed", { connectionId, reason: answer.failure.kind });
      return { kind: "kept", kept, againAt: new Date(clock.now().getTime() + AGAIN_MILLISECONDS) };
    }
    return notRenewed(clock, answer.failure);
  }
  if (!(await connections.holdSecret(connectionId, holder, secretLease(clock)))) {
    // It took too long, and another worker has the secret: what that one keeps is what counts.
    return { kind: "kept", kept: await secrets.read(secretArn, { fresh: true }) };
  }
  return keep(dependencies, connection, answer.tokens);
}

/** Keeps new tokens before anybody uses them. */
async function keep(
  { secrets, clock }: RenewalDependencies,
  { connectionId, secretArn }: Pick<Connection, "connectionId" | "secretArn">,
  tokens: SignInTokens,
): Promise<Kept> {
  const kept: KeptCredential = { kind: "signIn", ...tokens };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await secrets.replace(secretArn, connectionId, kept);
      return { kind: "kept", kept };
    } catch (error) {
      if (attempt === KEEPING_ATTEMPTS || error instanceof DomainError) {
        throw error;
      }
      await clock.sleep(KEEPING_PAUSE_MILLISECONDS * attempt);
    }
  }
}

function passes({ kind }: SignInFailure): boolean {
  return kind === "throttled" || kind === "unavailable";
}

function notRenewed(clock: Clock, failure: SignInFailure): NotDone {
  switch (failure.kind) {
    case "ended":
      return hopeless(problem("signInEnded"));
    case "noApp":
      return hopeless(problem("signInUnavailable"));
    case "appRefused":
      return hopeless(problem("signInAppRefused"));
    case "throttled":
      return laterThan(clock, failure.retryAfterMilliseconds, fixedReasons.signInLimitReached);
    case "unavailable":
      return {
        kind: "faulty",
        problem: problem("klaviyoUnavailable", { reason: failure.reason }),
        // The call that the tokens are for was surely not made.
        unreached: true,
      };
  }
}

function laterThan(clock: Clock, milliseconds: number, reason: string): NotDone {
  return {
    kind: "later",
    at: new Date(clock.now().getTime() + milliseconds),
    by: "limiter",
    problem: problem("klaviyoUnavailable", { reason }),
  };
}
