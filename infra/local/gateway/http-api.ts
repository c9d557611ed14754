import * as z from "zod";
import type { Resolve } from "../template/intrinsics";
import {
  apiProperties,
  authorizerProperties,
  integrationProperties,
  routeProperties,
  stageProperties,
  type CorsConfiguration,
} from "../template/resource-properties";
import { resourcesOfType } from "../template/resources-of-type";
import type { Template } from "../template/template";
import type { Throttle } from "./throttle";

export interface HttpApiRoute {
  readonly routeKey: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
  readonly authorizer: HttpApiAuthorizer | undefined;
  readonly scopes: readonly string[];
  /** Of its own; undefined where only the stage's holds. */
  readonly throttle: Throttle | undefined;
}

export interface HttpApiAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly identitySource: readonly string[];
}

/** The template's HTTP API. */
export interface HttpApi {
  readonly stage: string;
  readonly cors: CorsConfiguration | undefined;
  readonly routes: readonly HttpApiRoute[];
}

// HTTP APIs wait for an integration for 30 seconds at most (quotas for HTTP APIs).
const longestTimeoutMilliseconds = 30_000;

/** @throws when a route leads to what is not there, or when there is more than one API. */
export function describeHttpApi(template: Template, resolve: Resolve): HttpApi {
  const apis = resourcesOfType(template, resolve, ["AWS::ApiGatewayV2::Api"], apiProperties);
  if (apis.length > 1) throw new Error("The embedded environment runs one HTTP API only.");
  const integrations = resourcesOfType(
    template,
    resolve,
    ["AWS::ApiGatewayV2::Integration"],
    integrationProperties,
  );
  const authorizers = resourcesOfType(
    template,
    resolve,
    ["AWS::ApiGatewayV2::Authorizer"],
    authorizerProperties,
  );
  const [stage] = resourcesOfType(template, resolve, ["AWS::ApiGatewayV2::Stage"], stageProperties);

  return {
    stage: stage?.properties.StageName ?? "$default",
    cors: apis[0]?.properties.CorsConfiguration,
    routes: resourcesOfType(template, resolve, ["AWS::ApiGatewayV2::Route"], routeProperties).map(
      ({ logicalId, properties }) => {
        const integration = integrations.find(
          (candidate) => properties.Target === `integrations/${candidate.logicalId}`,
        )?.properties;
        if (integration === undefined) {
          throw new Error(`${logicalId} leads to ${properties.Target}, which is not there.`);
        }
        const authorizer = authorizers.find(
          (candidate) => candidate.logicalId === properties.AuthorizerId,
        )?.properties;
        if (properties.AuthorizationType === "JWT" && authorizer === undefined) {
          throw new Error(`${logicalId} asks for a token, but its authorizer is not there.`);
        }
        return {
          routeKey: properties.RouteKey,
          throttle: throttleOf(stage?.properties.RouteSettings[properties.RouteKey]),
          functionName: functionOf(integration.IntegrationUri),
          timeoutMilliseconds: Math.min(integration.TimeoutInMillis, longestTimeoutMilliseconds),
          authorizer:
            properties.AuthorizationType === "NONE" || authorizer === undefined
              ? undefined
              : {
                  issuer: authorizer.JwtConfiguration.Issuer,
                  audience: authorizer.JwtConfiguration.Audience,
                  identitySource: authorizer.IdentitySource,
                },
          scopes: properties.AuthorizationScopes,
        };
      },
    ),
  };
}

function throttleOf(
  settings: { ThrottlingRateLimit: number; ThrottlingBurstLimit: number } | undefined,
): Throttle | undefined {
  return settings === undefined
    ? undefined
    : { rateLimit: settings.ThrottlingRateLimit, burstLimit: settings.ThrottlingBurstLimit };
}

/** The function's name in its ARN, which may be wrapped in the URI of its Invoke operation. */
export function functionOf(uri: string): string {
  return z.string().parse(/function:([^/:]+)/.exec(uri)?.[1] ?? uri);
}
