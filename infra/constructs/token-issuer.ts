import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { roleSchema } from "../../shared/domain/access/identity";
import { groupsCalledAsRoles, type TokenRules } from "../../shared/domain/access/token-rules";
import type { StageConfig, StageName } from "../stage-config";
import type { ConsoleAddress } from "./console/console-address";
import { cognitoSignIn, issuerSignIn, type ConsoleSignIn } from "./console/console-sign-in";
import { removalPolicy } from "./removal-policy";

/** What the API's authorizer and the functions need to know about callers' tokens. */
export interface TokenIssuer {
  readonly issuer: string;
  /** At least one must be the token's `aud` or `client_id`. */
  readonly audience: readonly string[];
  readonly rules: TokenRules;
  /** Set when the tokens come from the stack's own user pool. */
  readonly userPool?: { readonly id: string; readonly clientId: string };
  /** Set when the stage has a console. */
  readonly console?: ConsoleSignIn | undefined;
}

/**
 * The stage's token issuer: its configured OpenID Connect provider, or a user pool of its own.
 *
 * @param address where the console answers, if the stage has one.
 */
export function tokenIssuer(
  scope: Construct,
  stage: StageName,
  config: StageConfig,
  address?: ConsoleAddress,
): TokenIssuer {
  switch (config.identity.kind) {
    case "oidc": {
      const {
        issuer,
        audience,
        rolesClaim,
        groups,
        tokenType,
        scope: tokenScope,
      } = config.identity;
      return {
        issuer,
        audience,
        rules: {
          issuedBy: "oidc",
          rolesClaim,
          groups: groupsOfRoles(groups),
          tokenType,
          scope: tokenScope,
        },
        ...(config.console === undefined ? {} : { console: issuerSignIn(issuer, config.console) }),
      };
    }
    case "cognito": {
      const groups = groupsOfRoles(config.identity.groups);
      const directory = new UserDirectory(scope, "Users", {
        stage,
        groups,
        mfa: config.identity.mfa,
        retain: config.data === "retain",
        removalPolicy: removalPolicy(config),
      });
      const signIn =
        config.console === undefined || address === undefined
          ? undefined
          : cognitoSignIn(directory, directory.userPool, {
              ...{ stage, settings: config.console, address },
            });
      return {
        issuer: directory.userPool.userPoolProviderUrl,
        audience: [
          directory.client.userPoolClientId,
          ...(signIn === undefined ? [] : [signIn.clientId]),
        ],
        console: signIn,
        rules: { issuedBy: "cognito", rolesClaim: "cognito:groups", groups },
        userPool: {
          id: directory.userPool.userPoolId,
          clientId: directory.client.userPoolClientId,
        },
      };
    }
  }
}

/** The group of each role, which is called as the role unless the stage says otherwise. */
function groupsOfRoles({
  administrator = groupsCalledAsRoles.Administrator,
  contributor = groupsCalledAsRoles.Contributor,
  viewer = groupsCalledAsRoles.Viewer,
}: NonNullable<StageConfig["identity"]["groups"]> = {}): TokenRules["groups"] {
  return { Administrator: administrator, Contributor: contributor, Viewer: viewer };
}

interface UserDirectoryProps {
  readonly stage: StageName;
  readonly groups: TokenRules["groups"];
  readonly mfa: "optional" | "required";
  readonly retain: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** A Cognito user pool with a group for each role. Administrators of the AWS account invite its users. */
class UserDirectory extends Construct {
  readonly userPool: UserPool;
  /** For command lines and scripts: sign-in by SRP, so that the password never travels. */
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);
    this.userPool = new UserPool(this, "Pool", {
      userPoolName: `segment-export-${props.stage}`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: props.mfa === "required" ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // Refuses passwords known from leaks and sign-ins that look like attacks.
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      removalPolicy: props.removalPolicy,
      deletionProtection: props.retain,
    });
    if (props.mfa === "optional") {
      Validations.of(this.userPool).acknowledge({
        id: "AwsSolutions-COG2",
        reason:
          "A second factor is optional in this stage, so that tests can sign in; production requires it.",
      });
    }
    for (const [precedence, role] of roleSchema.options.entries()) {
      new CfnUserPoolGroup(this, `${role}Group`, {
        userPoolId: this.userPool.userPoolId,
        groupName: props.groups[role],
        // The first role includes the others: of several groups the lowest number counts.
        precedence: precedence + 1,
      });
    }
    this.client = this.userPool.addClient("CommandLine", {
      authFlows: { userSrp: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
    });
  }
}
