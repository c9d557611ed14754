import type { Caller } from "../../domain/access/identity";
import type { SignInPlace } from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type { KlaviyoSignIn, SignInStart } from "../../ports";
import { requireAccess } from "../access/access";

/**
 * Says where an administrator signs in to Klaviyo. Nothing is kept of it: what Klaviyo sends the person back with goes
 * into a new connection, or takes the place of a connection's key. Throws `notPermitted`, and `signInUnavailable` where
 * this stage has no app, or none for the place.
 */
export async function beginSignIn(
  { signIn }: { readonly signIn: Pick<KlaviyoSignIn, "begin"> },
  { caller, returnTo }: { readonly caller: Caller; readonly returnTo: SignInPlace },
): Promise<SignInStart> {
  requireAccess(caller, "beginSignIn");
  const start = await signIn.begin({ userId: caller.userId, returnTo });
  if (start === null) {
    throw new DomainError("signInUnavailable");
  }
  return start;
}
