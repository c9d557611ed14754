import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { systemClock } from "../../../../infra/local/clock";
import {
  createFunctionHost,
  type FunctionHost,
} from "../../../../infra/local/functions/function-host";
import type { FunctionDefinition } from "../../../../infra/local/functions/function-definition";
import type { Invocation } from "../../../../infra/local/functions/function-pool";
import { writeCloudAssembly, type CloudAssembly } from "../cloud-assembly";
import { eventually } from "../eventually";
import { manualClock } from "../manual-clock";

const code = {
  Context: `
    const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    let invocations = 0;
    exports.handler = async (event, context) => {
      const before = context.getRemainingTimeInMillis();
      await pause(5);
      return {
        event,
        pid: process.pid,
        invocations: ++invocations,
        environment: process.env,
        workingDirectory: process.cwd(),
        requestId: context.awsRequestId,
        functionName: context.functionName,
        memory: context.memoryLimitInMB,
        remaining: before,
        remainingShrinks: context.getRemainingTimeInMillis() < before,
      };
    };`,
  Throws: `exports.handler = async () => { class Refused extends Error { name = "Refused" } throw new Refused("no"); };`,
  Hangs: `exports.handler = async (event) => {
    console.log("started " + event.name);
    return event.hang ? new Promise(() => setInterval(() => {}, 1000)) : "done";
  };`,
  Exits: `exports.handler = async () => process.exit(3);`,
  DoesNotLoad: `require("no-such-package");`,
  Large: `exports.handler = async () => "x".repeat(6 * 1024 * 1024 + 1);`,
  Leaves: `
    const fs = require("node:fs");
    exports.handler = async (event) => {
      const found = fs.readdirSync(process.env.TMPDIR);
      fs.writeFileSync(process.env.TMPDIR + "/" + event.name, "");
      if (event.crash) process.kill(process.pid, "SIGKILL");
      return { found, pid: process.pid };
    };`,
  Silent: `exports.handler = async () => undefined;`,
};

function definition(
  logicalId: keyof typeof code,
  directory: string,
  overrides: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  return {
    logicalId,
    name: `stack-${logicalId}`,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:stack-${logicalId}`,
    roleArn: "arn:aws:iam::000000000000:role/stack-Role",
    directory: path.join(directory, `asset.${logicalId}`),
    handler: "index.handler",
    runtime: "nodejs24.x",
    memoryMegabytes: 512,
    storageMegabytes: 1536,
    timeoutSeconds: 10,
    reservedConcurrency: undefined,
    recursiveLoop: "Terminate",
    logLevel: undefined,
    environment: { TABLE_NAME: "table" },
    ...overrides,
  };
}

function answer(invocation: Invocation): any {
  if (invocation.kind !== "succeeded") throw new Error(JSON.stringify(invocation.error));
  return JSON.parse(invocation.payload);
}

let assembly: CloudAssembly;
let directory: string;
let host: FunctionHost | undefined;

beforeAll(() => {
  assembly = writeCloudAssembly({ Resources: {} }, code);
  directory = mkdtempSync(path.join(os.tmpdir(), "function-host-"));
});

afterEach(async () => {
  await host?.close();
  host = undefined;
});

afterAll(() => {
  assembly.remove();
  rmSync(directory, { recursive: true, force: true });
});

function start(
  logicalId: keyof typeof code,
  overrides: Partial<FunctionDefinition> = {},
  options: Partial<Parameters<typeof createFunctionHost>[0]> = {},
): FunctionHost {
  host = createFunctionHost({
    definitions: [definition(logicalId, assembly.directory, overrides)],
    endpoints: { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" },
    directory,
    compileCacheDirectory: path.join(directory, "compile-cache"),
    clock: systemClock,
    credentialsOf: ({ name }) => ({ accessKeyId: `key of ${name}`, secretAccessKey: "secret" }),
    ...options,
  });
  return host;
}

describe("a function's process", () => {
  test("sees its own variables and those of the Lambda runtime, and nothing of ours", async () => {
    process.env["SECRET_OF_THE_PARENT"] = "visible";
    const { environment, workingDirectory } = answer(await start("Context").invoke("Context", {}));
    expect(environment).toMatchObject({
      TABLE_NAME: "table",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "key of stack-Context",
      AWS_LAMBDA_FUNCTION_NAME: "stack-Context",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    });
    expect(environment).not.toHaveProperty("SECRET_OF_THE_PARENT");
    expect(environment).not.toHaveProperty("NODE_EXTRA_CA_CERTS");
    expect(environment).not.toHaveProperty("HOME");
    expect(environment).not.toHaveProperty("NODE_COMPILE_CACHE");
    expect(environment.TMPDIR).toContain(directory);
    expect(workingDirectory).toBe(path.join(assembly.directory, "asset.Context"));
  });

  test("leaves what Node has compiled for the next one, though it is killed", async () => {
    const compileCacheDirectory = path.join(directory, "kept");
    const running = start("Context", {}, { compileCacheDirectory });
    await running.invoke("Context", {});
    // It answers again once it has left behind what it compiled for its first answer.
    await running.invoke("Context", {});
    running.kill("Context");
    const left = readdirSync(compileCacheDirectory, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).length).toBeGreaterThan(0);
  });

  test("gets the event and a context that counts down to its time-out", async () => {
    const result = answer(await start("Context").invoke("Context", { question: [1, "é"] }));
    expect(result).toMatchObject({
      event: { question: [1, "é"] },
      functionName: "stack-Context",
      memory: "512",
      remainingShrinks: true,
    });
    expect(result.remaining).toBeGreaterThan(0);
    expect(result.remaining).toBeLessThanOrEqual(10_000);
  });

  test("is used again while it is warm, for one invocation at a time", async () => {
    const functions = start("Context");
    const first = answer(await functions.invoke("Context", {}));
    const second = answer(await functions.invoke("Context", {}));
    expect(second).toMatchObject({ pid: first.pid, invocations: 2 });

    const [left, right] = await Promise.all([
      functions.invoke("Context", {}),
      functions.invoke("Context", {}),
    ]);
    // Whether the second had to wait or got a process of its own, none ran both at once.
    const results = [answer(left), answer(right)];
    expect(new Set(results.map((result) => `${result.pid}/${result.invocations}`)).size).toBe(2);
    expect(functions.statistics()["Context"]).toMatchObject({ invocations: 4, errors: 0 });
  });

  test.each([
    ["its reserved concurrency", { reservedConcurrency: 2 }, {}],
    ["what the account allows", {}, { accountConcurrency: 2 }],
  ])("is throttled above %s, and runs again when an invocation ends", async (_, own, account) => {
    const functions = start("Context", own, account);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => functions.invoke("Context", {})),
    );
    expect(results.filter(({ kind }) => kind === "succeeded")).toHaveLength(2);
    expect(results.filter(({ kind }) => kind === "refused")).toEqual(
      Array.from({ length: 3 }, () => ({
        kind: "refused",
        reason: "throttled",
        error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
      })),
    );
    expect(functions.statistics()["Context"]).toMatchObject({ invocations: 2, throttles: 3 });
    expect(answer(await functions.invoke("Context", {})).functionName).toBe("stack-Context");
  });

  test("finds on its disk what one left that crashed, and not what one left that was ended", async () => {
    const functions = start("Leaves", {}, { idleMilliseconds: 50 });
    const crashed = await functions.invoke("Leaves", { name: "crash", crash: true });
    expect(crashed.kind).toBe("failed");
    const next = answer(await functions.invoke("Leaves", { name: "next" }));
    expect(next.found).toEqual(["crash"]);
    await eventually(() => !isRunning(next.pid));
    expect(answer(await functions.invoke("Leaves", { name: "other" })).found).toEqual([]);
  });

  test("is ended when nothing uses it for a while", async () => {
    const functions = start("Context", {}, { idleMilliseconds: 10 });
    const { pid } = answer(await functions.invoke("Context", {}));
    await eventually(() => !isRunning(pid));
    expect(answer(await functions.invoke("Context", {})).invocations).toBe(1);
  });
});

describe("an invocation ends as Lambda's would", () => {
  test("when the function throws", async () => {
    expect(await start("Throws").invoke("Throws", {})).toMatchObject({
      kind: "failed",
      error: { errorType: "Refused", errorMessage: "no", trace: expect.any(Array) },
    });
  });

  test("when the function returns nothing", async () => {
    expect(await start("Silent").invoke("Silent", {})).toMatchObject({ payload: "null" });
  });

  test("when the function takes too long: it is killed, and the next one starts anew", async () => {
    const functions = start("Hangs", { timeoutSeconds: 0.5 });
    const hanging = await functions.invoke("Hangs", { name: "one", hang: true });
    expect(hanging).toMatchObject({
      kind: "failed",
      error: {
        errorType: "Sandbox.Timedout",
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Task timed out after 0.50 seconds$/,
        ),
      },
    });
    expect(answer(await functions.invoke("Hangs", { name: "two" }))).toBe("done");
    expect(functions.statistics()["Hangs"]).toMatchObject({
      invocations: 2,
      errors: 1,
      timeouts: 1,
      coldStarts: 2,
    });
  });

  test("when the process exits", async () => {
    expect(await start("Exits").invoke("Exits", {})).toMatchObject({
      error: {
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringContaining("Runtime exited with error: exit status 3"),
      },
    });
  });

  test("when the process is killed in the middle of it", async () => {
    const functions = start("Hangs");
    const started = new Promise<void>((resolve) => {
      functions.logs.subscribe(({ text }) => {
        if (text === "started one") resolve();
      });
    });
    const invocation = functions.invoke("Hangs", { name: "one", hang: true });
    await started;
    expect(functions.kill("stack-Hangs")).toBe(1);
    expect(await invocation).toMatchObject({
      error: { errorMessage: expect.stringContaining("signal: SIGKILL") },
    });
  });

  test("when the code does not load", async () => {
    expect(await start("DoesNotLoad").invoke("DoesNotLoad", {})).toMatchObject({
      error: { errorMessage: expect.stringContaining("no-such-package") },
    });
  });

  test("when the answer is larger than Lambda takes", async () => {
    expect(await start("Large").invoke("Large", {})).toMatchObject({
      error: { errorType: "Function.ResponseSizeTooLarge" },
    });
  });
});

test("an asynchronous invocation that fails is tried twice more, after one and two minutes", async () => {
  const clock = manualClock(0);
  const functions = start("Throws", {}, { clock });
  const invocations = (): number => functions.statistics()["Throws"]?.invocations ?? 0;
  functions.invokeAsynchronously("Throws", {});
  await eventually(() => invocations() === 1);
  clock.moveTo(59_999);
  expect(invocations()).toBe(1);
  // The retry is set when the failure has come through to the host.
  await eventually(() => (clock.moveTo(60_000), invocations() === 2));
  await eventually(() => (clock.moveTo(180_000), invocations() === 3));
  clock.moveTo(10_000_000);
  expect(invocations()).toBe(3);
});

test("what a function writes is kept with its name and invocation, and what it used is counted", async () => {
  const functions = start("Hangs", { memoryMegabytes: 1024 });
  const invocation = await functions.invoke("Hangs", { name: "one" });
  const requestId = invocation.kind === "refused" ? undefined : invocation.requestId;
  const line = await eventually(() => functions.logs.lines("stack-Hangs")[0]);
  expect(line).toMatchObject({ text: "started one", stream: "stdout", requestId });

  const used = functions.statistics()["Hangs"];
  expect(used?.gigabyteSeconds).toBeCloseTo((used?.billedMilliseconds ?? 0) / 1000);
  // 1,536 MB of disk, of which 512 are free.
  expect(used?.storageGigabyteSeconds).toBeCloseTo((used?.billedMilliseconds ?? 0) / 1000);
  expect(used?.peakMemoryMegabytes).toBeGreaterThan(10);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
