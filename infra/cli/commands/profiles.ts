import type { Command } from "commander";
import * as z from "zod";
import { check } from "../../../shared/contract/faults";
import { optionsOf, type ContextOf } from "../command-context";
import { Failure, usageFailure } from "../failure";
import { table } from "../output/table";
import { checkedUrl, profileCalled, sayWhatWins } from "../session/session";
import {
  profileNameSchema,
  profileSchema,
  readProfiles,
  writeCredentials,
  writeProfiles,
  type Profile,
  type ProfilesFile,
} from "../session/settings-files";
import { readGivenToken } from "./sign-in";
import { hint } from "../output/hints";

const setOptionsSchema = z.object({
  userPool: z.string().optional(),
  clientId: z.string().optional(),
  tokenStdin: z.boolean().optional(),
});

/** `klaviyo-export profiles …` */
export function addProfileCommands(program: Command, contextOf: ContextOf): void {
  const profiles = program
    .command("profiles")
    .description("environments that this command can talk to");

  profiles
    .command("list")
    .description("every environment that was set up; the star marks the one in use")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { current, profiles: known } = await readProfiles(context.terminal.env);
      const rows = Object.entries(known).map(([name, profile]) => ({
        name,
        inUse: name === current,
        ...profile,
      }));
      context.show(rows, (all) =>
        table(
          context.terminal,
          [
            { title: "", value: ({ inUse }) => (inUse ? "*" : "") },
            { title: "PROFILE", value: ({ name }) => name },
            { title: "URL", value: ({ url }) => url },
            { title: "USER POOL", value: ({ userPool }) => userPool?.id ?? "" },
          ],
          all,
          `None yet. Set one up with: ${hint("profiles", "set", "NAME", "--url", "URL")}`,
        ),
      );
    });

  profiles
    .command("set")
    .argument("<name>", "name of the environment, such as production")
    .option("--user-pool <id>", "the stack's UserPoolId, for signing in with a password")
    .option("--client-id <id>", "the stack's UserPoolClientId")
    .option("--token-stdin", "read an access token from standard input, and sign in with it")
    .description(
      "set an environment up (--url: the stack's ApiUrl), or change it, and use it from now on",
    )
    .action(async (name: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { env } = context.terminal;
      const { userPool, clientId, tokenStdin } = optionsOf(command, setOptionsSchema);
      const file = await readProfiles(env);
      const before = Object.hasOwn(file.profiles, name) ? file.profiles[name] : undefined;
      const url = context.sessionOptions.url ?? before?.url;
      if (url === undefined) {
        throw usageFailure("--url is missing: the address of the environment's API.");
      }
      if ((userPool === undefined) !== (clientId === undefined)) {
        throw usageFailure("--user-pool and --client-id go together.");
      }
      const settings = checkedProfile(name, {
        url: checkedUrl(url),
        userPool:
          userPool === undefined || clientId === undefined
            ? before?.userPool
            : { id: userPool, clientId },
      });
      const token = await readGivenToken(context, tokenStdin);
      await writeProfiles(env, {
        current: name,
        profiles: { ...file.profiles, [name]: settings },
      });
      if (token !== undefined) {
        await writeCredentials(env, name, { accessToken: token });
      } else if (before !== undefined && before.url !== settings.url) {
        // A token is for one address; it must not be sent to another.
        await writeCredentials(env, name, undefined);
      }
      context.show({ name, ...settings }, () =>
        [
          `Profile “${name}” is set up and in use.`,
          ...(token === undefined ? [`Sign in with: ${hint("login", "--profile", name)}`] : []),
        ].join("\n"),
      );
      sayWhatWins(context.terminal, name);
    });

  profiles
    .command("use")
    .argument("<name>", "name of the environment")
    .description("use another environment from now on")
    .action(async (name: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const file = await readProfiles(context.terminal.env);
      const chosen = requireProfile(file, name);
      await writeProfiles(context.terminal.env, { ...file, current: chosen });
      context.show({ current: chosen }, () => `Profile “${chosen}” is in use.`);
      sayWhatWins(context.terminal, chosen);
    });

  profiles
    .command("remove")
    .argument("<name>", "name of the environment")
    .description("forget an environment and who is signed in to it")
    .action(async (name: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { env } = context.terminal;
      const file = await readProfiles(env);
      const known = requireProfile(file, name);
      const { [known]: _removed, ...others } = file.profiles;
      await writeCredentials(env, known, undefined);
      await writeProfiles(env, {
        ...(file.current === undefined || file.current === known ? {} : { current: file.current }),
        profiles: others,
      });
      context.show({ removed: known }, () => `Forgot the profile “${known}”.`);
    });
}

/** The profile's name as it was given to it. */
function requireProfile({ profiles }: ProfilesFile, name: string): string {
  const known = profileCalled(profiles, name);
  if (known === undefined) {
    throw new Failure({
      code: "profileUnknown",
      message: `There is no profile “${name}”. See what there is with: ${hint("profiles", "list")}`,
      exit: "notFound",
    });
  }
  return known;
}

/** The options that set a profile's fields. */
const profileOptions: Readonly<Record<string, string>> = {
  "userPool.id": "--user-pool",
  "userPool.clientId": "--client-id",
};

function checkedProfile(
  name: string,
  { url, userPool }: { url: string; userPool: Profile["userPool"] | undefined },
): Profile {
  const checkedName = check(profileNameSchema, name);
  if (!checkedName.ok) {
    throw usageFailure(`“${name}”: ${checkedName.faults[0].text}.`);
  }
  const checked = check(profileSchema, { url, userPool });
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw usageFailure(`${profileOptions[path.map(String).join(".")] ?? "--url"}: ${text}.`);
  }
  return checked.value;
}
