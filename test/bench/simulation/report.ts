import { prices } from "../cost/prices";
import { markdownTable, quantity } from "../table";
import { quotas, steps, type Outcome, type Scenario } from "./model";

export const scenarioHeaders = [
  "Concurrency",
  "Batch",
  "All done",
  "Pushing",
  "Working",
  "Put back",
  "GB-s",
  "A million",
  "Binds first",
] as const;

export function scenarioCells(scenario: Scenario, outcome: Outcome): string[] {
  const { prepare, push, confirm, settle } = scenario.concurrency;
  const gigabyteSeconds = total(outcome.gigabyteSeconds);
  const millions = (scenario.accounts * scenario.profiles) / 1e6;
  return [
    `${prepare} / ${push} / ${confirm} / ${settle}`,
    String(scenario.pushBatch),
    `${(outcome.endedAt.at(-1) ?? 0).toFixed(0)} s`,
    String(outcome.peakWorkers.push),
    String(outcome.peakWorkersOfAll),
    outcome.handedBack.toLocaleString("en"),
    quantity(Math.round(gigabyteSeconds), ""),
    quantity((gigabyteSeconds * prices.lambda.gigabyteSecond) / millions, "$"),
    bindsFirst(outcome),
  ];
}

const total = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((sum, value) => sum + value, 0);

/**
 * What the runs waited for longest. A chunk's waiting for its slot at Klaviyo is no bound that settings could
 * move, so it counts only when nothing else took a tenth of the runs' time.
 */
export function bindsFirst({ endedAt, waited, chunksSent }: Outcome): string {
  const runs = Math.max(1, endedAt.length);
  const chunksOfRun = Math.max(1, chunksSent / runs);
  const last = endedAt.at(-1) ?? 0;
  // A worker that waits for the index keeps others waiting for workers, so it is named before these.
  if (waited.openIndex / runs > last / 10) return "index of open runs";
  const perRun = {
    prepare: waited.prepare / runs,
    // Chunks of a run wait side by side.
    push: waited.push / runs / chunksOfRun,
    confirm: waited.confirm / runs,
    settle: waited.settle / runs,
  };
  const [name, seconds] = Object.entries(perRun).reduce((most, one) =>
    one[1] > most[1] ? one : most,
  );
  return seconds > last / 10 ? `${name} workers` : "Klaviyo";
}

/** What a scenario asked of each quota. */
export function describeOutcome(outcome: Outcome): string {
  const { endedAt, peakWorkers, peakDepth, invocations, gigabyteSeconds } = outcome;
  const at = (share: number): string =>
    `${(endedAt[Math.ceil(share * endedAt.length) - 1] ?? 0).toFixed(0)} s`;
  const number = (value: number): string => Math.round(value).toLocaleString("en");
  return [
    `Runs ended: half by ${at(0.5)}, 95 % by ${at(0.95)}, all by ${at(1)}.`,
    markdownTable(
      ["Step", "Peak workers", "Peak queue", "Invocations", "GB-s"],
      steps.map((step) => [
        step,
        number(peakWorkers[step]),
        number(peakDepth[step]),
        number(invocations[step]),
        number(gigabyteSeconds[step]),
      ]),
    ),
    markdownTable(
      ["Quota", "Asked", "Allowed"],
      [
        ["Lambda concurrency", outcome.peakWorkersOfAll, quotas.lambdaConcurrency],
        ["SQS messages in flight, one queue", outcome.peakInFlight, quotas.messagesInFlight],
        [
          "DynamoDB WCU/s, index of open runs",
          outcome.peakOpenIndexUnits,
          quotas.partitionWriteUnits,
        ],
        ["DynamoDB WCU/s, one rate limit", outcome.peakRateLimitUnits, quotas.partitionWriteUnits],
        ["Scheduler starts a second", 1, quotas.schedulerInvocations],
      ].map(([name, asked, allowed]) => [
        String(name),
        number(Number(asked)),
        number(Number(allowed)),
      ]),
    ),
  ].join("\n\n");
}
