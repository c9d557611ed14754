import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import * as z from "zod";
import { localAccountId, localRegion } from "../aws-identity";
import { accessKeyOf } from "../front/callers";
import { frontedListener } from "../front/fronted-service";
import type { AwsFront } from "../front/front";
import { listIn, understandSts } from "../front/needs/identity-tokens";
import { queryNamespaces } from "../front/service-answer";
import { createSigningKey, type SigningKey } from "../identity/signing-key";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";
import { AwsServiceError } from "./aws-error";

// Limits: STS API reference, GetWebIdentityToken.
const tokenRequestSchema = z.object({
  audience: z.array(z.string().min(1).max(1_000)).min(1).max(10),
  seconds: z.coerce.number().int().min(60).max(3_600).default(300),
  // The other that AWS has, ES384, nothing here asks for.
  algorithm: z.literal("RS256"),
});

/**
 * STS as far as issuing tokens by which a caller proves its role to others (protocol AWS Query). Their issuer is where
 * the key that they are signed with is published: here the same server, on AWS one of the account's own.
 */
export async function startSts(counter: RequestCounter, front: AwsFront): Promise<LoopbackServer> {
  const key = await createSigningKey();
  const inputOf = (body: Buffer): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(body.toString("utf8")));
  const asked = frontedListener(front, {
    name: "sts",
    understand: (_request, body) => {
      const input = inputOf(body);
      const action = input["Action"] ?? "Unknown";
      counter.count("sts", action, body.length);
      return understandSts(action, input);
    },
    answer: async (request, body) => {
      const accessKeyId = accessKeyOf(request.headers.authorization, request.url ?? "/");
      const caller = accessKeyId === undefined ? undefined : front.callers.callerOf(accessKeyId);
      const subject =
        caller === undefined || caller.kind === "owner"
          ? `arn:aws:iam::${localAccountId}:user/owner`
          : caller.roleArn;
      return {
        status: 200,
        headers: { "content-type": "text/xml" },
        body: await act(inputOf(body), subject, server.url, key),
      };
    },
  });
  const published: Readonly<Record<string, () => object>> = {
    "/.well-known/openid-configuration": () => ({
      issuer: server.url,
      jwks_uri: `${server.url}/.well-known/jwks.json`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: [key.algorithm],
    }),
    "/.well-known/jwks.json": () => ({ keys: [key.publicJwk] }),
  };
  const server = await serveOnLoopback((request, response) => {
    const found = request.method === "GET" ? published[request.url ?? "/"] : undefined;
    if (found === undefined) {
      asked(request, response);
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found()));
  });
  return server;
}

async function act(
  input: Readonly<Record<string, string>>,
  subject: string,
  issuer: string,
  { algorithm, kid, privateKey }: SigningKey,
): Promise<string> {
  const action = input["Action"] ?? "Unknown";
  if (action !== "GetWebIdentityToken") {
    throw new AwsServiceError("InvalidAction", `No action ${action} here.`);
  }
  const request = tokenRequestSchema.safeParse({
    audience: listIn(input, "Audience"),
    seconds: input["DurationSeconds"],
    algorithm: input["SigningAlgorithm"],
  });
  if (!request.success) {
    const named = request.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new AwsServiceError("ValidationError", `Invalid parameter: ${named}`);
  }
  const { audience, seconds } = request.data;
  const now = Math.floor(Date.now() / 1_000);
  // One audience is a text in `aud`, several are a list.
  const token = await new SignJWT({
    "https://sts.amazonaws.com/": {
      aws_account: localAccountId,
      source_region: localRegion,
      principal_id: subject,
    },
  })
    .setProtectedHeader({ alg: algorithm, kid, typ: "JWT" })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience(audience.length === 1 ? (audience[0] ?? "") : audience)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .setJti(randomUUID())
    .sign(privateKey);
  const expiration = new Date((now + seconds) * 1_000).toISOString();
  return (
    `<${action}Response xmlns="${queryNamespaces.sts}"><${action}Result>` +
    `<WebIdentityToken>${token}</WebIdentityToken><Expiration>${expiration}</Expiration>` +
    `</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`
  );
}
