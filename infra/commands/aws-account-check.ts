import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { awsAccounts, largestDemand, LEAST_UNRESERVED, reservedForApi } from "../aws-account";
import type { StageConfig } from "../stage-config";

/** What Lambda says that the account allows in the region. */
export interface AwsAccountLimits {
  /** Executions of all functions at a time. */
  readonly concurrency: number;
  /** The part of it that no function has reserved, ours included if the stack is deployed already. */
  readonly unreserved: number;
}

/** What is to be known before a deployment. */
export interface AwsAccountAdvice {
  /** What would make the deployment fail, or the stack not work. */
  readonly hindrances: readonly string[];
  /** What works, but could be better. */
  readonly notes: readonly string[];
}

/** Lambda's quota "Concurrent executions", as Service Quotas names it. */
const QUOTA = "L-B99A9384";

/** @throws what the SDK throws: no credentials, no permission, no answer. */
export async function readAwsAccountLimits(client: LambdaClient): Promise<AwsAccountLimits> {
  const { AccountLimit: limit } = await client.send(new GetAccountSettingsCommand({}));
  const { ConcurrentExecutions: concurrency, UnreservedConcurrentExecutions: unreserved } =
    limit ?? {};
  if (concurrency === undefined || unreserved === undefined) {
    throw new Error("Lambda did not say what the account allows");
  }
  return { concurrency, unreserved };
}

/** Compares what the account allows with what the stage is configured for. */
export function adviseOn(
  { concurrency, unreserved }: AwsAccountLimits,
  config: Pick<StageConfig, "awsAccount" | "concurrency">,
): AwsAccountAdvice {
  const hindrances: string[] = [];
  const notes: string[] = [];
  const configured = config.awsAccount.concurrency;
  const reserved = reservedForApi(config.awsAccount);
  const demand = largestDemand(config.concurrency);
  if (concurrency < configured) {
    hindrances.push(
      `The account allows ${count(concurrency)} concurrent executions of Lambda functions; the stage is configured for ${count(configured)} (awsAccount in infra/stage-config.ts). ` +
        `${raiseTo(configured)} Or configure the stage for what there is.`,
    );
  }
  if (reserved > 0 && unreserved - reserved < LEAST_UNRESERVED) {
    notes.push(
      `The API's functions reserve ${count(reserved)} executions of ${count(concurrency)}, and Lambda insists on ${count(LEAST_UNRESERVED)} that nobody has reserved; now ${count(unreserved)} are unreserved. Unless this stage is deployed already, the deployment fails. ` +
        `${raiseTo(concurrency + reserved)} Or release what other functions have reserved.`,
    );
  }
  if (concurrency < demand) {
    notes.push(
      `The queues' workers may be up to ${count(demand)}, Lambda's least for them, and the account allows ${count(concurrency)} executions. Everything works, but calls of the API may be answered 503 while runs are going, and messages may come back later. ` +
        raiseTo(awsAccounts.established.concurrency),
    );
  } else if (configured < awsAccounts.established.concurrency && concurrency > configured) {
    notes.push(
      `The account allows ${count(concurrency)} concurrent executions; the stage is configured for ${count(configured)}. Set account in infra/stage-config.ts to what there is, and runs go side by side.`,
    );
  }
  const { memoryMegabytes } = config.awsAccount;
  if (memoryMegabytes > awsAccounts.new.memoryMegabytes) {
    notes.push(
      `The stage is configured for functions of up to ${count(memoryMegabytes)} MB. Some accounts allow 3,008 MB, which Lambda tells nobody beforehand; if the deployment fails for it, ask AWS Support, or set account.memoryMegabytes to 3008.`,
    );
  }
  return { hindrances, notes };
}

function raiseTo(wanted: number): string {
  return `Ask for ${count(wanted)}, which is free: aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${QUOTA} --desired-value ${String(wanted)}.`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
