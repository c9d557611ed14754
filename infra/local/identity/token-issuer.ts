import { randomUUID } from "node:crypto";
import { SignJWT, type JWTPayload } from "jose";
import { serveOnLoopback } from "../loopback-server";
import { createSigningKey, type SigningKey } from "./signing-key";

/** The claims of a token, as far as the caller wants them other than usual. */
export interface TokenClaims {
  readonly subject?: string;
  readonly username?: string;
  /** Groups of the caller: the claim `cognito:groups`. */
  readonly groups?: readonly string[];
  /** Separated by spaces. */
  readonly scope?: string;
  readonly issuer?: string;
  /** Seconds from now; negative for a token that has expired. @default 43,200 (12 hours) */
  readonly expiresIn?: number;
  /** Further claims, or other values for those above. */
  readonly others?: JWTPayload;
}

/** Issues tokens such as Cognito's access tokens, and publishes the key that they are signed with. */
export interface TokenIssuer {
  /** Where the key set and the OpenID configuration are served. */
  readonly url: string;
  readonly jwksUrl: string;
  /** The `iss` of the tokens. */
  readonly issuer: string;
  issue(claims?: TokenClaims): Promise<string>;
  close(): Promise<void>;
}

export interface TokenIssuerOptions {
  /** The issuer that the API's authorizer expects. */
  readonly issuer: string;
  /** One of the audiences that the authorizer accepts; tokens carry it as `client_id`. */
  readonly clientId: string;
  /** @default a key of its own */
  readonly key?: SigningKey;
}

export async function startTokenIssuer(options: TokenIssuerOptions): Promise<TokenIssuer> {
  const { algorithm, kid, privateKey, publicJwk } = options.key ?? (await createSigningKey());
  const keySet = { keys: [publicJwk] };

  const server = await serveOnLoopback((request, response) => {
    const respond = (status: number, content: object): void => {
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify(content));
    };
    switch (request.url) {
      case "/.well-known/jwks.json":
        return respond(200, keySet);
      case "/.well-known/openid-configuration":
        return respond(200, {
          issuer: options.issuer,
          jwks_uri: jwksUrl,
          response_types_supported: ["code", "token"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: [algorithm],
        });
      default:
        return respond(404, { message: "Not Found" });
    }
  });
  const jwksUrl = `${server.url}/.well-known/jwks.json`;

  return {
    url: server.url,
    jwksUrl,
    issuer: options.issuer,
    issue: (claims = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const subject = claims.subject ?? randomUUID();
      const expiry = now + (claims.expiresIn ?? 12 * 60 * 60);
      const payload: JWTPayload = {
        sub: subject,
        ...(claims.groups === undefined ? {} : { "cognito:groups": [...claims.groups] }),
        iss: claims.issuer ?? options.issuer,
        version: 2,
        client_id: options.clientId,
        origin_jti: randomUUID(),
        event_id: randomUUID(),
        token_use: "access",
        scope: claims.scope ?? "openid",
        auth_time: Math.min(now, expiry - 1),
        exp: expiry,
        iat: Math.min(now, expiry - 1),
        jti: randomUUID(),
        username: claims.username ?? subject,
        ...claims.others,
      };
      return new SignJWT(payload).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
    },
    close: () => server.close(),
  };
}
