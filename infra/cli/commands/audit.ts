import type { Command } from "commander";
import * as z from "zod";
import { auditContract } from "../../../shared/contract/audit";
import { everything } from "../api/every-page";
import { optionsOf, type ContextOf } from "../command-context";
import { table } from "../output/table";
import { instant } from "../output/words";
import { listOptions } from "./list-options";
import { wholeNumber } from "./option-values";

const filters = listOptions(auditContract["GET /audit"].query.shape, {
  actor: "only what this user did",
  target: "only what was done to this connection or export, runs included",
  action: "only this action, such as updateExport or runEnded",
  outcome: "only this outcome",
  from: "only from then on, such as 2026-11-02 or 2026-11-02T08:00Z",
  until: "only before then",
  sort: "at: from first to last",
});

/** `klaviyo-export audit …` */
export function addAuditCommands(program: Command, contextOf: ContextOf): void {
  const audit = program.command("audit").description("who changed what, and how every run ended");
  filters
    .addTo(audit.command("list"))
    .option("--limit <number>", "most entries that are shown (100 unless given)", wholeNumber)
    .description("entries of the audit log, newest first")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { limit = 100 } = optionsOf(command, z.object({ limit: z.number().optional() }));
      const api = await context.api();
      const entries = await everything(
        (page) => api.viewAudit({ ...page, ...filters.given(command) }),
        limit,
      );
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
