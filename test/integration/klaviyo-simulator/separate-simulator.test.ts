import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import axios from "axios";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  startSeparateSimulator,
  type SeparateSimulator,
} from "../../../infra/local/klaviyo/separate-simulator";
import { eventually } from "../local/eventually";
import { emails, importBody, JOBS, problem, rawClient } from "./support";

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a simulator in a process of its own", () => {
  let simulator: SeparateSimulator;
  beforeEach(async () => {
    simulator = await startSeparateSimulator();
  });
  afterEach(() => simulator.close());

  it("shows what it holds, and what it was asked", async () => {
    const { accountId } = simulator.first;
    const { id: listId } = await simulator.createList(accountId, { name: "Apart" });
    await simulator.resetStatistics();
    const accepted = await rawClient(simulator).post(JOBS, importBody(emails(3), listId));
    expect(accepted.status).toBe(202);

    await eventually(async () => (await simulator.list(listId)).members === 3);
    expect(await simulator.jobs()).toMatchObject([{ accountId, listId, total: 3, failed: 0 }]);
    expect(await simulator.statistics()).toMatchObject({
      requests: 1,
      answers: { bulk_import_profiles: { 202: 1 } },
      importJobs: 1,
      profilesAccepted: 3,
      throttled: 0,
    });
  });

  it("has accounts and faults set up as the one in this process has", async () => {
    const added = await simulator.addAccount({ id: "ApArT1", lists: [{ name: "Theirs" }] });
    expect(added).toMatchObject({ id: "ApArT1", lists: [{ name: "Theirs", members: 0 }] });
    await simulator.setFaults({ rules: [{ kind: "throttle", rate: 1 }] });
    expect((await rawClient(simulator).get("/api/lists")).status).toBe(429);
  });

  it("is as strict about bodies", async () => {
    const client = rawClient(simulator);
    expect((await client.post(JOBS, "x".repeat(5_000_001))).status).toBe(413);
    expect((await client.post(JOBS, "{")).status).toBe(400);
    expect(problem(await client.post(JOBS, importBody(["no email"])))).toEqual({
      status: 400,
      errors: [["invalid", "/data/attributes/profiles/data/0/attributes/email"]],
    });
  });

  it("uses processor time that is not this process's, and says how much", async () => {
    const before = await simulator.process();
    expect(before.pid).not.toBe(process.pid);
    await rawClient(simulator).post(JOBS, importBody(emails(10_000), simulator.first.listId));
    const after = await simulator.process();
    expect(after.pid).toBe(before.pid);
    expect(after.processorSeconds).toBeGreaterThan(before.processorSeconds);
  });

  it("refuses what it does not know instead of answering with nothing", async () => {
    await expect(simulator.list("NoList")).rejects.toThrow(/404/);
  });

  it("is gone when it has been closed", async () => {
    const { pid } = await simulator.process();
    await simulator.close();
    expect(isRunning(pid)).toBe(false);
    await expect(axios.get(`${simulator.url}/simulator/process`)).rejects.toThrow();
  });
});

it("ends when the process that started it is killed", async () => {
  const module = path.resolve(__dirname, "../../../infra/local/klaviyo/separate-simulator.ts");
  const script = `require(${JSON.stringify(module)}).startSeparateSimulator()
    .then(({ url }) => console.log(url))`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--eval", script], {
    cwd: path.resolve(__dirname, "../../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = (await once(parent.stdout, "data")) as [Buffer];
  const simulator = axios.create({ baseURL: output.toString("utf8").trim(), timeout: 5_000 });
  expect((await simulator.get("/simulator/process")).status).toBe(200);

  parent.kill("SIGKILL");
  await eventually(async () => {
    const answer: unknown = await simulator
      .get("/simulator/process")
      .catch((error: unknown) => error);
    return axios.isAxiosError(answer) && answer.code === "ECONNREFUSED";
  });
});
