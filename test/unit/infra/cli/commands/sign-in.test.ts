import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createCli, type Cli } from "../../../../support/commands/cli";
import { startFakeUserPool, type FakeUserPool } from "../../../../support/fakes/user-pool";

const [username, password] = ["ann@example.org", "Correct-horse-1"];
let fake: FakeUserPool;
let cli: Cli;

beforeAll(async () => {
  fake = await startFakeUserPool({ username, password, accessToken: "access-1" });
  cli = createCli({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: fake.url });
  const pool = ["--user-pool", fake.poolId, "--client-id", fake.clientId];
  await cli(["profiles", "set", "test", "--url", "http://127.0.0.1:9", ...pool]);
});
afterAll(async () => {
  await fake.close();
  rmSync(cli.settings, { recursive: true });
});

const login = (typed: string) =>
  cli(["login", "--username", username, "--password-stdin"], { input: `${typed}\n` });

test("proves the password by SRP without sending it", async () => {
  expect(await login(password)).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(path.join(cli.settings, "credentials.json"), "utf8")).toContain("access-1");
  expect(fake.calls.map(({ name }) => name)).toEqual(["InitiateAuth", "RespondToAuthChallenge"]);
  expect(JSON.stringify(fake.calls)).not.toContain(password);
}, 20_000);

test("says what to do when the password is wrong", async () => {
  const { code, stderr } = await login("Wrong-horse-1");
  expect(code).toBe(3);
  expect(stderr).toMatch(/^signInRefused: .*Check user name and password/);
}, 20_000);
