import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { stageConfig, stageNameSchema } from "../stage-config";
import { adviseOn, readAwsAccountLimits } from "./aws-account-check";

/**
 * `npm run deploy -- -c stage=STAGE`: looks at what the AWS account allows, then has the CDK deploy. Everything
 * given is handed on to `cdk deploy`. Exit code 1, with nothing deployed, when the account allows less than the
 * stage is configured for; what can't be read is said, and keeps nothing from being deployed.
 */
async function main(given: readonly string[]): Promise<number> {
  if (!(await check(given))) return 1;
  const { status } = spawnSync("npx", ["cdk", "deploy", "--all", ...given], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return status ?? 1;
}

async function check(given: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...given],
    options: { context: { type: "string", short: "c", multiple: true } },
    strict: false,
    allowPositionals: true,
  });
  const stages = [values.context ?? []].flat().flatMap((setting) => {
    const [name, value] = String(setting).split("=");
    return name === "stage" ? [value] : [];
  });
  const stage = stageNameSchema.parse(stages.at(-1) ?? defaultStage());
  const client = new LambdaClient();
  try {
    const limits = await readAwsAccountLimits(client);
    const { hindrances, notes } = adviseOn(limits, stageConfig(stage));
    for (const line of [...hindrances, ...notes]) console.error(`${line}\n`);
    return hindrances.length === 0;
  } catch (error) {
    console.error(
      `What the account allows could not be read (lambda:GetAccountSettings: ${error instanceof Error ? error.message : String(error)}). ` +
        "A new account may allow 10 concurrent executions and 3,008 MB a function; awsAccount in infra/stage-config.ts must not be more.\n",
    );
    return true;
  } finally {
    client.destroy();
  }
}

/** As the CDK takes it when none is given. */
function defaultStage(): string {
  const settings = z.object({ context: z.object({ stage: z.string() }) });
  return settings.parse(JSON.parse(readFileSync("cdk.json", "utf8"))).context.stage;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
