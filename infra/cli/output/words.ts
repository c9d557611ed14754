import { stripVTControlCharacters } from "node:util";
import type { Colors } from "../terminal/colors";
import { hint } from "./hints";

/** How values are written for a person, alike in every command. */

export function count(value: number): string {
  return value.toLocaleString("en");
}

/** `1 export`, `2 exports`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A user by name, where the answer has one. */
export function userText(
  { people }: { readonly people?: Readonly<Record<string, string>> | undefined },
  userId: string,
): string {
  return people?.[userId] ?? userId;
}

/** To the minute, with the zone, since schedules have zones of their own. */
export function instant(text: string | null | undefined): string | undefined {
  const time = universalTime(text);
  return time === undefined ? undefined : `${time} UTC`;
}

/** The same where a title has said the zone. */
export function universalTime(text: string | null | undefined): string | undefined {
  return text == null
    ? undefined
    : new Date(text).toLocaleString("sv-SE", {
        dateStyle: "short",
        timeStyle: "short",
        timeZone: "UTC",
      });
}

export function seconds(value: number): string {
  if (value < 60) {
    return `${value.toFixed(1)} s`;
  }
  const whole = Math.round(value);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)];
  const rest = String(whole % 60).padStart(2, "0");
  return hours === 0
    ? `${minutes}:${rest} min`
    : `${hours}:${String(minutes).padStart(2, "0")}:${rest} h`;
}

export function bytes(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
  const scaled = value / 1_000 ** step;
  return `${step === 0 ? scaled : scaled.toFixed(1)} ${units[step] ?? ""}`;
}

const NARROWEST = 8;

/** A longer text broken between words; as it is where nobody knows how wide a line may be. */
export function paragraph(text: string, columns: number | undefined): string {
  if (columns === undefined) {
    return text;
  }
  return text
    .split("\n")
    .flatMap((line) => brokenLine(line, Math.max(columns - 1, NARROWEST)))
    .join("\n");
}

/** Between words; a command at the end of a line stays whole, since it is to be pasted. */
function brokenLine(line: string, width: number): string[] {
  const at = line.indexOf(`: ${hint()} `);
  const [text, command] =
    at === -1 ? [line, undefined] : [line.slice(0, at + 1), line.slice(at + 2)];
  const [indent = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  for (const [position, word] of text.trimStart().split(" ").entries()) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(`${indent}${position === 0 ? "" : hanging(indent)}${word}`);
    }
  }
  const last = lines.at(-1) ?? "";
  if (command === undefined) {
    return lines;
  }
  return lengthOf(last) + 1 + lengthOf(command) <= width
    ? [...lines.slice(0, -1), `${last} ${command}`]
    : [...lines, `  ${command}`];
}

/** What is set in goes on further in, so that it is seen to be one line. */
function hanging(indent: string): string {
  return indent === "" ? "" : "  ";
}

/** Without what colours it. */
function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** A run's status in the colour of what it means. */
export function statusText(colors: Colors, status: string): string {
  switch (status) {
    case "successful":
      return colors.green(status);
    case "completedWithWarnings":
    case "skipped":
    case "canceled":
      return colors.yellow(status);
    case "failed":
      return colors.red(status);
    default:
      return colors.cyan(status);
  }
}

/** A connection's state in the colour of what it means. */
export function stateText(colors: Colors, state: string | undefined): string {
  switch (state) {
    case undefined:
      return "";
    case "working":
    case "neverUsed":
      return colors.green(state);
    default:
      return colors.red(state);
  }
}

interface WrittenRecurrence {
  readonly frequency: string;
  readonly days?: readonly string[] | undefined;
  readonly times: readonly string[];
  readonly timeZone: string;
}

export function recurrenceText(recurrence: WrittenRecurrence): string {
  const days = recurrence.days === undefined ? "daily" : recurrence.days.join(", ");
  return `${days} at ${recurrence.times.join(", ")} (${recurrence.timeZone})`;
}

export function scheduleText(schedule: {
  readonly mode: string;
  readonly recurrence?: WrittenRecurrence | undefined;
}): string {
  switch (schedule.mode) {
    case "system":
      return "with the system refresh";
    case "onRefresh":
      return "when all of its segments have been refreshed";
    case "own":
      return schedule.recurrence === undefined ? "own" : recurrenceText(schedule.recurrence);
    default:
      return "off";
  }
}
