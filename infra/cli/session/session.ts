import { Failure } from "../failure";
import type { Terminal } from "../terminal/terminal";
import {
  readCredentials,
  readProfiles,
  writeCredentials,
  type Credentials,
  type Profile,
} from "./settings-files";
import { hasExpired } from "./tokens";
import { refresh } from "./user-pool";
import { hint } from "../output/hints";

/** Which environment to talk to and as whom, as the command line says. */
export interface SessionOptions {
  readonly profile?: string | undefined;
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

/** An environment and a token for it. */
export interface Session {
  /** Undefined when address and token were given without a profile. */
  readonly profile: { readonly name: string; readonly settings: Profile } | undefined;
  readonly url: string;
  /** Throws `Failure` when nobody is signed in, or when the sign-in has expired. */
  token(): Promise<string>;
}

/**
 * Finds the environment: options before environment variables before the profile. A profile's token goes
 * to that profile's address only, so an address of one's own takes a token of one's own.
 */
export async function openSession(terminal: Terminal, options: SessionOptions): Promise<Session> {
  const { env } = terminal;
  const givenUrl = options.url ?? nonEmpty(env["KLAVIYO_EXPORT_URL"]);
  const givenToken = options.token ?? nonEmpty(env["KLAVIYO_EXPORT_TOKEN"]);
  // A profile that is named on the command line is meant, whatever the environment says; the command line
  // does not name both.
  if (givenUrl !== undefined && options.profile === undefined) {
    if (options.url === undefined) {
      // Who has never set a profile up, or can't read it, is told nothing of one.
      const current = await readProfiles(env).then(
        (file) => file.current,
        () => undefined,
      );
      sayWhatWins(terminal, current);
    }
    return {
      profile: undefined,
      url: checkedUrl(givenUrl),
      token: async () =>
        givenToken ??
        refuse(
          "notSignedIn",
          "An address was given without a token. Put one into the variable KLAVIYO_EXPORT_TOKEN, or use a profile.",
          "notSignedIn",
        ),
    };
  }
  const profile = await chosenProfile(terminal, options.profile);
  return {
    profile,
    url: checkedUrl(profile.settings.url),
    token: async () =>
      options.token ??
      (options.profile === undefined ? givenToken : undefined) ??
      signedInToken(terminal, profile),
  };
}

/** The profile that is meant. Throws `Failure` when there is none. */
export async function chosenProfile(
  { env }: Terminal,
  named: string | undefined,
): Promise<{ readonly name: string; readonly settings: Profile }> {
  const { current, profiles } = await readProfiles(env);
  const name = named ?? nonEmpty(env["KLAVIYO_EXPORT_PROFILE"]) ?? current;
  if (name === undefined) {
    return refuse(
      "noProfile",
      `No environment has been chosen. Set one up with: ${hint("profiles", "set", "NAME", "--url", "URL")}`,
      "usage",
    );
  }
  const known = profileCalled(profiles, name);
  const settings = known === undefined ? undefined : profiles[known];
  if (known === undefined || settings === undefined) {
    const names = Object.keys(profiles);
    return refuse(
      "profileUnknown",
      `There is no profile “${name}”. ${names.length === 0 ? "None has been set up yet" : `There are: ${names.join(", ")}`}. Set it up with: ${hint("profiles", "set", name, "--url", "URL")}`,
      "notFound",
    );
  }
  return { name: known, settings };
}

/** The profile of that name, in whatever case it is written. */
export function profileCalled(
  profiles: Readonly<Record<string, Profile>>,
  name: string,
): string | undefined {
  return Object.hasOwn(profiles, name)
    ? name
    : Object.keys(profiles).find((known) => known.toLowerCase() === name.toLowerCase());
}

/** Says that a variable comes before the profile: whoever uses one may think that it is where commands go. */
export function sayWhatWins({ env, note }: Terminal, profile: string | undefined): void {
  const url = nonEmpty(env["KLAVIYO_EXPORT_URL"]);
  if (url !== undefined && profile !== undefined) {
    note(
      `The variable KLAVIYO_EXPORT_URL comes before the profile “${profile}”: commands go to ${url}. Unset it (unset KLAVIYO_EXPORT_URL KLAVIYO_EXPORT_TOKEN), or give --profile ${profile}.`,
    );
    return;
  }
  const other = nonEmpty(env["KLAVIYO_EXPORT_PROFILE"]);
  if (other !== undefined && profile !== undefined && other !== profile) {
    note(`The variable KLAVIYO_EXPORT_PROFILE comes before it: commands go to “${other}”.`);
  }
}

async function signedInToken(
  { env }: Terminal,
  { name, settings }: { name: string; settings: Profile },
): Promise<string> {
  const credentials = await readCredentials(env, name);
  if (credentials === undefined) {
    return refuse(
      "notSignedIn",
      `Nobody is signed in to profile “${name}”. Sign in with: ${hint("login", "--profile", name)}`,
      "notSignedIn",
    );
  }
  if (!hasExpired(credentials.accessToken, new Date())) {
    return credentials.accessToken;
  }
  const renewed = await renew(env, name, settings, credentials);
  await writeCredentials(env, name, renewed);
  return renewed.accessToken;
}

async function renew(
  env: Terminal["env"],
  name: string,
  { userPool }: Profile,
  { refreshToken, username }: Credentials,
): Promise<Credentials> {
  if (userPool === undefined || refreshToken === undefined) {
    return refuse(
      "tokenExpired",
      `The token has expired. Sign in again with: ${hint("login", "--profile", name)}`,
      "notSignedIn",
    );
  }
  return refresh(env, userPool, { refreshToken, username });
}

/**
 * Without a slash at the end, so that paths can be put behind it. A token travels to the address: only to this
 * machine may it travel in clear. Throws `Failure`.
 */
export function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refuse(
      "urlInvalid",
      `“${text}” is not the address of an API. It looks like https://….`,
      "usage",
    );
  }
  if (url.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    return refuse(
      "urlInvalid",
      `To ${url.host} a token would travel in clear. Give the address that begins with https://; http:// is for this machine only.`,
      "usage",
    );
  }
  return text.replace(/\/+$/, "");
}

/** Hosts that are this machine (RFC 5735, RFC 6761), as `URL` writes them. */
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:.+\.)?localhost)$/;

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function refuse(code: string, message: string, exit: "usage" | "notSignedIn" | "notFound"): never {
  throw new Failure({ code, message, exit });
}
