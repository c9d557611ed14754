import { InvalidArgumentError, Option, type Command } from "commander";
import * as z from "zod";
import { auditOutcomeSchema } from "../../../shared/domain/audit";
import { everything } from "../api/every-page";
import { optionsOf, type ContextOf } from "../command-context";
import { table } from "../output/table";
import { instant } from "../output/words";
import { wholeNumber } from "./option-values";

const optionsSchema = z.object({
  actor: z.string().optional(),
  target: z.string().optional(),
  action: z.string().optional(),
  outcome: auditOutcomeSchema.optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  limit: z.number().optional(),
});

/** `klaviyo-export audit …` */
export function addAuditCommands(program: Command, contextOf: ContextOf): void {
  program
    .command("audit")
    .description("who changed what, and how every run ended")
    .command("list")
    .option("--actor <user>", "only what this user did")
    .option("--target <id>", "only what was done to this connection or export, runs included")
    .option("--action <action>", "only this action, such as updateExport or runEnded")
    .addOption(
      new Option("--outcome <outcome>", "only this outcome").choices(auditOutcomeSchema.options),
    )
    .option(
      "--from <instant>",
      "only from then on, such as 2026-11-02 or 2026-11-02T08:00Z",
      asInstant,
    )
    .option("--until <instant>", "only before then", asInstant)
    .option("--limit <number>", "most entries that are shown (100 unless given)", wholeNumber)
    .description("entries of the audit log, newest first")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { limit = 100, ...filters } = optionsOf(command, optionsSchema);
      const api = await context.api();
      const entries = await everything((page) => api.viewAudit({ ...page, ...filters }), limit);
      context.show(entries, (all) =>
        table(
          context.terminal,
          [
            { title: "WHEN", value: ({ at }) => instant(at) ?? "" },
            { title: "ACTION", value: ({ action }) => action },
            {
              title: "OUTCOME",
              value: ({ outcome, code }) => (code === undefined ? outcome : `${outcome} (${code})`),
            },
            {
              title: "TARGET",
              value: ({ target, runId }) =>
                target === undefined ? (runId ?? "") : `${target.kind} ${target.id}`,
            },
            { title: "WHO", value: ({ actor }) => actor.userId },
          ],
          all,
          "The audit log has no such entry.",
        ),
      );
    });
}

function asInstant(text: string): string {
  const instantGiven = new Date(text);
  if (Number.isNaN(instantGiven.getTime())) {
    throw new InvalidArgumentError("It takes a date or an instant, such as 2026-11-02T08:00Z.");
  }
  return instantGiven.toISOString();
}
