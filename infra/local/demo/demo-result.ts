import type { RemovalNumbers, RunNumbers } from "../../../shared/domain/runs/run";
import type { KlaviyoSimulator } from "../klaviyo/simulator";
import type { DemoResult } from "./run-demo";

const explanations: readonly { name: keyof RunNumbers; indent: string; meaning: string }[] = [
  { name: "rows", indent: "", meaning: "rows in the segment's files" },
  { name: "blank", indent: "  ", meaning: "without an email" },
  { name: "invalid", indent: "  ", meaning: "with an email that can't be one" },
  { name: "duplicates", indent: "  ", meaning: "with the email of an earlier row" },
  { name: "members", indent: "", meaning: "profiles left, of which" },
  { name: "unchanged", indent: "  ", meaning: "Klaviyo had confirmed before" },
  { name: "imported", indent: "  ", meaning: "Klaviyo imported" },
  { name: "refused", indent: "  ", meaning: "Klaviyo refused" },
  { name: "unsent", indent: "  ", meaning: "were not sent" },
];

const removalExplanations: readonly {
  name: keyof RemovalNumbers;
  indent: string;
  meaning: string;
}[] = [
  { name: "leaving", indent: "", meaning: "profiles that left the segments, of which" },
  { name: "removed", indent: "  ", meaning: "Klaviyo took off the list" },
  { name: "notFound", indent: "  ", meaning: "were not on the list any more" },
  { name: "unremoved", indent: "  ", meaning: "may still be on the list" },
];

/** Members shown of a list. */
const MEMBERS_SHOWN = 5;

const number = (value: number): string => value.toLocaleString("en");

/** The run's result for a person. */
export function describeDemo(
  { run, seconds, rejections, emailField, emailFieldSuggested }: DemoResult,
  klaviyo: KlaviyoSimulator,
): string {
  const list = klaviyo.list(klaviyo.first.listId);
  const { importJobs, throttled } = klaviyo.statistics();
  const first = [...firstOf(klaviyo.members(list.id), MEMBERS_SHOWN)];
  const lines = [
    `Run ${run.runId} ended ${run.status} after ${seconds.toFixed(1)} s.`,
    ...(emailFieldSuggested
      ? [`The email addresses were taken from “${emailField}”; --email FIELD names another field.`]
      : []),
    ...(run.problem === undefined ? [] : [`${run.problem.code}: ${run.problem.message}`]),
    "",
    ...explanations.map(
      ({ name, indent, meaning }) =>
        `  ${`${indent}${name}`.padEnd(12)} ${number(run.numbers[name]).padStart(12)}  ${meaning}`,
    ),
    ...(run.removals.leaving === 0
      ? []
      : removalExplanations.map(
          ({ name, indent, meaning }) =>
            `  ${`${indent}${name}`.padEnd(12)} ${number(run.removals[name]).padStart(12)}  ${meaning}`,
        )),
    "",
    `Klaviyo took ${number(importJobs)} import ${importJobs === 1 ? "job" : "jobs"} and asked ${number(throttled)} times for patience (429).`,
    `List “${list.name}” (${list.id}) has ${number(list.members)} ${list.members === 1 ? "member" : "members"}, by field “${emailField}”${first.length === 0 ? "." : ":"}`,
    ...first.map((email) => `  ${email}`),
    ...(list.members > first.length ? ["  …"] : []),
    ...(rejections.length === 0
      ? []
      : ["", "The rejection report begins:", ...indented(rejections)]),
  ];
  return lines.join("\n");
}

/** The run's result for a program. */
export function demoObject(
  { run, seconds, emailField }: DemoResult,
  klaviyo: KlaviyoSimulator,
): object {
  const { id, members } = klaviyo.list(klaviyo.first.listId);
  const { importJobs, throttled } = klaviyo.statistics();
  return {
    status: run.status,
    numbers: run.numbers,
    removals: run.removals,
    emailField,
    list: { id, members },
    klaviyo: { importJobs, throttled },
    seconds,
    problem: run.problem,
  };
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken === count) {
      return;
    }
    taken += 1;
    yield item;
  }
}
