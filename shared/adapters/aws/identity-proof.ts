import { GetWebIdentityTokenCommand, type STSClient } from "@aws-sdk/client-sts";
import { fixedReasons } from "../../domain/problems/reasons";
import { DomainError } from "../../domain/problems/problem";
import { AwsFailure, awsCall } from "./aws-failure";

/** A signed token of AWS by which this function proves to somebody outside who it is. */
export type ProveIdentity = (audience: string, seconds: number) => Promise<string>;

/**
 * Has AWS's token service say whose role this function has (outbound identity federation).
 *
 * @param client asked for with the first proof: most runs need none
 * @returns what throws `azureFederationDisabled` where the account issues no such tokens, and `sourceForbidden` where
 * this function may not ask for one
 */
export function createIdentityProof(client: () => STSClient): ProveIdentity {
  return async (audience, seconds) => {
    const request = new GetWebIdentityTokenCommand({
      Audience: [audience],
      DurationSeconds: seconds,
      // Microsoft Entra takes no other.
      SigningAlgorithm: "RS256",
    });
    const { WebIdentityToken } = await awsCall("GetWebIdentityToken", () =>
      client().send(request),
    ).catch((error: unknown) => {
      throw asProblem(error);
    });
    if (WebIdentityToken === undefined) {
      throw new TypeError("the token service answers without a token");
    }
    return WebIdentityToken;
  };
}

function asProblem(error: unknown): unknown {
  const code = error instanceof AwsFailure ? error.awsError : "";
  if (code.startsWith("OutboundWebIdentityFederationDisabled")) {
    return new DomainError("azureFederationDisabled");
  }
  return code === "AccessDenied"
    ? new DomainError("sourceForbidden", {
        place: "AWS's token service",
        reason: fixedReasons.organisationForbids,
      })
    : error;
}
