import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, Provider, type Configuration } from "oidc-provider";
import { SIGNED_IN_PATH, SIGNED_OUT_PATH } from "../../console-config";
import { serveOnLoopback } from "../loopback-server";
import { readBody } from "../request-body";
import { keepGrants } from "./kept-grants";
import { people, personOf } from "./people";
import { issuerErrorPage, signInPage, signOutPage } from "./sign-in-pages";
import type { SigningKey } from "./signing-key";

export interface SignInIssuerOptions {
  readonly key: SigningKey;
  /** What the API's authorizer expects of access tokens. */
  readonly expects: { readonly issuer: string; readonly audience: string };
  /** The API, for which access tokens are. */
  readonly apiUrl: string;
  readonly clientId: string;
  /** Where the console answers: people are sent back there, and it may ask from there. */
  readonly consoleUrl: string;
  /** For how long an access token is good. */
  readonly tokenSeconds: number;
}

/** An OpenID Connect issuer on this machine. */
export interface SignInIssuer {
  /** Its address, which is its name too. */
  readonly authority: string;
  close(): Promise<void>;
}

const SESSION_SECONDS = 12 * 60 * 60;
const SCOPE = "openid profile";

/**
 * Starts an issuer of which one signs in by code and PKCE, with refresh tokens that are good once. ID tokens carry its
 * address. Access tokens carry the issuer's name in the template, which leads nowhere, so that the API's
 * authorizer checks them as it would check a configured issuer's.
 */
export async function startSignInIssuer(options: SignInIssuerOptions): Promise<SignInIssuer> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.writeHead(503).end();
  const server = await serveOnLoopback((request, response) => answer(request, response));
  const provider = new Provider(server.url, configuration(options, server.port));
  const callback = provider.callback();
  answer = (request, response) => {
    if (request.url?.startsWith(SIGN_IN_PATH) === true) {
      void signIn(provider, request, response).catch(() => {
        if (!response.headersSent) sendPage(response, 400, issuerErrorPage(NOT_ASKED));
      });
      return;
    }
    void callback(request, response);
  };
  return { authority: server.url, close: () => server.close() };
}

const SIGN_IN_PATH = "/sign-in/";
const NOT_ASKED = "Nobody waits for this sign-in any more. Open the console again.";
const FORM_LIMIT_BYTES = 10_000;

async function signIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    sendPage(response, 200, signInPage(people, `${SIGN_IN_PATH}${uid}`));
    return;
  }
  const read = await readBody(request, FORM_LIMIT_BYTES);
  const chosen =
    read.kind === "tooLarge"
      ? undefined
      : personOf(new URLSearchParams(read.body.toString()).get("person") ?? undefined);
  if (chosen === undefined) {
    sendPage(response, 400, issuerErrorPage("There is nobody of that name."));
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: chosen.id } });
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response
    .writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .end(page);
}

function configuration(options: SignInIssuerOptions, port: number): Configuration {
  const { key, expects, apiUrl, clientId, consoleUrl, tokenSeconds } = options;
  return {
    adapter: keepGrants(),
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [`${consoleUrl}${SIGNED_IN_PATH}`],
        post_logout_redirect_uris: [`${consoleUrl}${SIGNED_OUT_PATH}`],
      },
    ],
    clientBasedCORS: (_context, origin) => origin === consoleUrl,
    jwks: { keys: [key.privateJwk] },
    // Cookies know no ports: two systems on this machine must not sign each other out.
    cookies: {
      keys: [randomUUID()],
      names: {
        session: `session-${port}`,
        interaction: `interaction-${port}`,
        resume: `resume-${port}`,
      },
    },
    claims: { openid: ["sub"], profile: ["name", "preferred_username"] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const person = personOf(id);
      if (person === undefined) return undefined;
      const { name, username } = person;
      return {
        accountId: id,
        claims: () => Promise.resolve({ sub: id, name, preferred_username: username }),
      };
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed("refresh_token"),
    ttl: {
      AccessToken: tokenSeconds,
      IdToken: tokenSeconds,
      Interaction: 60 * 60,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    },
    extraTokenClaims: (_context, token) => {
      const person = "accountId" in token ? personOf(token.accountId) : undefined;
      return person === undefined
        ? undefined
        : { username: person.username, "cognito:groups": person.groups };
    },
    formats: {
      customizers: {
        jwt: (_context, _token, parts) => {
          parts.payload.iss = expects.issuer;
        },
      },
    },
    // Whoever signs in here has said yes to the console.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grantId = session.grantIdFor(client.clientId);
      const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
      if (existing !== undefined) return existing;
      const grant = new provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(apiUrl, SCOPE);
      await grant.save();
      return grant;
    },
    interactions: { url: (_context, { uid }) => `${SIGN_IN_PATH}${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiUrl,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== apiUrl) throw new errors.InvalidTarget();
          return {
            scope: "",
            audience: expects.audience,
            accessTokenFormat: "jwt",
            accessTokenTTL: tokenSeconds,
            jwt: { sign: { alg: key.algorithm } },
          };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          const nonce = randomBytes(16).toString("base64");
          context.set(
            "content-security-policy",
            `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`,
          );
          context.body = signOutPage(form, nonce);
        },
        postLogoutSuccessSource: (context) => {
          context.body = issuerErrorPage("You are signed out.");
        },
      },
    },
    renderError: (context, { error, error_description }) => {
      context.type = "html";
      context.body = issuerErrorPage(`${error}: ${error_description ?? ""}`);
    },
  };
}
