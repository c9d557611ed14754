import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { judgeEmail } from "../../shared/domain/profiles/email";
import { createWorkbench, type Workbench } from "../integration/duckdb/workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

/** Least processor time of two tries, in milliseconds: what the machine does besides is not counted. */
async function leastTime(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}

/** Four times the work may take four times as long and a good deal more, but not sixteen times. */
async function expectLinear(work: (size: number) => Promise<unknown>, size: number): Promise<void> {
  const few = await leastTime(() => work(size));
  const many = await leastTime(() => work(size * 4));
  expect(many).toBeLessThan(Math.max(few, 25) * 10);
}

async function describeAndPrepare(name: string, content: string | Buffer): Promise<void> {
  await bench.put(name, content);
  await bench.describe("Email");
  await bench.prepare();
}

describe("what could take long takes time that grows with its size alone", () => {
  it.each<[string, string, (size: number) => string]>([
    ["spaces within an address", "m.csv", (size) => `Email\n"x${" ".repeat(size * 40)}y"\n`],
    ["padding within an address", "m.csv", (size) => `Email\n"x${"\u00a0".repeat(size * 4)}é"\n`],
    ["apostrophes", "m.csv", (size) => `Email\n${"'".repeat(size)}"\n`],
    [
      "quotes that are never closed",
      "m.csv",
      (size) => `Email,b\n${'a@x.io,"x\nb@x.io,""y\n'.repeat(size)}`,
    ],
    [
      "quotes that backslashes may escape",
      "m.csv",
      (size) => `Email,b\n${'a@x.io,"x\\"y\nb@x.io,"\\"z\n'.repeat(size)}`,
    ],
    [
      "ever new keys",
      "m.ndjson",
      (size) =>
        Array.from(
          { length: size },
          (_, row) => `{"Emai${row}":1,"k${row}":2,"Email":"a@x.io"}`,
        ).join("\n"),
    ],
    [
      "records over several lines with white space between them",
      "m.json",
      (size) => `{\n"Email":"a@x.io"}\n${" ".repeat(size * 40)}x{"Email":"b@x.io"}`,
    ],
    [
      "a first record that is all quotes",
      "m.json",
      (size) => `{"q":"${'\\"'.repeat(size * 20)}\n${'{"Email":"b@x.io"}\n'.repeat(3)}`,
    ],
    [
      "nested values",
      "m.ndjson",
      (size) => `{"Email":"a@x.io","deep":${"[".repeat(size)}${"]".repeat(size)}}`,
    ],
  ])("%s", async (_what, name, content) => {
    await expectLinear((size) => describeAndPrepare(name, content(size)), 1_000);
  });

  it("padding in an address that is judged alone", async () => {
    await expectLinear(async (size) => judgeEmail(`x${"\u200b".repeat(size)}é`), 20_000);
    await expectLinear(async (size) => judgeEmail(`${"'".repeat(size)}"`), 20_000);
  });
});
