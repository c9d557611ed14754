import type { Scenario } from "./model";

/** Settings that are worth a look, from the smallest to the largest. */
export function settingsToCompare(base: Scenario): Scenario[] {
  const withPush = (push: number, others: Partial<Scenario["concurrency"]> = {}): Scenario => ({
    ...base,
    concurrency: { ...base.concurrency, push, ...others },
  });
  const narrow = { prepare: 5, confirm: 5, settle: 5 };
  const wide = { prepare: 50, confirm: 25, settle: 25 };
  return [
    ...[2, 5, 10, 20].map((push) => withPush(push, narrow)),
    ...[5, 10, 30, 50, 100].map((push) => withPush(push, wide)),
    ...[1, 5].map((pushBatch) => ({ ...base, pushBatch })),
    base,
  ];
}
