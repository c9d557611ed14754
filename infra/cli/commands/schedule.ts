import { Option, type Command } from "commander";
import * as z from "zod";
import type { SystemScheduleAnswer } from "../api/answers";
import { optionsOf, type ContextOf } from "../command-context";
import { usageFailure } from "../failure";
import { properties } from "../output/table";
import { instant, recurrenceText, userText } from "../output/words";
import type { Terminal } from "../terminal/terminal";
import {
  addRecurrenceOptions,
  onRefreshOf,
  onRefreshOption,
  onRefreshOptionsSchema,
  overdueOption,
  recurrenceOf,
  recurrenceOptionsSchema,
} from "./options/schedule-options";

/** `klaviyo-export schedule …` */
export function addScheduleCommands(program: Command, contextOf: ContextOf): void {
  const schedule = program
    .command("schedule")
    .description("the system refresh, which runs every export that follows it");

  schedule
    .command("get")
    .description("when the system refresh runs")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      context.show(await api.viewSchedule(), (shown) => describe(context.terminal, shown));
    });

  addRecurrenceOptions(schedule.command("set"))
    .addOption(new Option("--on", "switch it on with the times that it has").conflicts("off"))
    .option("--off", "switch it off; its times are kept")
    .addOption(onRefreshOption().conflicts(["off", "times"]))
    .addOption(overdueOption())
    .description(
      "set when the system refresh runs, or that each export runs when its segments were refreshed, or switch it on or off",
    )
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(
        command,
        recurrenceOptionsSchema.extend({
          ...onRefreshOptionsSchema.shape,
          on: z.boolean().optional(),
          off: z.boolean().optional(),
        }),
      );
      const wished = recurrenceOf(options);
      const wishedRefresh = onRefreshOf(options);
      const isSwitch = options.on === true || options.off === true;
      if (wished === undefined && wishedRefresh === undefined && !isSwitch) {
        throw usageFailure("Give --times (and --days, --time-zone), --on-refresh, --on or --off.");
      }
      const api = await context.api();
      const present = await api.viewSchedule();
      // Times take the place of refreshes; refreshes leave the times for later.
      const onRefresh = wishedRefresh ?? (wished === undefined ? present.onRefresh : undefined);
      const changed = await api.updateSchedule({
        body: {
          active: options.off !== true,
          recurrence: wished ?? present.recurrence,
          onRefresh,
        },
      });
      context.show(changed, (shown) => describe(context.terminal, shown));
    });
}

function describe(
  terminal: Pick<Terminal, "colors" | "columns">,
  { active, recurrence, onRefresh, nextRuns, updatedAt, updatedBy, people }: SystemScheduleAnswer,
): string {
  return properties(terminal, [
    ["System refresh", active ? terminal.colors.green("on") : "off"],
    [
      "With",
      onRefresh === undefined ? undefined : "each export's segments, when all are refreshed",
    ],
    ["Times", recurrence === undefined ? "none" : recurrenceText(recurrence)],
    ["Next runs", nextRuns.map((next) => instant(next) ?? "").join("\n")],
    [
      "Changed",
      updatedAt === undefined
        ? undefined
        : `${instant(updatedAt) ?? ""}, by ${userText({ people }, updatedBy ?? "")}`,
    ],
  ]);
}
