import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import * as z from "zod";
import { apiKeySchema, REQUIRED_SCOPES } from "../../../../shared/domain/connections/connection";
import type { NewKey } from "../../api/api";
import { answerOr, type CommandContext } from "../../command-context";
import { Failure, usageFailure } from "../../failure";
import { signInToKlaviyo } from "../../guided/sign-in-to-klaviyo";

export const apiKeyOptionsSchema = z.object({
  apiKeyFile: z.string().optional(),
  apiKeyEnv: z.string().optional(),
  apiKeyStdin: z.boolean().optional(),
  secretArn: z.string().optional(),
  signIn: z.boolean().optional(),
});
export type ApiKeyOptions = z.infer<typeof apiKeyOptionsSchema>;

/** A key is never an option's value: command lines are seen by other users and kept in histories. */
export function addApiKeyOptions(command: Command): Command {
  return command
    .option("--api-key-file <file>", "file that holds the Klaviyo API key")
    .option("--api-key-env <variable>", "environment variable that holds the Klaviyo API key")
    .option("--api-key-stdin", "read the Klaviyo API key from standard input")
    .option("--secret-arn <arn>", "a secret of your own in AWS Secrets Manager that holds the key")
    .option("--sign-in", "sign in to Klaviyo in a browser on this machine, instead of a key");
}

/** The ways in that the options name. */
export function waysGiven(options: ApiKeyOptions): readonly unknown[] {
  const { apiKeyFile, apiKeyEnv, apiKeyStdin, secretArn, signIn } = options;
  return [apiKeyFile, apiKeyEnv, apiKeyStdin, secretArn, signIn].filter(
    (given) => given !== undefined,
  );
}

/** The key from where the options say; else a person is asked, and what they type is not shown. */
export async function readNewKey(context: CommandContext, options: ApiKeyOptions): Promise<NewKey> {
  const { apiKeyFile, apiKeyEnv, apiKeyStdin, secretArn, signIn } = options;
  if (waysGiven(options).length > 1) {
    throw usageFailure(
      "Give only one of --api-key-file, --api-key-env, --api-key-stdin, --secret-arn and --sign-in.",
    );
  }
  if (signIn === true) {
    return signInToKlaviyo(context, await context.api());
  }
  if (secretArn !== undefined) {
    return { secretArn };
  }
  if (apiKeyFile !== undefined) {
    return { apiKey: checkedKey(await readKeyFile(apiKeyFile), apiKeyFile) };
  }
  if (apiKeyEnv !== undefined) {
    return { apiKey: readKeyVariable(context, apiKeyEnv) };
  }
  if (apiKeyStdin === true) {
    return { apiKey: checkedKey(await context.terminal.readStandardInput(), "standard input") };
  }
  const apiKey = await answerOr(
    context,
    "--api-key-file, --api-key-env, --api-key-stdin, --secret-arn or --sign-in",
    () =>
      context.terminal.prompts.secret({
        message: `Klaviyo API key (private, with the scopes ${REQUIRED_SCOPES.join(", ")}):`,
        validate: (answer) =>
          apiKeySchema.safeParse(answer).success || "a private Klaviyo API key starts with pk_",
      }),
  );
  return { apiKey: apiKey.trim() };
}

/** Throws `Failure` when the variable is not set or holds no key. */
export function readKeyVariable(
  { terminal }: Pick<CommandContext, "terminal">,
  variable: string,
): string {
  const value = terminal.env[variable];
  if (value === undefined || value === "") {
    throw new Failure({
      code: "apiKeyMissing",
      message: `The environment variable ${variable} is not set. Put the Klaviyo API key into it.`,
      exit: "invalid",
    });
  }
  return checkedKey(value, `the environment variable ${variable}`);
}

/** Throws `Failure` when the file can't be read. */
export async function readKeyFile(file: string): Promise<string> {
  try {
    return checkedKey(await readFile(file, "utf8"), file);
  } catch (error) {
    if (error instanceof Failure) {
      throw error;
    }
    throw new Failure({
      code: "apiKeyMissing",
      message: `The file ${file} can't be read. It should hold the Klaviyo API key and nothing else.`,
      exit: "invalid",
    });
  }
}

function checkedKey(text: string, place: string): string {
  const key = apiKeySchema.safeParse(text);
  if (!key.success) {
    // What was found there is not repeated: it may be a key after all.
    throw new Failure({
      code: "apiKeyInvalid",
      message: `What was read from ${place} is not a private Klaviyo API key, which starts with pk_.`,
      exit: "invalid",
    });
  }
  return key.data;
}
