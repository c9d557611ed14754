import { ErrorResponse, UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { SIGNED_IN_PATH, SIGNED_OUT_PATH, type ConsoleConfig } from "../../console-config";

/** Where the person is with signing in. */
export type SessionState =
  | { readonly kind: "signedOut" }
  | { readonly kind: "signedIn"; readonly accessToken: string }
  /** It was there, and could not be renewed: what is on screen stays until the person signs in again. */
  | { readonly kind: "ended" };

/** A person's sign-in, which this tab alone knows of. */
export interface Session {
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Goes to the issuer, which sends the person back to where they are. */
  readonly signIn: () => Promise<void>;
  /** Signs in again in a window of its own, so that this page stays as it is. */
  readonly signInAgain: () => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** Ends a sign-in that the issuer has sent back; answers where the person was, or nothing in a window of its own. */
  readonly finishSignIn: () => Promise<string | undefined>;
  /** A token that is good now. While the session has ended it is waited for, so that no call is lost. */
  readonly token: () => Promise<string>;
  /** To be called when the API does not take a token: renews it, or ends the session. */
  readonly renew: (refused: string) => Promise<string>;
}

/** The name of the window in which somebody signs in again. */
const SIGN_IN_WINDOW = "sign-in-again";

/** Loads this tab's sign-in, if there is one. Tokens are in the tab's own storage, which ends with it. */
export async function createSession(config: ConsoleConfig): Promise<Session> {
  const { origin } = window.location;
  const store = new WebStorageStateStore({ store: window.sessionStorage });
  const manager = new UserManager({
    authority: config.authority,
    client_id: config.clientId,
    scope: config.scope,
    redirect_uri: `${origin}${SIGNED_IN_PATH}`,
    popup_redirect_uri: `${origin}${SIGNED_IN_PATH}`,
    post_logout_redirect_uri: `${origin}${SIGNED_OUT_PATH}`,
    response_type: "code",
    ...(config.resource === undefined ? {} : { resource: config.resource }),
    userStore: store,
    stateStore: store,
    automaticSilentRenew: false,
    loadUserInfo: false,
  });
  let user: User | undefined = (await manager.getUser()) ?? undefined;
  let ended = false;
  let current = stateOf(user, ended);
  let renewing: Promise<string> | undefined;
  const listeners = new Set<() => void>();

  function set(next: User | undefined, hasEnded: boolean): void {
    user = next;
    ended = hasEnded;
    current = stateOf(user, ended);
    for (const listener of [...listeners]) {
      listener();
    }
  }

  /** Waits for the person to sign in again. */
  function nextToken(): Promise<string> {
    return new Promise((resolve) => {
      const listener = () => {
        if (current.kind === "signedIn") {
          listeners.delete(listener);
          resolve(current.accessToken);
        }
      };
      listeners.add(listener);
      listener();
    });
  }

  async function renewOnce(): Promise<string> {
    const renewed = await silently(manager);
    if (renewed === undefined) {
      set(undefined, true);
      return nextToken();
    }
    set(renewed, false);
    return renewed.access_token;
  }

  function renew(): Promise<string> {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    state: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: () => manager.signinRedirect({ state: currentPlace() }),
    signInAgain: async () =>
      set(await manager.signinPopup({ popupWindowTarget: SIGN_IN_WINDOW }), false),
    signOut: async () => {
      await manager.removeUser();
      if (config.signOut.kind === "oidc") {
        const idToken = user?.id_token;
        await manager.signoutRedirect(idToken === undefined ? {} : { id_token_hint: idToken });
        return;
      }
      const address = new URL(config.signOut.endpoint);
      address.searchParams.set("client_id", config.clientId);
      address.searchParams.set("logout_uri", `${origin}${SIGNED_OUT_PATH}`);
      window.location.assign(address);
    },
    finishSignIn: async () => {
      if (window.name === SIGN_IN_WINDOW) {
        // What the issuer's answer must fit is in the storage of the tab that opened this window.
        await manager.signinPopupCallback();
        return undefined;
      }
      const signedIn = await manager.signinCallback();
      if (signedIn === undefined) {
        return undefined;
      }
      set(signedIn, false);
      return typeof signedIn.state === "string" ? signedIn.state : "/";
    },
    token: async () => {
      if (current.kind === "ended") {
        return renewing ?? nextToken();
      }
      return user === undefined || expiresSoon(user) ? renew() : user.access_token;
    },
    renew: async (refused) =>
      user !== undefined && user.access_token !== refused ? user.access_token : renew(),
  };
}

function stateOf(user: User | undefined, ended: boolean): SessionState {
  if (ended) {
    return { kind: "ended" };
  }
  return user === undefined
    ? { kind: "signedOut" }
    : { kind: "signedIn", accessToken: user.access_token };
}

/** Renews by the refresh token; nothing when the issuer does not want to. */
async function silently(manager: UserManager): Promise<User | undefined> {
  const stored = await manager.getUser();
  if (stored?.refresh_token === undefined) {
    return undefined;
  }
  try {
    return (await manager.signinSilent()) ?? undefined;
  } catch (error) {
    if (error instanceof ErrorResponse) {
      return undefined;
    }
    throw error;
  }
}

const SOON_SECONDS = 30;
function expiresSoon({ expires_in }: User): boolean {
  return expires_in !== undefined && expires_in < SOON_SECONDS;
}

/** Where the person is: a path of this console, whatever somebody wrote into the address. */
function currentPlace(): string {
  const { pathname, search } = window.location;
  return pathname === SIGNED_OUT_PATH || pathname === SIGNED_IN_PATH ? "/" : `${pathname}${search}`;
}
