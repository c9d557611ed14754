import type {
  CognitoIdentityProviderClient,
  RespondToAuthChallengeCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { Failure } from "../failure";
import type { Terminal } from "../terminal/terminal";
import type { Credentials, Profile } from "./settings-files";
import { hint } from "../output/hints";

type UserPool = NonNullable<Profile["userPool"]>;
type Env = Terminal["env"];

/** Loaded when somebody signs in: the SDK takes longer to load than most commands to run. */
const sdk = () => import("@aws-sdk/client-cognito-identity-provider");
const srp = () => import("cognito-srp-helper");

export interface SignIn {
  readonly pool: UserPool;
  readonly username: string;
  readonly password: string;
}

/**
 * Signs in by SRP: the password itself never travels. What the pool asks for on the way is asked of the
 * person: a new password in place of the invitation's, a second factor, or to set one up.
 */
export async function signIn(
  terminal: Terminal,
  { pool, username, password }: SignIn,
): Promise<Credentials> {
  return reported(async () => {
    const { AuthFlowType, ChallengeNameType, InitiateAuthCommand, RespondToAuthChallengeCommand } =
      await sdk();
    const { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } = await srp();
    const client = await clientOf(pool, terminal.env);
    const session = createSrpSession(username, password, pool.id, false);
    const begun = await client.send(
      new InitiateAuthCommand(
        wrapInitiateAuth(session, {
          ClientId: pool.clientId,
          AuthFlow: AuthFlowType.USER_SRP_AUTH,
          AuthParameters: { USERNAME: username },
        }),
      ),
    );
    const { ChallengeParameters = {} } = begun;
    let answer = await client.send(
      new RespondToAuthChallengeCommand(
        wrapAuthChallenge(signSrpSession(session, { ChallengeParameters }), {
          ClientId: pool.clientId,
          ChallengeName: ChallengeNameType.PASSWORD_VERIFIER,
          ChallengeResponses: {
            // The id under which the pool knows the user, whatever they typed.
            USERNAME: ChallengeParameters["USER_ID_FOR_SRP"] ?? username,
          },
        }),
      ),
    );
    while (answer.AuthenticationResult === undefined) {
      answer = await answerChallenge(client, { terminal, pool, username }, answer);
    }
    return credentialsOf(answer.AuthenticationResult, { username });
  });
}

/** A new access token for an old sign-in. */
export async function refresh(
  env: Env,
  pool: UserPool,
  { refreshToken, username }: { refreshToken: string; username: string | undefined },
): Promise<Credentials> {
  return reported(async () => {
    const { InitiateAuthCommand } = await sdk();
    const client = await clientOf(pool, env);
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: refreshToken },
      }),
    );
    return credentialsOf(AuthenticationResult, { username, refreshToken });
  });
}

/** Makes a sign-in's refresh token worthless. */
export async function signOut(env: Env, pool: UserPool, refreshToken: string): Promise<void> {
  await reported(async () => {
    const { RevokeTokenCommand } = await sdk();
    const client = await clientOf(pool, env);
    await client.send(new RevokeTokenCommand({ ClientId: pool.clientId, Token: refreshToken }));
  });
}

interface Challenged {
  readonly terminal: Terminal;
  readonly pool: UserPool;
  readonly username: string;
}

async function answerChallenge(
  client: CognitoIdentityProviderClient,
  { terminal, pool, username }: Challenged,
  { ChallengeName, ChallengeParameters = {}, Session }: RespondToAuthChallengeCommandOutput,
): Promise<RespondToAuthChallengeCommandOutput> {
  const {
    AssociateSoftwareTokenCommand,
    RespondToAuthChallengeCommand,
    VerifySoftwareTokenCommand,
  } = await sdk();
  const { prompts } = terminal;
  const USERNAME = ChallengeParameters["USER_ID_FOR_SRP"] ?? username;
  const respond = (responses: Record<string, string>, session = Session) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId: pool.clientId,
        ChallengeName,
        Session: session,
        ChallengeResponses: { USERNAME, ...responses },
      }),
    );
  if (!terminal.interactive) {
    throw new Failure({
      code: "signInIncomplete",
      message: `The user pool asks for more than a password (${ChallengeName ?? "nothing that is known"}). Sign in at a terminal, or give a token: ${hint("login", "--token-stdin")}`,
      exit: "notSignedIn",
    });
  }
  switch (ChallengeName) {
    case "NEW_PASSWORD_REQUIRED":
      return respond({
        NEW_PASSWORD: await prompts.secret({
          message: "Choose a password of your own (at least 12 characters, of all four kinds):",
        }),
      });
    case "SOFTWARE_TOKEN_MFA":
      return respond({ SOFTWARE_TOKEN_MFA_CODE: await askForCode(terminal) });
    case "MFA_SETUP": {
      const begun = await client.send(new AssociateSoftwareTokenCommand({ Session }));
      terminal.note(
        `Add this account to your authenticator app, with the key ${begun.SecretCode ?? ""}`,
      );
      const verified = await client.send(
        new VerifySoftwareTokenCommand({
          Session: begun.Session,
          UserCode: await askForCode(terminal),
        }),
      );
      return respond({}, verified.Session);
    }
    default:
      throw new Failure({
        code: "signInUnsupported",
        message: `The user pool asks for ${ChallengeName ?? "something"}, which this command does not know. Give a token instead: ${hint("login", "--token-stdin")}`,
        exit: "notSignedIn",
      });
  }
}

function askForCode({ prompts }: Terminal): Promise<string> {
  return prompts.text({
    message: "The six digits of your authenticator app:",
    validate: (answer) => /^\d{6}$/.test(answer) || "six digits, please",
  });
}

function credentialsOf(
  result: RespondToAuthChallengeCommandOutput["AuthenticationResult"],
  known: { username: string | undefined; refreshToken?: string },
): Credentials {
  const accessToken = result?.AccessToken;
  if (accessToken === undefined) {
    throw new Failure({
      code: "signInFailed",
      message: "The user pool gave no token. Try again, or tell the operators.",
      exit: "notSignedIn",
    });
  }
  const refreshToken = result?.RefreshToken ?? known.refreshToken;
  return {
    accessToken,
    refreshToken,
    username: known.username,
  };
}

async function clientOf(pool: UserPool, env: Env): Promise<CognitoIdentityProviderClient> {
  const { CognitoIdentityProviderClient } = await sdk();
  const endpoint = env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"];
  return new CognitoIdentityProviderClient({
    region: pool.id.split("_")[0] ?? "",
    ...(endpoint === undefined ? {} : { endpoint }),
    // These calls are not signed; without this the SDK would look for credentials of AWS.
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
}

/** The pool's refusals in this command's words. */
async function reported<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { CognitoIdentityProviderServiceException } = await sdk();
    if (error instanceof CognitoIdentityProviderServiceException) {
      throw new Failure({
        code: "signInRefused",
        message: `The user pool refused: ${error.message} Check user name and password, or ask an administrator of the AWS account to invite you again.`,
        exit: "notSignedIn",
      });
    }
    if (error instanceof Failure) {
      throw error;
    }
    throw new Failure({
      code: "userPoolUnreachable",
      message: `The user pool could not be reached (${error instanceof Error ? error.message : String(error)}). Check the network and the profile's --user-pool.`,
      exit: "unreachable",
    });
  }
}
