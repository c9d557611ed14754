import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { startConsoleSystem, type ConsoleSystem } from "../../browser/support/console";

const EXPORTS = 1_000;
const REJECTIONS = 100_000;

let console: ConsoleSystem;
let runId: string;

beforeAll(async () => {
  console = await startConsoleSystem();
  const { system } = console;
  await system.putSegment("customers", { "customers.csv": "Email\nsomebody@example.com\n" });
  await system.putSegment("faulty", { "faulty.csv": faultyRows() });
  const connectionId = await system.createConnection();
  const names = Array.from(
    { length: EXPORTS },
    (_, index) => `Export ${String(index).padStart(4, "0")}`,
  );
  const make = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      await patiently(() => system.createExport(connectionId, { displayName: name }));
    }
  };
  await Promise.all([make(), make(), make(), make()]);
  const faulty = await system.createExport(connectionId, {
    ...{ displayName: "Many rejections", segments: ["faulty"] },
  });
  ({ runId } = await system.run(faulty));
});
afterAll(() => console.close());

test("a list of 1,000 exports is a page at a time, and finds one of them", async () => {
  const { page, problems, close } = await console.open({ person: "Administrator" });
  const taken = await longTasksOf(page);

  await step("opening 1,000 exports", async () => {
    await page.goto(`${console.url}/exports`);
    await page
      .getByRole("link", { name: /^(Export \d{4}|Many rejections)$/ })
      .nth(49)
      .waitFor();
  });
  await step("their next page", async () => {
    const [first = ""] = await page.getByRole("link", { name: /^Export \d{4}$/ }).allInnerTexts();
    await page.getByRole("button", { name: "Next page" }).click();
    await page.getByRole("link", { name: first, exact: true }).waitFor({ state: "detached" });
  });
  await step("finding one by its name", async () => {
    await page.getByRole("searchbox", { name: "Find exports by name" }).fill("0123");
    await page.waitForURL("**search=*");
    await page.getByRole("link", { name: "Export 0123" }).waitFor();
    await page.getByRole("link", { name: "Export 0124" }).waitFor({ state: "detached" });
  });
  await step("finding one in the command menu", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill("0001");
    await page.getByRole("option").first().waitFor();
  });

  print("longest time in which the page could not answer", await taken());
  expect(problems).toEqual([]);
  await close();
});

test("a report of 100,000 rejections is counted, and read a page at a time", async () => {
  const { page, problems, close } = await console.open({ person: "Administrator" });
  const taken = await longTasksOf(page);

  await step("opening 100,000 rejections", async () => {
    await page.goto(`${console.url}/runs/${runId}/rejections`);
    await page.getByRole("cell", { name: "faulty.csv" }).nth(49).waitFor();
  });
  await step("their counts by code", async () => {
    await page
      .getByRole("link", { name: /: [\d,]+ rows$/ })
      .first()
      .waitFor();
  });
  await step("their next page", async () => {
    const [first = ""] = await page.getByRole("rowheader").allInnerTexts();
    await page.getByRole("button", { name: "Next page" }).click();
    await page.getByRole("rowheader", { name: first, exact: true }).waitFor({ state: "detached" });
  });
  await step("those of one kind", async () => {
    await page.goto(`${console.url}/runs/${runId}/rejections?category=invalid`);
    await page.getByRole("cell", { name: "faulty.csv" }).nth(49).waitFor();
  });

  print("longest time in which the page could not answer", await taken());
  expect(problems).toEqual([]);
  await close();
});

/** Calls again while Klaviyo's limits leave no room: each new export has its list looked at. */
async function patiently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!String(error).includes("klaviyoUnavailable")) throw error;
      await sleep(2_000);
    }
  }
}

/** Does a step, and prints how long it took: nothing is asserted of it, since machines differ. */
async function step(name: string, does: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await does();
  print(name, performance.now() - began);
}

function print(name: string, milliseconds: number): void {
  process.stdout.write(`${name}: ${(milliseconds / 1_000).toFixed(1)} s\n`);
}

/** Watches for how long the page's own work keeps it from answering; answers the longest such time. */
async function longTasksOf(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(`globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: "longtask", buffered: true });`);
  return () => page.evaluate<number>("globalThis.longest");
}

/** Rows whose addresses can't be any, and one whose address can. */
function faultyRows(): string {
  const emails = Array.from({ length: REJECTIONS }, (_, row) => `no-address-${row}`);
  return ["Email", "somebody@example.com", ...emails].join("\n");
}
