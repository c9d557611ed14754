import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { awsAccounts } from "../../infra/aws-account";
import { adviseOn, readAwsAccountLimits } from "../../infra/commands/aws-account-check";
import { stageConfig } from "../../infra/stage-config";

const established = stageConfig("production", { awsAccount: awsAccounts.established });
const inNewAwsAccount = stageConfig("production");

describe("before a deployment", () => {
  test("a new account is told to be enough, and what it can't do", () => {
    const { hindrances, notes } = adviseOn({ concurrency: 10, unreserved: 10 }, inNewAwsAccount);
    expect(hindrances).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(
        /allows 10 executions.+answered 503.+--quota-code L-B99A9384 --desired-value 1000/,
      ),
    ]);
  });

  test("a stage that is configured for more than the account allows is not deployed", () => {
    const { hindrances } = adviseOn({ concurrency: 10, unreserved: 10 }, established);
    expect(hindrances).toEqual([
      expect.stringMatching(/allows 10 concurrent.+configured for 1,000.+--desired-value 1000/),
    ]);
  });

  test("an account whose concurrency others have reserved is told what to raise", () => {
    const { notes } = adviseOn({ concurrency: 1000, unreserved: 220 }, established);
    expect(notes).toContainEqual(
      expect.stringMatching(/reserve 162 executions.+220 are unreserved.+--desired-value 1162/),
    );
  });

  test("an account that allows more than the stage uses is told so", () => {
    const { hindrances, notes } = adviseOn(
      { concurrency: 1000, unreserved: 1000 },
      inNewAwsAccount,
    );
    expect(hindrances).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("allows 1,000")]);
  });

  test("functions larger than some accounts allow are named", () => {
    const { notes } = adviseOn({ concurrency: 1000, unreserved: 1000 }, established);
    expect(notes).toEqual([expect.stringContaining("Some accounts allow 3,008 MB")]);
  });
});

describe("what the account allows", () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function lambdaThatAnswers(status: number, body: object): Promise<LambdaClient> {
    server = createServer((request, response) => {
      const known = request.method === "GET" && request.url === "/2016-08-19/account-settings";
      response.writeHead(known ? status : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new LambdaClient({
      endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      region: "eu-central-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  }

  test("is read from Lambda", async () => {
    const client = await lambdaThatAnswers(200, {
      AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
    });
    expect(await readAwsAccountLimits(client)).toEqual({ concurrency: 10, unreserved: 10 });
  });

  test.each([
    [403, { message: "no" }],
    [200, {}],
  ])("can't be read when Lambda answers %i %j", async (status, body) => {
    await expect(readAwsAccountLimits(await lambdaThatAnswers(status, body))).rejects.toThrow();
  });
});
