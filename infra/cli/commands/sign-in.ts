import type { Command } from "commander";
import * as z from "zod";
import { answerOr, optionsOf, type CommandContext, type ContextOf } from "../command-context";
import { Failure, usageFailure } from "../failure";
import { properties } from "../output/table";
import { instant } from "../output/words";
import { chosenProfile } from "../session/session";
import {
  readCredentials,
  writeCredentials,
  type Credentials,
  type Profile,
} from "../session/settings-files";
import { hasExpired, readToken } from "../session/tokens";
import { signIn, signOut } from "../session/user-pool";
import { hint } from "../output/hints";

const loginOptionsSchema = z.object({
  username: z.string().optional(),
  passwordStdin: z.boolean().optional(),
  tokenStdin: z.boolean().optional(),
});

/** `klaviyo-export login`, `logout`, `whoami` */
export function addSignInCommands(program: Command, contextOf: ContextOf): void {
  program
    .command("login")
    .option("--username <email>", "the email address that you were invited with")
    .option("--password-stdin", "read the password from standard input")
    .option("--token-stdin", "read an access token from standard input instead of signing in")
    .description("sign in to the environment's user pool, or with a token")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, loginOptionsSchema);
      const { terminal } = context;
      const profile = await chosenProfile(terminal, context.sessionOptions.profile);
      const token = await readGivenToken(context, options.tokenStdin);
      const credentials =
        token === undefined
          ? await signInToPool(context, profile, options)
          : { accessToken: token };
      await writeCredentials(terminal.env, profile.name, credentials);
      const { role } = readToken(credentials.accessToken) ?? {};
      context.show(
        { profile: profile.name, role },
        () => `Signed in to “${profile.name}”${role === undefined ? "" : ` as ${role}`}.`,
      );
    });

  program
    .command("logout")
    .description("forget the token, and make the sign-in worthless in the user pool")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { env } = context.terminal;
      const { name, settings } = await chosenProfile(
        context.terminal,
        context.sessionOptions.profile,
      );
      const refreshToken = (await readCredentials(env, name))?.refreshToken;
      // Forgotten first: whatever the pool says, nobody is signed in here afterwards.
      await writeCredentials(env, name, undefined);
      if (refreshToken !== undefined && settings.userPool !== undefined) {
        await signOut(env, settings.userPool, refreshToken);
      }
      context.show({ profile: name }, () => `Signed out of “${name}”.`);
    });

  program
    .command("whoami")
    .description("which environment is in use, as whom, and what its API lets one do (-o json)")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const session = await context.session();
      const content = readToken(await session.token());
      const caller = await (await context.api()).viewCaller();
      const who = {
        profile: session.profile?.name,
        url: session.url,
        ...caller,
        // Where people sign in by email, an access token of Cognito's has no other name.
        username: caller.name ?? content?.username,
        tokenExpiresAt: content?.expiresAt?.toISOString(),
      };
      context.show(who, (shown) =>
        properties(context.terminal, [
          ["Profile", shown.profile ?? "none: the address was given"],
          ["API", shown.url],
          ["Stage", shown.stage],
          ["User", shown.username ?? shown.userId],
          ["Role", shown.role],
          ["Token until", instant(shown.tokenExpiresAt)],
        ]),
      );
    });
}

async function signInToPool(
  context: CommandContext,
  { name, settings }: { name: string; settings: Profile },
  { username: given, passwordStdin }: z.infer<typeof loginOptionsSchema>,
): Promise<Credentials> {
  const { terminal } = context;
  const pool = settings.userPool;
  if (pool === undefined) {
    throw usageFailure(
      `Profile “${name}” has no user pool. Sign in with a token (--token-stdin), or name the pool: ${hint("profiles", "set", name, "--user-pool", "ID", "--client-id", "ID")}`,
    );
  }
  const before = (await readCredentials(terminal.env, name))?.username;
  const username =
    given ??
    (await answerOr(context, "--username", () =>
      terminal.prompts.text({
        message: "Email address:",
        default: before,
        validate: (answer) => answer.trim() !== "" || "the address that you were invited with",
      }),
    ));
  const password =
    passwordStdin === true
      ? (await terminal.readStandardInput()).replace(/\r?\n$/, "")
      : await answerOr(context, "--password-stdin", () =>
          terminal.prompts.secret({ message: "Password:" }),
        );
  return signIn(terminal, { pool, username, password });
}

/** The token of `--token` or of standard input, looked at; undefined when none is given. */
export async function readGivenToken(
  { terminal, sessionOptions }: CommandContext,
  fromStandardInput: boolean | undefined,
): Promise<string | undefined> {
  const token =
    fromStandardInput === true
      ? (await terminal.readStandardInput()).trim()
      : sessionOptions.token?.trim();
  if (token === undefined) {
    return undefined;
  }
  if (readToken(token) === undefined) {
    throw new Failure({
      code: "tokenInvalid",
      message:
        "What was given is not an access token: three parts of letters and digits with dots between. Nothing was changed.",
      exit: "invalid",
    });
  }
  if (hasExpired(token, new Date())) {
    throw new Failure({
      code: "tokenExpired",
      message: "The token that was given has expired. Get a new one. Nothing was changed.",
      exit: "notSignedIn",
    });
  }
  return token;
}
