import { fork } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { AwsCredentials } from "../front/callers";
import { initializationTimeoutMilliseconds, type FunctionDefinition } from "./function-definition";
import type { FunctionLogLine, FunctionLogs } from "./function-logs";
import { isKept } from "./log-filter";
import {
  functionProcessReportSchema,
  type FunctionError,
  type FunctionProcessReport,
  type InvocationRequest,
} from "./process-protocol";
import { runtimeEnvironment } from "./runtime-environment";

/** How one invocation ended. */
export type ProcessOutcome =
  | { readonly kind: "succeeded"; readonly payload: string; readonly peakKilobytes: number }
  | {
      readonly kind: "failed";
      readonly reason: "error" | "timeout" | "exit";
      readonly error: FunctionError;
      /** Unknown (0) when the process is no more. */
      readonly peakKilobytes: number;
    };

/** One execution environment: a process that takes one invocation at a time. */
export interface FunctionProcess {
  /** Resolves with undefined once the handler is loaded, or with why it could not be. */
  readonly ready: Promise<FunctionError | undefined>;
  readonly exited: Promise<void>;
  invoke(requestId: string, event: string, traceHeader: string): Promise<ProcessOutcome>;
  /** SIGKILL: nothing in the process gets to run any more. */
  kill(): void;
}

export interface FunctionProcessOptions {
  readonly endpoints: Readonly<Record<string, string>>;
  readonly credentials: AwsCredentials;
  /** Where Node keeps what it has compiled, for the next process of any environment. */
  readonly compileCacheDirectory: string;
  readonly logs: FunctionLogs;
}

/** @param temporaryDirectory the execution environment's disk, which the process finds as another left it. */
export function startFunctionProcess(
  definition: FunctionDefinition,
  options: FunctionProcessOptions,
  temporaryDirectory: string,
): FunctionProcess {
  const child = fork(
    path.join(__dirname, "process-entry.mts"),
    [definition.directory, definition.handler],
    {
      cwd: definition.directory,
      env: {
        ...runtimeEnvironment(
          definition,
          options.endpoints,
          options.credentials,
          temporaryDirectory,
        ),
        NODE_COMPILE_CACHE: options.compileCacheDirectory,
      },
      execArgv: [],
      silent: true,
    },
  );

  let requestId: string | undefined;
  let waiting: ((outcome: ProcessOutcome) => void) | undefined;
  const settle = (outcome: ProcessOutcome): void => {
    waiting?.(outcome);
    waiting = undefined;
  };

  const log = (stream: FunctionLogLine["stream"], text: string): void =>
    options.logs.append({
      time: Date.now(),
      functionName: definition.name,
      requestId,
      stream,
      text,
    });
  const logWritten = (stream: "stdout" | "stderr") => (text: string) => {
    if (isKept(text, definition.logLevel)) log(stream, text);
  };
  forEachLine(child.stdout, logWritten("stdout"));
  forEachLine(child.stderr, logWritten("stderr"));

  const ready = Promise.withResolvers<FunctionError | undefined>();
  const initializationTimer = setTimeout(() => {
    ready.resolve(timedOut("init", initializationTimeoutMilliseconds / 1000));
    child.kill("SIGKILL");
  }, initializationTimeoutMilliseconds);

  child.on("message", (received) => {
    const message: FunctionProcessReport = functionProcessReportSchema.parse(received);
    switch (message.kind) {
      case "ready":
        return ready.resolve(undefined);
      case "initializationFailed":
        return ready.resolve(message.error);
      case "succeeded":
        return settle(message);
      case "failed":
        return settle({ ...message, reason: "error" });
    }
  });
  const exited = new Promise<void>((resolve) => {
    const ended = (how: string): void => {
      const error = exitError(requestId, how);
      ready.resolve(error);
      if (waiting !== undefined) log("platform", error.errorMessage);
      settle({ kind: "failed", reason: "exit", error, peakKilobytes: 0 });
      resolve();
    };
    child.once("error", (error) => ended(error.message));
    child.once("exit", (code, signal) =>
      ended(signal === null ? `exit status ${String(code)}` : `signal: ${signal}`),
    );
  });
  void ready.promise.then(() => clearTimeout(initializationTimer));

  return {
    ready: ready.promise,
    exited,
    invoke: (id, event, traceHeader) =>
      new Promise((resolve) => {
        requestId = id;
        const milliseconds = definition.timeoutSeconds * 1000;
        const timer = setTimeout(() => {
          const error = timedOut(id, definition.timeoutSeconds);
          log("platform", error.errorMessage);
          settle({ kind: "failed", reason: "timeout", error, peakKilobytes: 0 });
          child.kill("SIGKILL");
        }, milliseconds);
        waiting = (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        };
        const request: InvocationRequest = {
          requestId: id,
          event,
          deadline: Date.now() + milliseconds,
          functionArn: definition.arn,
          traceHeader,
        };
        // A process that is no more is told by its exit, not by this.
        child.send(request, () => undefined);
      }),
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

function forEachLine(stream: Readable | null, onLine: (text: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", onLine);
}

function timedOut(requestId: string, seconds: number): FunctionError {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

function exitError(requestId: string | undefined, how: string): FunctionError {
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId ?? "init"} Error: Runtime exited with error: ${how}`,
  };
}
