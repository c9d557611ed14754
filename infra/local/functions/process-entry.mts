// What runs in each function's process: the part that Lambda's Node.js runtime plays. Node starts
// this file as it is, without a loader, so that a cold start stays cheap; it imports no other
// TypeScript but types. What Node compiles is kept for the next process (NODE_COMPILE_CACHE).
import { readFileSync } from "node:fs";
import { createRequire, flushCompileCache } from "node:module";
import path from "node:path";
import type { FunctionProcessReport, InvocationRequest } from "./process-protocol.ts";

const [taskRoot = ".", handlerName = "index.handler"] = process.argv.slice(2);

const report = (message: FunctionProcessReport): void => {
  process.send?.(message);
};

// The host is gone or done with this process.
process.on("disconnect", () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; the host ends its functions itself.
process.on("SIGINT", () => undefined);

// Of this machine; Lambda has no such variable.
delete process.env["NODE_COMPILE_CACHE"];

type Handler = (event: unknown, context: object) => unknown;

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function loadHandler(): Handler {
  const [file = "index", exported = "handler"] = handlerName.split(".");
  const loaded: unknown = createRequire(import.meta.url)(path.resolve(taskRoot, `${file}.js`));
  const handler: unknown =
    typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, exported) : undefined;
  if (isHandler(handler)) return handler;
  const missing = new Error(`${handlerName} is undefined or not exported`);
  missing.name = "Runtime.HandlerNotFound";
  throw missing;
}

function describe(thrown: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  return thrown instanceof Error
    ? {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: (thrown.stack ?? "").split("\n"),
      }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/**
 * The highest resident memory of this process. Linux tells it by VmHWM; what getrusage tells starts
 * from the memory of the process that forked this one.
 */
function peakKilobytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}

async function invoke(handler: Handler, request: InvocationRequest): Promise<void> {
  const { requestId, deadline, functionArn } = request;
  const environment = process.env;
  environment["_X_AMZN_TRACE_ID"] = request.traceHeader;
  const context = {
    awsRequestId: requestId,
    functionName: environment["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: environment["AWS_LAMBDA_FUNCTION_VERSION"],
    invokedFunctionArn: functionArn,
    memoryLimitInMB: environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    logGroupName: environment["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: environment["AWS_LAMBDA_LOG_STREAM_NAME"],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const result = await handler(JSON.parse(request.event), context);
    const payload = result === undefined ? "null" : JSON.stringify(result);
    report({ kind: "succeeded", requestId, payload, peakKilobytes: peakKilobytes() });
  } catch (thrown) {
    const error = describe(thrown);
    console.error(JSON.stringify({ level: "ERROR", message: "Invoke Error", ...error }));
    report({ kind: "failed", requestId, error, peakKilobytes: peakKilobytes() });
  }
  // Node writes it when a process exits, and this one is killed. What is kept already costs nothing.
  flushCompileCache();
}

try {
  const handler = loadHandler();
  process.on("message", (message: InvocationRequest) => {
    void invoke(handler, message);
  });
  report({ kind: "ready" });
} catch (thrown) {
  const error = describe(thrown);
  console.error(JSON.stringify({ level: "ERROR", message: "Init Error", ...error }));
  report({ kind: "initializationFailed", error });
}
