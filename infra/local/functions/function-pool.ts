import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { payloadLimitBytes, type FunctionDefinition } from "./function-definition";
import {
  startFunctionProcess,
  type FunctionProcess,
  type FunctionProcessOptions,
  type ProcessOutcome,
} from "./function-process";
import {
  noStatistics,
  withInvocation,
  withLogLine,
  type FunctionStatistics,
} from "./function-statistics";
import type { FunctionError } from "./process-protocol";

/** What an invocation came to, as the Invoke API answers it. */
export type Invocation =
  | { readonly kind: "succeeded"; readonly requestId: string; readonly payload: string }
  | { readonly kind: "failed"; readonly requestId: string; readonly error: FunctionError }
  /** The function was not started. */
  | { readonly kind: "refused"; readonly reason: Refusal; readonly error: FunctionError };

/**
 * Why Lambda does not start a function: the account's concurrent executions are used up, or its chain of
 * requests has invoked it too often.
 */
type Refusal = "throttled" | "recursion";

/** One function's processes: started on demand, used again while warm, ended when idle. */
export interface FunctionPool {
  readonly definition: FunctionDefinition;
  /**
   * Waits for a free process once the function's concurrency is used up.
   *
   * @param event JSON.
   * @param traceHeader what the runtime sets as `_X_AMZN_TRACE_ID`.
   */
  invoke(event: string, traceHeader: string): Promise<Invocation>;
  /** Kills all its processes, whatever they are doing. Returns how many there were. */
  kill(): number;
  statistics(): FunctionStatistics;
  close(): Promise<void>;
}

export interface FunctionPoolOptions extends FunctionProcessOptions {
  /** Temporary directories go below it. */
  readonly directory: string;
  /** For functions without a reserved concurrency. */
  readonly maximumConcurrency: number;
  readonly idleMilliseconds: number;
}

interface Waiting {
  readonly event: string;
  readonly traceHeader: string;
  readonly resolve: (invocation: Invocation) => void;
}

export function createFunctionPool(
  definition: FunctionDefinition,
  options: FunctionPoolOptions,
): FunctionPool {
  const all = new Set<FunctionProcess>();
  const idle: { readonly process: FunctionProcess; readonly timer: NodeJS.Timeout }[] = [];
  const waiting: Waiting[] = [];
  // Lambda starts the next process in the environment of one that crashed: with the same disk.
  const abandonedDisks: string[] = [];
  const endedIdle = new Set<FunctionProcess>();
  let starting = 0;
  let statistics = noStatistics;
  const stopListening = options.logs.subscribe(({ functionName, text }) => {
    if (functionName === definition.name) statistics = withLogLine(statistics, text);
  });
  const limit = definition.reservedConcurrency ?? options.maximumConcurrency;

  const run = async (
    process: FunctionProcess,
    { event, traceHeader, resolve }: Waiting,
    initialization: number,
  ): Promise<void> => {
    const requestId = randomUUID();
    const started = performance.now();
    const outcome = limitPayload(await process.invoke(requestId, event, traceHeader), requestId);
    statistics = withInvocation(statistics, {
      failed: outcome.kind === "failed",
      timedOut: outcome.kind === "failed" && outcome.reason === "timeout",
      milliseconds: initialization + performance.now() - started,
      memoryMegabytes: definition.memoryMegabytes,
      storageMegabytes: definition.storageMegabytes,
      peakKilobytes: outcome.peakKilobytes,
    });
    if (outcome.kind === "succeeded" || outcome.reason === "error") release(process);
    resolve(
      outcome.kind === "succeeded"
        ? { kind: "succeeded", requestId, payload: outcome.payload }
        : { kind: "failed", requestId, error: outcome.error },
    );
  };

  const release = (process: FunctionProcess, initialization = 0): void => {
    if (!all.has(process)) return;
    const next = waiting.shift();
    if (next !== undefined) {
      void run(process, next, initialization);
      return;
    }
    const timer = setTimeout(() => {
      forgetIdle(process);
      endedIdle.add(process);
      process.kill();
    }, options.idleMilliseconds);
    timer.unref();
    idle.push({ process, timer });
  };

  // A process that is being killed must not be given another invocation.
  const forgetIdle = (process: FunctionProcess): void => {
    const index = idle.findIndex((candidate) => candidate.process === process);
    if (index >= 0) clearTimeout(idle.splice(index, 1)[0]?.timer);
  };

  const start = async (): Promise<void> => {
    starting += 1;
    const began = performance.now();
    const disk = abandonedDisks.pop() ?? mkdtempSync(path.join(options.directory, "tmp-"));
    const process = startFunctionProcess(definition, options, disk);
    all.add(process);
    statistics = { ...statistics, coldStarts: statistics.coldStarts + 1 };
    void process.exited.then(() => {
      all.delete(process);
      forgetIdle(process);
      if (endedIdle.delete(process)) rmSync(disk, { recursive: true, force: true });
      else abandonedDisks.push(disk);
      // What waited for this process's place can have it now.
      dispatch();
    });
    const problem = await process.ready;
    starting -= 1;
    const initialization = performance.now() - began;
    if (problem === undefined) {
      release(process, initialization);
      return;
    }
    process.kill();
    const next = waiting.shift();
    statistics = withInvocation(statistics, {
      failed: true,
      timedOut: problem.errorType === "Sandbox.Timedout",
      milliseconds: initialization,
      memoryMegabytes: definition.memoryMegabytes,
      storageMegabytes: definition.storageMegabytes,
      peakKilobytes: 0,
    });
    next?.resolve({ kind: "failed", requestId: randomUUID(), error: problem });
  };

  const dispatch = (): void => {
    while (waiting.length > 0) {
      // The most recently used first, so that the others can go idle.
      const warm = idle.pop();
      if (warm === undefined) break;
      clearTimeout(warm.timer);
      const next = waiting.shift();
      if (next !== undefined) void run(warm.process, next, 0);
    }
    while (starting < waiting.length && all.size < limit) void start();
  };

  return {
    definition,
    invoke: (event, traceHeader) =>
      new Promise((resolve) => {
        waiting.push({ event, traceHeader, resolve });
        dispatch();
      }),
    kill: () => {
      for (const process of all) {
        forgetIdle(process);
        process.kill();
      }
      return all.size;
    },
    statistics: () => statistics,
    close: async () => {
      stopListening();
      const error = { errorType: "Runtime.ExitError", errorMessage: "The environment is closing." };
      for (const { resolve } of waiting.splice(0)) {
        resolve({ kind: "failed", requestId: randomUUID(), error });
      }
      const processes = [...all];
      for (const process of processes) process.kill();
      await Promise.all(processes.map((process) => process.exited));
      for (const disk of abandonedDisks) rmSync(disk, { recursive: true, force: true });
    },
  };
}

function limitPayload(outcome: ProcessOutcome, requestId: string): ProcessOutcome {
  if (outcome.kind === "failed" || Buffer.byteLength(outcome.payload) <= payloadLimitBytes) {
    return outcome;
  }
  return {
    kind: "failed",
    reason: "error",
    error: {
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: `RequestId: ${requestId} Error: Response payload size exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`,
    },
    peakKilobytes: outcome.peakKilobytes,
  };
}
