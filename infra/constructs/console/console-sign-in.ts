import { Aws, Duration } from "aws-cdk-lib";
import {
  CfnManagedLoginBranding,
  CfnUserPoolClient,
  ManagedLoginVersion,
  OAuthScope,
  type UserPool,
  UserPoolClientIdentityProvider,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import { SIGNED_IN_PATH, SIGNED_OUT_PATH, type ConsoleConfig } from "../../console-config";
import type { StageConfig, StageName } from "../../stage-config";
import type { ConsoleAddress } from "./console-address";

/** How people sign in to the console. */
export interface ConsoleSignIn extends Pick<
  ConsoleConfig,
  "authority" | "clientId" | "scope" | "signOut"
> {
  readonly resource?: string | undefined;
  /** The origins that the page asks for the issuer's configuration and for tokens. */
  readonly origins: readonly string[];
}

type ConsoleSettings = NonNullable<StageConfig["console"]>;

/** Through the stage's configured issuer, where the console has been made known as a public client. */
export function issuerSignIn(
  issuer: string,
  { signIn }: Pick<ConsoleSettings, "signIn">,
): ConsoleSignIn {
  if (signIn === undefined) {
    throw new Error("A console needs the client through which people sign in (console.signIn).");
  }
  const { clientId, scope, resource, origins } = signIn;
  return {
    authority: issuer,
    clientId,
    scope,
    resource,
    signOut: { kind: "oidc" },
    origins: [...new Set([new URL(issuer).origin, ...origins])],
  };
}

/** Through Cognito's managed pages: a public client of the stage's own user pool, by code and PKCE alone. */
export function cognitoSignIn(
  scope: Construct,
  userPool: UserPool,
  props: {
    readonly stage: StageName;
    readonly settings: ConsoleSettings;
    readonly address: ConsoleAddress;
  },
): ConsoleSignIn {
  const { stage, settings, address } = props;
  const client = userPool.addClient("Console", {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${address.origin}${SIGNED_IN_PATH}`],
      logoutUrls: [`${address.origin}${SIGNED_OUT_PATH}`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    // Each refresh token is good for one renewal, and a few seconds more for an answer that was lost.
    refreshTokenRotationGracePeriod: Duration.seconds(30),
  });
  const resource = client.node.defaultChild;
  if (!(resource instanceof CfnUserPoolClient)) {
    throw new Error("A client without its CloudFormation resource can't be told its flows.");
  }
  // Cognito rotates refresh tokens only of clients that can't use them by its older call.
  resource.explicitAuthFlows = ["ALLOW_USER_SRP_AUTH"];

  const pages = userPool.addDomain("SignInPages", {
    cognitoDomain: {
      // Unique among all of AWS's customers in the region.
      domainPrefix: settings.signInDomain ?? `segment-export-${stage}-${Aws.ACCOUNT_ID}`,
    },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  // Without a style of its own, a client has no managed pages.
  const branding = new CfnManagedLoginBranding(scope, "SignInBranding", {
    userPoolId: userPool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  branding.node.addDependency(pages);
  return {
    authority: userPool.userPoolProviderUrl,
    clientId: client.userPoolClientId,
    scope: "openid email profile",
    signOut: { kind: "cognito", endpoint: `${pages.baseUrl()}/logout` },
    origins: [`https://cognito-idp.${Aws.REGION}.amazonaws.com`, pages.baseUrl()],
  };
}
