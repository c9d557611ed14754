import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CfnAlarm } from "aws-cdk-lib/aws-cloudwatch";
import { createApp } from "../app";
import { SegmentExportStack } from "../stacks/segment-export-stack";

/** Where the table of alarms stands in infra/README.md. */
const BEFORE = "<!-- alarms: written by infra/commands/alarm-table.ts -->";
const AFTER = "<!-- end of alarms -->";

const NOTES = path.join(__dirname, "..", "README.md");

/** What happened, and what to do. */
const TWO_SENTENCES = /^((?:(?!\. ).)+\.) ((?:(?!\. ).)+\.)$/;

/** An alarm as its description tells it. */
interface AlarmNote {
  /** The alarm's path in the stack, such as `PushQueue/GaveUp`. */
  readonly name: string;
  readonly impact: string;
  readonly action: string;
}

/** What each alarm of the system means and what to do then, in the order of the stack. */
export function alarmNotes(): readonly AlarmNote[] {
  const app = createApp({
    ...{ stage: "production", bundling: false, checks: false },
    configuration: { monitoring: "full" },
  });
  const constructs = app.node.findAll();
  const stack = constructs.find((construct) => construct instanceof SegmentExportStack);
  return constructs
    .filter((construct) => construct instanceof CfnAlarm)
    .map((alarm) => {
      const name = alarm.node.path
        .slice((stack?.node.path.length ?? 0) + 1)
        .replace("/Alarm/Resource", "");
      const [, impact, action] = TWO_SENTENCES.exec(alarm.alarmDescription ?? "") ?? [];
      if (impact === undefined || action === undefined) {
        throw new Error(
          `the alarm ${name} does not say in two sentences what happened and what to do`,
        );
      }
      return { name, impact, action };
    });
}

/** Puts the table of alarms, as the stack has them, into the operating notes; `npm run format` aligns it. */
function writeAlarms(): void {
  const notes = readFileSync(NOTES, "utf8");
  const start = notes.indexOf(BEFORE);
  const end = notes.indexOf(AFTER);
  if (start === -1 || end < start) {
    throw new Error(`the notes lack the marks "${BEFORE}" and "${AFTER}"`);
  }
  const rows = alarmNotes().map(
    ({ name, impact, action }) => `| \`${name}\` | ${impact} | ${action} |`,
  );
  const table = ["| Alarm | What happened | What to do |", "| --- | --- | --- |", ...rows];
  writeFileSync(
    NOTES,
    `${notes.slice(0, start)}${BEFORE}\n\n${table.join("\n")}\n\n${notes.slice(end)}`,
  );
}

if (require.main === module) {
  writeAlarms();
}
