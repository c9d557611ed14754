import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import * as z from "zod";
import { check } from "../../../../shared/contract/faults";
import type { NewSourceCredential } from "../../../../shared/contract/sources";
import { federatedAppSchema } from "../../../../shared/domain/sources/federated-app";
import { accountKeySchema, sasTokenSchema } from "../../../../shared/domain/sources/sas-token";
import { exportPlaceSchema, type ExportPlace } from "../../../../shared/domain/sources/source";
import { answerOr, type CommandContext } from "../../command-context";
import { Failure, usageFailure } from "../../failure";

/** What lets in that people keep secret: a token of a container, or an account's key. */
const secretCredentials = {
  sasToken: { option: "sas-token", noun: "SAS token", schema: sasTokenSchema },
  accountKey: { option: "account-key", noun: "account key", schema: accountKeySchema },
} as const;
export type SecretKind = keyof typeof secretCredentials;

const placeOptionsSchema = z.object({
  account: z.string().optional(),
  container: z.string().optional(),
  bucket: z.string().optional(),
  folder: z.string().optional(),
});
const credentialOptionsSchema = z.object({
  sasTokenFile: z.string().optional(),
  sasTokenEnv: z.string().optional(),
  sasTokenStdin: z.boolean().optional(),
  accountKeyFile: z.string().optional(),
  accountKeyEnv: z.string().optional(),
  accountKeyStdin: z.boolean().optional(),
  tenantId: z.string().optional(),
  clientId: z.string().optional(),
});
export const sourceOptionsSchema = z.object({
  ...placeOptionsSchema.shape,
  ...credentialOptionsSchema.shape,
});
type PlaceOptions = z.infer<typeof placeOptionsSchema>;
export type CredentialOptions = z.infer<typeof credentialOptionsSchema>;

export function addPlaceOptions(command: Command): Command {
  return command
    .option("--account <name>", "storage account of Azure in which model.json lies")
    .option("--container <name>", "container of the storage account")
    .option("--bucket <name>", "bucket of S3 in which model.json lies, instead of Azure")
    .option("--folder <path>", "folder of the container or bucket in which model.json lies");
}

/** A secret is never an option's value: command lines are seen by other users and kept in histories. */
export function addCredentialOptions(command: Command): Command {
  return Object.values(secretCredentials)
    .reduce(
      (changed, { option, noun }) =>
        changed
          .option(`--${option}-file <file>`, `file that holds the ${noun}`)
          .option(`--${option}-env <variable>`, `environment variable that holds the ${noun}`)
          .option(`--${option}-stdin`, `read the ${noun} from standard input`),
      command,
    )
    .option("--tenant-id <id>", "tenant of Microsoft Entra, to be let in there without a secret")
    .option("--client-id <id>", "app of that tenant that trusts the functions");
}

/** The place that the options name; undefined when they name none. Throws `Failure` for half of one. */
export function placeGiven({
  account,
  container,
  bucket,
  folder,
}: PlaceOptions): ExportPlace | undefined {
  const inAzure = account !== undefined || container !== undefined;
  if (inAzure && bucket !== undefined) {
    throw usageFailure("Give --account and --container, or --bucket, and not both.");
  }
  if (!inAzure && bucket === undefined) {
    if (folder !== undefined) {
      throw usageFailure("--folder takes --account and --container, or --bucket, beside it.");
    }
    return undefined;
  }
  if (inAzure && (account === undefined || container === undefined)) {
    throw usageFailure("--account and --container are given together.");
  }
  const checked = check(
    exportPlaceSchema,
    inAzure ? { kind: "azure", account, container, folder } : { kind: "s3", bucket, folder },
  );
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw usageFailure(`--${String(path[0] ?? "folder")}: ${text}`);
  }
  return checked.value;
}

/** The credential from where the options say; undefined when they name none. Throws `Failure`. */
export async function credentialGiven(
  context: CommandContext,
  options: CredentialOptions,
): Promise<NewSourceCredential | undefined> {
  const ways = waysOf(options);
  const [way] = ways;
  const { tenantId, clientId } = options;
  const federated = tenantId !== undefined || clientId !== undefined;
  if (ways.length + (federated ? 1 : 0) > 1) {
    throw usageFailure(
      "Give the credential in one way: one --sas-token-…, one --account-key-…, or --tenant-id and --client-id.",
    );
  }
  if (federated) {
    return asFederated(tenantId, clientId);
  }
  if (way === undefined) {
    return undefined;
  }
  switch (way.from) {
    case "file":
      return asCredential(way.kind, await readSecretFile(way.kind, way.at), way.at);
    case "env":
      return asCredential(way.kind, secretOfVariable(context, way.kind, way.at), way.at);
    case "stdin":
      return asCredential(way.kind, await context.terminal.readStandardInput(), "standard input");
  }
}

/** Where an entry of a file says that a secret is; read when the source is made. Throws `Failure`. */
export async function readSourceSecret(
  context: Pick<CommandContext, "terminal">,
  kind: SecretKind,
  from: { readonly env: string } | { readonly file: string },
): Promise<NewSourceCredential> {
  return "env" in from
    ? asCredential(kind, secretOfVariable(context, kind, from.env), from.env)
    : asCredential(kind, await readSecretFile(kind, from.file), from.file);
}

/** A person is asked, and what they type is not shown. Throws `Failure` where nobody can be. */
export async function askCredential(context: CommandContext): Promise<NewSourceCredential> {
  const { prompts } = context.terminal;
  const options = "--tenant-id and --client-id, --sas-token-… or --account-key-…";
  return answerOr(context, options, async () => {
    const kind = await prompts.choose<SecretKind | "federated">({
      message: "What lets this system in?",
      choices: [
        { name: "An app of Microsoft Entra that trusts it: no secret", value: "federated" },
        { name: "A SAS token of the container, for reading and listing", value: "sasToken" },
        { name: "The account's key, which lets in everywhere", value: "accountKey" },
      ],
    });
    if (kind === "federated") {
      const validate = (field: keyof typeof federatedAppSchema.shape) => (answer: string) => {
        const checked = check(federatedAppSchema.shape[field], answer);
        return checked.ok || checked.faults[0].text;
      };
      const tenantId = await prompts.text({
        message: "Directory (tenant) id:",
        validate: validate("tenantId"),
      });
      const clientId = await prompts.text({
        message: "Application (client) id:",
        validate: validate("clientId"),
      });
      return asFederated(tenantId, clientId);
    }
    const { noun, schema } = secretCredentials[kind];
    const typed = await prompts.secret({
      message: `${noun}:`,
      validate: (answer) => {
        const checked = check(schema, answer);
        return checked.ok || checked.faults[0].text;
      },
    });
    return asCredential(kind, typed, "the answer");
  });
}

/** Throws `Failure` for half of an app, and for what is none. */
function asFederated(
  tenantId: string | undefined,
  clientId: string | undefined,
): NewSourceCredential {
  if (tenantId === undefined || clientId === undefined) {
    throw usageFailure("--tenant-id and --client-id are given together.");
  }
  const checked = check(federatedAppSchema, { tenantId, clientId });
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw usageFailure(`--${path[0] === "tenantId" ? "tenant-id" : "client-id"}: ${text}`);
  }
  return { kind: "federated", ...checked.value };
}

interface Way {
  readonly kind: SecretKind;
  readonly from: "file" | "env" | "stdin";
  /** The file, or the variable. */
  readonly at: string;
}

function waysOf(options: CredentialOptions): readonly Way[] {
  const { sasTokenFile, sasTokenEnv, sasTokenStdin } = options;
  const { accountKeyFile, accountKeyEnv, accountKeyStdin } = options;
  const given = (kind: SecretKind, file?: string, env?: string, stdin?: boolean): Way[] => [
    ...(file === undefined ? [] : [{ kind, from: "file" as const, at: file }]),
    ...(env === undefined ? [] : [{ kind, from: "env" as const, at: env }]),
    ...(stdin === true ? [{ kind, from: "stdin" as const, at: "" }] : []),
  ];
  return [
    ...given("sasToken", sasTokenFile, sasTokenEnv, sasTokenStdin),
    ...given("accountKey", accountKeyFile, accountKeyEnv, accountKeyStdin),
  ];
}

function secretOfVariable(
  { terminal }: Pick<CommandContext, "terminal">,
  kind: SecretKind,
  variable: string,
): string {
  const value = terminal.env[variable];
  if (value === undefined || value === "") {
    throw missing(`The environment variable ${variable} is not set.`, kind);
  }
  return value;
}

async function readSecretFile(kind: SecretKind, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw missing(`The file ${file} can't be read.`, kind);
  }
}

function missing(what: string, kind: SecretKind): Failure {
  return new Failure({
    code: "credentialMissing",
    message: `${what} It should hold the ${secretCredentials[kind].noun} and nothing else.`,
    exit: "invalid",
  });
}

/** What was found is not repeated where it is none: it may be a secret after all. */
function asCredential(kind: SecretKind, text: string, place: string): NewSourceCredential {
  const { noun, schema } = secretCredentials[kind];
  const checked = check(schema, text);
  if (!checked.ok) {
    throw new Failure({
      code: "credentialInvalid",
      message: `What was read from ${place} is no ${noun} that will do: ${checked.faults[0].text}.`,
      exit: "invalid",
    });
  }
  switch (kind) {
    case "sasToken":
      return { kind, sasToken: checked.value };
    case "accountKey":
      return { kind, accountKey: checked.value };
  }
}
