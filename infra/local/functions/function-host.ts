import type { Clock } from "../clock";
import type { AwsCredentials } from "../front/callers";
import type { FunctionDefinition } from "./function-definition";
import { createFunctionLogs, type FunctionLogs } from "./function-logs";
import { createFunctionPool, type FunctionPool, type Invocation } from "./function-pool";
import { longestChain, nextRequest } from "./request-chain";
import type { FunctionStatistics } from "./function-statistics";

/** Runs the template's functions. Functions are named by name, ARN or logical id. */
export interface FunctionHost {
  readonly logs: FunctionLogs;
  functions(): readonly FunctionDefinition[];
  /** @throws when there is no such function. */
  definition(functionName: string): FunctionDefinition;
  /**
   * Runs the function and waits for its answer, unless Lambda would not start it: the account's concurrent
   * executions are used up, or the chain of requests that led here has invoked it too often.
   *
   * @param traceHeaders those of the messages that the event holds, if it holds any.
   * @throws when there is no such function.
   */
  invoke(
    functionName: string,
    event: unknown,
    traceHeaders?: readonly string[],
  ): Promise<Invocation>;
  /**
   * Runs the function without an answer, as schedules do: an invocation that fails is tried twice
   * more, after one and after two minutes (Lambda developer guide, "Asynchronous invocation").
   */
  invokeAsynchronously(functionName: string, event: unknown): void;
  /** Kills the function's processes with SIGKILL, busy or not. Returns how many there were. */
  kill(functionName: string): number;
  statistics(): Readonly<Record<string, FunctionStatistics>>;
  close(): Promise<void>;
}

export interface FunctionHostOptions {
  readonly definitions: readonly FunctionDefinition[];
  /** `AWS_ENDPOINT_URL_…` variables for every function. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Whom the function is when it calls AWS. */
  readonly credentialsOf: (definition: FunctionDefinition) => AwsCredentials;
  /** A directory of the host's own for temporary files; it must exist. */
  readonly directory: string;
  /** Where Node keeps what it has compiled of the functions, for other hosts too. */
  readonly compileCacheDirectory: string;
  readonly clock: Clock;
  /** How many processes a function without reserved concurrency may have. @default 10 */
  readonly maximumConcurrency?: number | undefined;
  /** Executions of all functions at a time, above which Lambda starts no more. @default 1,000 */
  readonly accountConcurrency?: number | undefined;
  /** After how long an unused process is ended. @default 60,000 */
  readonly idleMilliseconds?: number;
}

const asynchronousRetryDelays = [60_000, 120_000] as const;

/** Lambda's quota of an account that is not new ("Lambda quotas": concurrent executions). */
const defaultAccountConcurrency = 1_000;

function refused(
  reason: Extract<Invocation, { kind: "refused" }>["reason"],
  error: Extract<Invocation, { kind: "refused" }>["error"],
): Invocation {
  return { kind: "refused", reason, error };
}

export function createFunctionHost(options: FunctionHostOptions): FunctionHost {
  const logs = createFunctionLogs();
  const pools = options.definitions.map((definition) =>
    createFunctionPool(definition, {
      endpoints: options.endpoints,
      credentials: options.credentialsOf(definition),
      directory: options.directory,
      compileCacheDirectory: options.compileCacheDirectory,
      logs,
      maximumConcurrency: options.maximumConcurrency ?? 10,
      idleMilliseconds: options.idleMilliseconds ?? 60_000,
    }),
  );
  const retries = new Set<() => void>();
  let closed = false;

  const poolOf = (functionName: string): FunctionPool => {
    const found = pools.find(({ definition }) =>
      [definition.name, definition.arn, definition.logicalId].includes(functionName),
    );
    if (found === undefined) throw new Error(`There is no function ${functionName}.`);
    return found;
  };

  const executingOf = new Map<FunctionPool, number>();
  const throttlesOf = new Map<FunctionPool, number>();
  const accountConcurrency = options.accountConcurrency ?? defaultAccountConcurrency;
  let executing = 0;

  const execute = async (
    pool: FunctionPool,
    event: string,
    traceHeaders: readonly string[] = [],
  ): Promise<Invocation> => {
    const { arn, name, recursiveLoop, reservedConcurrency = Infinity } = pool.definition;
    const { header, invocations } = nextRequest(arn, traceHeaders);
    if (invocations > longestChain && recursiveLoop === "Terminate") {
      const errorMessage = `Lambda has detected ${name} being invoked in a recursive loop with other AWS resources and stopped it (more than ${String(longestChain)} times).`;
      return refused("recursion", { errorType: "RecursiveInvocationException", errorMessage });
    }
    const own = executingOf.get(pool) ?? 0;
    if (executing >= accountConcurrency || own >= reservedConcurrency) {
      throttlesOf.set(pool, (throttlesOf.get(pool) ?? 0) + 1);
      const error = { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." };
      return refused("throttled", error);
    }
    executing += 1;
    executingOf.set(pool, own + 1);
    try {
      return await pool.invoke(event, header);
    } finally {
      executing -= 1;
      executingOf.set(pool, (executingOf.get(pool) ?? 1) - 1);
    }
  };

  const attempt = async (pool: FunctionPool, event: string, retry: number): Promise<void> => {
    const invocation = await execute(pool, event);
    const delay = asynchronousRetryDelays[retry];
    if (invocation.kind === "succeeded" || delay === undefined || closed) return;
    const cancel = options.clock.at(options.clock.now() + delay, () => {
      retries.delete(cancel);
      void attempt(pool, event, retry + 1);
    });
    retries.add(cancel);
  };

  return {
    logs,
    functions: () => pools.map((pool) => pool.definition),
    definition: (functionName) => poolOf(functionName).definition,
    invoke: (functionName, event, traceHeaders) =>
      execute(poolOf(functionName), JSON.stringify(event), traceHeaders),
    invokeAsynchronously: (functionName, event) => {
      void attempt(poolOf(functionName), JSON.stringify(event), 0);
    },
    kill: (functionName) => poolOf(functionName).kill(),
    statistics: () =>
      Object.fromEntries(
        pools.map((pool) => [
          pool.definition.logicalId,
          { ...pool.statistics(), throttles: throttlesOf.get(pool) ?? 0 },
        ]),
      ),
    close: async () => {
      closed = true;
      for (const cancel of retries) cancel();
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}
