import { isAxiosError } from "axios";
import * as z from "zod";
import { fixedReasons, namedReason } from "../../domain/problems/reasons";
import { DomainError } from "../../domain/problems/problem";
import {
  ENTRA_AUDIENCE,
  ENTRA_PROOF_SECONDS,
  type FederatedApp,
} from "../../domain/sources/federated-app";
import type { Clock } from "../../ports";
import type { ProveIdentity } from "../aws/identity-proof";
import { createBoundedHttp } from "../bounded-http";
import { parseJson } from "../../domain/text/parse-json";

/** What Azure's clients ask for a token; https://learn.microsoft.com/en-us/javascript/api/@azure/core-auth/tokencredential */
export interface TokenCredential {
  getToken(): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** Signs in to Microsoft Entra as an app that trusts this function. */
export type FederatedSignIn = (app: FederatedApp) => TokenCredential;

/** Where Microsoft Entra issues tokens. */
const AUTHORITY = "https://login.microsoftonline.com";

/** Milliseconds that Microsoft Entra has to answer. */
const PATIENCE = 5_000;

/** Tokens that name many groups are some kilobytes long. */
const ANSWER_MAX_BYTES = 100_000;

/** A token that is good for less is not used any more; Azure's client asks for another two minutes before the end. */
const LEAST_LEFT = 5 * 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refusalSchema = z.object({ error_codes: z.array(z.number().int()).default([]) });
const claimsSchema = z.object({ iss: z.string(), sub: z.string() });

/**
 * Signs in with what AWS says of this function instead of a password, as RFC 7523 has it. Tokens are kept as long as
 * they are good. All of it throws `azureFederationDisabled`, `entraAppNotFound`, `entraAppNotFederated`,
 * `sourceForbidden`, and `sourceUnavailable`, which passes.
 *
 * @param authority what stands for Microsoft Entra in the embedded environment
 */
export function createFederatedSignIn({
  prove,
  clock,
  authority = AUTHORITY,
}: {
  readonly prove: ProveIdentity;
  readonly clock: Pick<Clock, "now">;
  readonly authority?: string | undefined;
}): FederatedSignIn {
  type Token = Awaited<ReturnType<TokenCredential["getToken"]>>;
  const kept = new Map<string, Token>();
  const http = createBoundedHttp({ baseUrl: authority, answerMaxBytes: ANSWER_MAX_BYTES });

  async function ask(path: string, form: Record<string, string>): Promise<EntraAnswer> {
    try {
      const { status, data } = await http.post<string>(path, new URLSearchParams(form), {
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status, body: parseJson(data) };
    } catch (error) {
      // As which axios tells of an answer that is no HTTP, or too long.
      const isUnexpected = isAxiosError(error) && error.code === "ERR_BAD_RESPONSE";
      const reason = isUnexpected ? fixedReasons.unexpectedAnswer : fixedReasons.noConnection;
      throw unavailable({ reason });
    }
  }

  async function signIn(app: FederatedApp): Promise<Token> {
    const proof = await prove(ENTRA_AUDIENCE, ENTRA_PROOF_SECONDS);
    const asked = clock.now().getTime();
    const answer = await ask(`/${app.tenantId}/oauth2/v2.0/token`, {
      grant_type: "client_credentials",
      client_id: app.clientId,
      scope: "https://storage.azure.com/.default",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: proof,
    });
    if (answer.status !== 200) {
      throw refusal(answer, app, proof);
    }
    const read = tokenSchema.safeParse(answer.body);
    if (!read.success) {
      throw unavailable({ reason: fixedReasons.answerWithoutToken });
    }
    const { access_token: token, expires_in } = read.data;
    return { token, expiresOnTimestamp: asked + expires_in * 1_000 };
  }

  return (app) => ({
    getToken: async () => {
      const name = `${app.tenantId}/${app.clientId}`;
      const before = kept.get(name);
      if (before !== undefined && before.expiresOnTimestamp - clock.now().getTime() > LEAST_LEFT) {
        return before;
      }
      const token = await signIn(app);
      kept.set(name, token);
      return token;
    },
  });
}

interface EntraAnswer {
  readonly status: number;
  readonly body: unknown;
}

function unavailable(reason: ReturnType<typeof namedReason>): DomainError {
  return new DomainError("sourceUnavailable", { place: "Microsoft Entra", ...reason });
}

/**
 * What a refusal means. Microsoft may change its numbers: an unknown one is told as it is.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
function refusal({ status, body }: EntraAnswer, app: FederatedApp, proof: string): DomainError {
  // It sends nobody elsewhere who asks for a token.
  if (status < 400 || status === 429 || status >= 500) {
    return unavailable(namedReason("status", { status }));
  }
  const codes = refusalSchema.safeParse(body).data?.error_codes ?? [];
  const begins = (start: string): boolean => codes.some((code) => String(code).startsWith(start));
  // 90002 and 900023: no such tenant; 700016: no such app in it.
  if (begins("90002") || begins("700016")) {
    return new DomainError("entraAppNotFound", { ...app });
  }
  // 70021 and what is numbered below it: no federated credential has this issuer, subject or audience.
  if (begins("70021")) {
    const { iss, sub } = claimsOf(proof);
    return new DomainError("entraAppNotFederated", {
      ...{ clientId: app.clientId, issuer: iss, subject: sub, audience: ENTRA_AUDIENCE },
    });
  }
  const [code] = codes;
  return new DomainError("sourceForbidden", {
    place: `app ${app.clientId} of Microsoft Entra`,
    ...(code === undefined
      ? namedReason("status", { status })
      : namedReason("entraCode", { code: String(code) })),
  });
}

/** Who a token says it was issued by and for; that it is not forged is for Microsoft Entra to see. */
function claimsOf(token: string): z.infer<typeof claimsSchema> {
  const claims = parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return claimsSchema.safeParse(claims).data ?? { iss: "unknown", sub: "unknown" };
}
