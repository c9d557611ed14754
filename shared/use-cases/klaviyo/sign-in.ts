import {
  SIGN_IN_MINUTES,
  type KeptCredential,
  type SignInAnswer,
} from "../../domain/klaviyo/credential";
import { fixedReasons } from "../../domain/problems/reasons";
import { DomainError } from "../../domain/problems/problem";
import type { KlaviyoSignIn, Log, SignInPerson } from "../../ports";

interface FinishDependencies {
  readonly signIn: Pick<KlaviyoSignIn, "finish">;
}

/**
 * Gets the tokens of a person whom Klaviyo sent back. Throws `signInForeign` for what somebody else began, or nobody;
 * `signInNotFinished`, `signInUnavailable`, `signInAppRefused`, `klaviyoUnavailable`.
 */
export async function finishSignIn(
  { signIn }: FinishDependencies,
  { userId, returnTo, state, code }: SignInPerson & SignInAnswer,
  field: string,
): Promise<KeptCredential> {
  const answer = await signIn.finish({ userId, returnTo }, { state, code });
  if (answer.ok) {
    return { kind: "signIn", ...answer.tokens };
  }
  const { failure } = answer;
  switch (failure.kind) {
    case "foreign":
      throw new DomainError("signInForeign", { minutes: SIGN_IN_MINUTES }, field);
    case "ended":
      throw new DomainError("signInNotFinished", {}, field);
    case "noApp":
      throw new DomainError("signInUnavailable", {}, field);
    case "appRefused":
      throw new DomainError("signInAppRefused");
    case "throttled":
      throw new DomainError("klaviyoUnavailable", { reason: fixedReasons.signInLimitReached });
    case "unavailable":
      throw new DomainError("klaviyoUnavailable", { reason: failure.reason });
  }
}

interface EndDependencies {
  readonly signIn: Pick<KlaviyoSignIn, "revoke">;
  readonly log: Pick<Log, "warn">;
}

/**
 * Ends a sign-in in Klaviyo that nobody here uses any more. What fails is logged and left: the tokens are forgotten
 * here, and end by themselves in Klaviyo when they have not been used for 90 days.
 */
export async function endSignIn(
  { signIn, log }: EndDependencies,
  kept: KeptCredential,
  connectionId?: string,
): Promise<void> {
  if (kept.kind !== "signIn") {
    return;
  }
  const answer = await signIn.revoke(kept.refreshToken);
  if (!answer.ok) {
    log.warn("signInNotRevoked", { connectionId, reason: answer.failure.kind });
  }
}
