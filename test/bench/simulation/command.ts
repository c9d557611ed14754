import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { floorSeconds, jobsFor } from "../floor";
import { markdownTable } from "../table";
import { defaultServiceTimes, scenario, type Scenario } from "./model";
import { bindsFirst, describeOutcome, scenarioCells, scenarioHeaders } from "./report";
import { serviceTimesSchema } from "./service-times";
import { settingsToCompare } from "./settings";
import { simulate } from "./simulate";

/**
 * Simulates many accounts on one system: `npm run simulate -- --accounts 100 --profiles 10000000`.
 *
 * - `--accounts N`, `--profiles N` (of each), `--spread SECONDS` over which runs start, `--seed N`
 * - `--prepare N`, `--push N`, `--confirm N`, `--settle N`: maximum concurrency of one setting, instead of
 *   comparing several; `--batch N`: messages a push worker is given
 * - `--open-index records`: as if the index of open runs held whole records instead of keys
 * - `--service-times FILE`: measured by `npm run bench -- --service-times FILE`
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      accounts: { type: "string", default: "100" },
      profiles: { type: "string", default: "10000000" },
      spread: { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
      prepare: { type: "string" },
      push: { type: "string" },
      confirm: { type: "string" },
      settle: { type: "string" },
      batch: { type: "string" },
      "open-index": { type: "string", default: "keys" },
      "service-times": { type: "string" },
    },
  });
  const file = values["service-times"];
  const serviceTimes = {
    ...defaultServiceTimes,
    ...(file === undefined ? {} : serviceTimesSchema.parse(JSON.parse(readFileSync(file, "utf8")))),
  };
  const base = scenario({
    accounts: Number(values.accounts),
    profiles: Number(values.profiles),
    spreadSeconds: Number(values.spread),
    seed: Number(values.seed),
    serviceTimes,
    openIndexHoldsRecords: values["open-index"] === "records",
  });
  const { prepare, push, confirm, settle, batch } = values;
  const isOne = [prepare, push, confirm, settle, batch].some((value) => value !== undefined);
  const scenarios: Scenario[] = isOne
    ? [
        {
          ...base,
          concurrency: {
            prepare: Number(prepare ?? base.concurrency.prepare),
            push: Number(push ?? base.concurrency.push),
            confirm: Number(confirm ?? base.concurrency.confirm),
            settle: Number(settle ?? base.concurrency.settle),
          },
          pushBatch: Number(batch ?? base.pushBatch),
        },
      ]
    : settingsToCompare(base);

  const floor = floorSeconds(jobsFor(base.profiles));
  console.log(
    `${base.accounts} accounts × ${base.profiles.toLocaleString("en")} profiles; ` +
      `Klaviyo's limits allow each of them ${floor.toFixed(0)} s.\n`,
  );
  const outcomes = scenarios.map((one) => ({ scenario: one, outcome: simulate(one) }));
  console.log(
    markdownTable(
      scenarioHeaders,
      outcomes.map(({ scenario: one, outcome }) => scenarioCells(one, outcome)),
    ),
  );
  const last = outcomes.at(-1);
  if (last === undefined) return;
  console.log(`\nThe last of them:\n\n${describeOutcome(last.outcome)}`);
  console.log(`\nBinds first: ${bindsFirst(last.outcome)}.`);
}

main();
