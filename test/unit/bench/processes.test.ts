import { expect, it } from "@jest/globals";
import { parseStat, processorSeconds, readProcesses } from "../../bench/processes";

const usage = (pid: number, parent: number, command: string, own: number, ended = 0) => ({
  ...{ pid, parent, command, own, ended },
});

it("reads a process whose name holds spaces and parentheses", () => {
  const fields = "S 7 1 1 0 -1 0 0 0 0 0 250 50 100 0 20 0 1 0";
  expect(parseStat(9, `9 (a) b (c) ${fields}`, "node x")).toEqual([usage(9, 7, "node x", 3, 1)]);
});

it("tells functions, environment and simulator apart, and leaves other processes out", () => {
  const processes = [
    usage(1, 0, "init", 100),
    usage(10, 1, "node bench", 5, 2),
    usage(11, 10, "node /x/functions/process-entry.mts", 3),
    usage(12, 10, "node /x/queues-and-objects-process.mts", 1),
    usage(13, 10, "node /x/infra/local/klaviyo/simulator-process.ts", 4),
    usage(20, 1, "node /other/process-entry.mts", 50),
  ];
  expect(processorSeconds(processes, 10, 13)).toEqual({
    functions: 5,
    environment: 6,
    simulator: 4,
  });
});

it("finds this very process, where there is a /proc", () => {
  const processes = readProcesses();
  const isLinux = process.platform === "linux";
  expect(processes.some(({ pid }) => pid === process.pid)).toBe(isLinux);
});
