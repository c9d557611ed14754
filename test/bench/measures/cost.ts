import { createApp } from "../../../infra/app";
import { stageConfig } from "../../../infra/stage-config";
import { itemizeIdleMonth, type PricedTemplate } from "../cost/idle-month";
import { costKinds, itemize, sumOf, type CostItem } from "../cost/itemize";
import { priceList } from "../cost/prices";
import { benchRow, type DetailTable } from "../json";
import type { Measure, Measured } from "../measure";
import { quantity } from "../table";
import type { WholeRun } from "../whole-run";

/** The aim for requests and compute of a million profiles, in dollars. */
const MOST_DOLLARS = 0.002;
/** The aim for a month in which no export runs, in dollars, with one connection. */
const MOST_IDLE_DOLLARS = 2;
const A_MILLION = 1_000_000;
const DAYS = 30;

/** What stands in production, whether exports run or not. */
function idleMonth(): CostItem[] {
  const stage = "production";
  const assembly = createApp({ stage, bundling: false, checks: false }).synth();
  const { template }: { readonly template: PricedTemplate } = assembly.getStackByName(
    `SegmentExport-${stage}`,
  );
  return itemizeIdleMonth(template, 1);
}

/** The bill of a run, scaled to a million profiles a day. */
function costOf(run: WholeRun): Measured {
  const items = itemize({
    usage: run.usage,
    sentBytes: run.sentBytes,
    keptDays: stageConfig("production").expiry.stagingDays,
  });
  const idle = idleMonth();
  const scale = A_MILLION / run.profiles;
  const perMillion = (kind: CostItem["kind"]): number => sumOf(items, kind) * scale;
  const { profiles } = run;
  return {
    rows: [
      benchRow({
        measure: "AWS requests and compute, a million",
        profiles,
        figure: perMillion("requests and compute"),
        unit: "$",
        // A small run's fixed part, scaled up, says nothing about a million.
        ...(profiles === A_MILLION ? { aim: { of: "figure", atMost: MOST_DOLLARS } } : {}),
      }),
      benchRow({
        measure: "transfer to Klaviyo, a million",
        profiles,
        figure: perMillion("transfer"),
        unit: "$",
      }),
      benchRow({
        measure: "a million a day, a month",
        profiles,
        figure: DAYS * items.reduce((sum, { dollars }) => sum + dollars * scale, 0),
        unit: "$",
      }),
      benchRow({
        measure: "nothing at all, a month",
        figure: sumOf(idle, "requests and compute"),
        unit: "$",
        aim: { of: "figure", atMost: MOST_IDLE_DOLLARS },
      }),
    ],
    details: [costTable(items, scale), idleTable(idle)],
    notes: [
      `Dollars at AWS's list prices of ${priceList.asOf} in ${priceList.region}, x86, without free tier ` +
        "(test/bench/cost/prices.ts). Durations are wall time on this machine, whose processors all " +
        "functions share with the embedded services; on AWS each has its own.",
    ],
  };
}

export const costHeaders = ["Item", "Quantity", "Unit", "A million", "A month"] as const;

function costTable(items: readonly CostItem[], scale: number): DetailTable {
  const cells = (name: string, amount: string, unit: string, dollars: number): string[] => [
    name,
    amount,
    unit,
    quantity(dollars, "$"),
    quantity(dollars * DAYS, "$"),
  ];
  return {
    title: "A million profiles, and a million a day for a month",
    headers: [...costHeaders],
    rows: costKinds.flatMap((kind) => {
      const ofKind = items.filter((item) => item.kind === kind);
      return [
        ...ofKind.map(({ item, quantity: used, unit, dollars }) =>
          cells(item, quantity(used * scale, ""), unit, dollars * scale),
        ),
        cells(`**${kind}**`, "", "", sumOf(ofKind, kind) * scale),
      ];
    }),
  };
}

export const idleHeaders = ["Item by the month", "Quantity", "Unit", "A month"] as const;

function idleTable(items: readonly CostItem[]): DetailTable {
  return {
    title: "What stands, used or not",
    headers: [...idleHeaders],
    rows: [
      ...items.map(({ item, quantity: used, unit, dollars }) => [
        item,
        quantity(used, ""),
        unit,
        quantity(dollars, "$"),
      ]),
      ["**all**", "", "", quantity(sumOf(items, "requests and compute"), "$")],
    ],
  };
}

/** What AWS would bill for the largest run up to a million. */
export const cost: Measure = {
  name: "cost",
  description: "what AWS would bill, by counted requests and list prices",
  measure: async ({ sizes, wholeRun }) => {
    const profiles = sizes.findLast((size) => size <= A_MILLION) ?? sizes[0];
    return profiles === undefined ? { rows: [] } : costOf(await wholeRun(profiles));
  },
};
