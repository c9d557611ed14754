import type { Scenario } from "./model";

/** Settings that are worth a look, from the smallest to the largest. */
export function settingsToCompare(base: Scenario): Scenario[] {
  const withPush = (push: number, others: Partial<Scenario["concurrency"]> = {}): Scenario => ({
    ...base,
    concurrency: { ...base.concurrency, push, ...others },
  });
  const wide = { prepare: 25, confirm: 50, settle: 25 };
  return [
    ...[2, 5, 10, 20].map((push) => withPush(push, { prepare: 5, confirm: 5, settle: 5 })),
    ...[20, 50, 100, 200].map((push) => withPush(push, wide)),
    base,
  ];
}
