import { fork } from "node:child_process";
import path from "node:path";
import * as z from "zod";
import type { NewAccount } from "./state/accounts";
import type { FaultConfiguration } from "./faults/fault-rules";
import {
  accountsAnswerSchema,
  inspectedAccountSchema,
  inspectedListSchema,
  jobsAnswerSchema,
  processAnswerSchema,
  statisticsAnswerSchema,
} from "./inspection/inspection-answers";
import type { NewList } from "./state/lists";
import type { KlaviyoSimulator } from "./simulator";

/** A simulator in another process; it is looked into over HTTP. What it answers can only fail to come. */
export interface SeparateSimulator {
  readonly url: string;
  /** As {@link KlaviyoSimulator.first}: as it was at the start. */
  readonly first: KlaviyoSimulator["first"];
  statistics(): Promise<z.infer<typeof statisticsAnswerSchema>>;
  resetStatistics(): Promise<void>;
  addAccount(account: NewAccount): Promise<z.infer<typeof inspectedAccountSchema>>;
  createList(accountId: string, list: NewList): Promise<z.infer<typeof inspectedListSchema>>;
  list(listId: string): Promise<z.infer<typeof inspectedListSchema>>;
  jobs(): Promise<z.infer<typeof jobsAnswerSchema>["importJobs"]>;
  setFaults(faults: FaultConfiguration): Promise<void>;
  /** The process that it runs in, and the processor seconds that this has used so far. */
  process(): Promise<z.infer<typeof processAnswerSchema>>;
  /** Ends the process. */
  close(): Promise<void>;
}

const listeningSchema = z.object({ url: z.url() });

/**
 * Starts a Klaviyo simulator with Klaviyo's limits in a process of its own, which ends with this one.
 *
 * @throws when the process ends before it listens.
 */
export async function startSeparateSimulator(): Promise<SeparateSimulator> {
  const child = fork(path.join(__dirname, "simulator-process.ts"), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const close = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    else child.kill("SIGKILL");
    await exited;
  };
  try {
    const { url } = await new Promise<z.infer<typeof listeningSchema>>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) =>
        reject(new Error(`The simulator's process ended with ${String(code)} before it listened.`)),
      );
      child.once("message", (message) => resolve(listeningSchema.parse(message)));
    });
    return { ...(await inspect(url)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function inspect(url: string): Promise<Omit<SeparateSimulator, "close">> {
  const ask = async (method: string, of: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/simulator/${of}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new Error(`The simulator answered ${response.status} to ${method} ${of}.`);
  };
  const asked = async <Answer>(
    schema: z.ZodType<Answer>,
    method: string,
    of: string,
    body?: unknown,
  ): Promise<Answer> => schema.parse(await (await ask(method, of, body)).json());

  const { accounts } = await asked(accountsAnswerSchema, "GET", "accounts");
  const [account] = accounts;
  return {
    url,
    first: {
      accountId: account?.id ?? "",
      apiKey: account?.keys[0]?.key ?? "",
      listId: account?.lists[0]?.id ?? "",
    },
    statistics: () => asked(statisticsAnswerSchema, "GET", "statistics"),
    resetStatistics: async () => {
      await ask("DELETE", "statistics");
    },
    addAccount: (added) => asked(inspectedAccountSchema, "POST", "accounts", added),
    createList: (accountId, list) =>
      asked(inspectedListSchema, "POST", `accounts/${encodeURIComponent(accountId)}/lists`, list),
    list: (listId) => asked(inspectedListSchema, "GET", `lists/${encodeURIComponent(listId)}`),
    jobs: async () => (await asked(jobsAnswerSchema, "GET", "import-jobs")).importJobs,
    setFaults: async (faults) => {
      await ask("PUT", "faults", faults);
    },
    process: () => asked(processAnswerSchema, "GET", "process"),
  };
}
