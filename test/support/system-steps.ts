import { setTimeout as sleep } from "node:timers/promises";
import type { RunAnswer, System } from "./system";

/** A segment's file of so many rows, each with an email of its own. */
export const csv = (rows: number, name: string): string =>
  `Email\n${Array.from({ length: rows }, (_, row) => `${name}-${row}@example.org`).join("\n")}\n`;

/** Waits until the run has got so far, or has ended. */
export async function until(
  system: System,
  runId: string,
  reached: (run: RunAnswer) => boolean,
): Promise<RunAnswer> {
  for (;;) {
    const { body } = await system.call<RunAnswer>("GET", `/runs/${runId}`);
    if (reached(body) || !["queued", "running"].includes(body.status)) {
      return body;
    }
    await sleep(20);
  }
}

/** An account of its own for a test, with a key and a list. */
export function addAccount(system: System, id: string): { apiKey: string; listId: string } {
  const account = system.laptop.klaviyo.addAccount({ id, lists: [{ name: "List" }] });
  return { apiKey: account.keys[0]!.key, listId: account.lists[0]!.id };
}
