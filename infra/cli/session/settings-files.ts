import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import envPaths from "env-paths";
import * as z from "zod";
import { Failure } from "../failure";
import { writePrivateFile } from "../files/private-file";

/** An environment that the command can talk to. Holds nothing secret. */
export const profileSchema = z.strictObject({
  /** Where the REST API answers. */
  url: z.url({ protocol: /^https?$/ }),
  /** The Cognito user pool whose users sign in, and the client through which they do. */
  userPool: z
    .strictObject({
      id: z.string().regex(/^[a-z0-9-]+_[A-Za-z0-9]+$/, "looks like eu-central-1_AbCdEf123"),
      clientId: z.string().regex(/^[A-Za-z0-9]{1,128}$/, "holds letters and digits only"),
    })
    .optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export const profileNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/,
    "a profile's name holds letters, digits, dots, dashes and underscores",
  );

const profilesFileSchema = z.strictObject({
  current: profileNameSchema.optional(),
  profiles: z.record(profileNameSchema, profileSchema),
});
export type ProfilesFile = z.infer<typeof profilesFileSchema>;

/** What proves who the user is. A token that was handed over has no refresh token. */
const credentialsSchema = z.strictObject({
  accessToken: z.string().min(1),
  refreshToken: z.string().optional(),
  /** The address that the user signed in with, to be offered next time. */
  username: z.string().optional(),
});
export type Credentials = z.infer<typeof credentialsSchema>;
const credentialsFileSchema = z.record(profileNameSchema, credentialsSchema);

type Env = Readonly<Record<string, string | undefined>>;

/** `KLAVIYO_EXPORT_CONFIG_DIR`, else where the operating system keeps settings of programs. */
function settingsDirectory(env: Env): string {
  return env["KLAVIYO_EXPORT_CONFIG_DIR"] ?? envPaths("klaviyo-export", { suffix: "" }).config;
}

export async function readProfiles(env: Env): Promise<ProfilesFile> {
  return (await readJson(fileOf(env, "profiles"), profilesFileSchema)) ?? { profiles: {} };
}

export async function writeProfiles(env: Env, content: ProfilesFile): Promise<void> {
  await writeJson(fileOf(env, "profiles"), profilesFileSchema.parse(content));
}

export async function readCredentials(env: Env, profile: string): Promise<Credentials | undefined> {
  const all = await readAllCredentials(env);
  return Object.hasOwn(all, profile) ? all[profile] : undefined;
}

/** Keeps a profile's credentials, or forgets them. The file can be read by its owner alone. */
export async function writeCredentials(
  env: Env,
  profile: string,
  credentials: Credentials | undefined,
): Promise<void> {
  const { [profile]: _replaced, ...others } = await readAllCredentials(env);
  await writeJson(
    fileOf(env, "credentials"),
    credentials === undefined ? others : { ...others, [profile]: credentials },
  );
}

async function readAllCredentials(env: Env): Promise<z.infer<typeof credentialsFileSchema>> {
  return (await readJson(fileOf(env, "credentials"), credentialsFileSchema)) ?? {};
}

function fileOf(env: Env, name: "profiles" | "credentials"): string {
  return path.join(settingsDirectory(env), `${name}.json`);
}

async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    throw unusable(file, "can't be read");
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Neither parser's text is repeated: it may quote a token.
    throw unusable(file, "is damaged");
  }
}

function unusable(file: string, what: string): Failure {
  return new Failure({
    code: "settingsUnusable",
    message: `${file} ${what}. Correct it, or remove it and set the profile up again.`,
    exit: "unexpected",
  });
}

async function writeJson(file: string, content: object): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writePrivateFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
