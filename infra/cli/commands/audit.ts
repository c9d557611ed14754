import type { Command } from "commander";
import * as z from "zod";
import { auditContract } from "../../../shared/contract/audit";
import { idOf, readNames, type Named } from "../api/audit-names";
import type { AuditAnswer } from "../api/answers";
import { everything } from "../api/everything";
import { sameName } from "../api/find-by-name";
import { optionsOf, type CommandContext, type ContextOf } from "../command-context";
import { table } from "../output/table";
import { universalTime, userText } from "../output/words";
import { readToken } from "../session/tokens";
import { listOptions } from "./options/list-options";
import { wholeNumber } from "./options/option-values";

const optionsSchema = z.object({ limit: z.number().optional(), target: z.string().optional() });

const filters = listOptions(auditContract["GET /audit"].query.shape, {
  actor: "only what this user did, by id; “me” is whoever is signed in",
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
    .option(
      "--target <name>",
      "only what was done to this connection or export, by name or id; runs included",
    )
    .option("--limit <number>", "most entries that are shown (100 unless given)", wholeNumber)
    .description("entries of the audit log, newest first")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { limit = 100, target } = optionsOf(command, optionsSchema);
      const api = await context.api();
      const named = await readNames(api);
      const given = filters.given(command);
      const filter = {
        ...given,
        ...(given["actor"] === undefined ? {} : { actor: await userIdOf(context, given["actor"]) }),
        ...(target === undefined ? {} : { target: idOf(named, target) }),
      };
      const entries = await everything(
        ({ query }) => api.viewAudit({ query: { ...query, ...filter } }),
        limit,
      );
      context.show(entries, (all) =>
        table(
          context.terminal,
          [
            { title: "WHEN (UTC)", value: ({ at }) => universalTime(at) ?? "" },
            { title: "ACTION", value: ({ action }) => action },
            {
              title: "OUTCOME",
              value: ({ outcome, code }) => (code === undefined ? outcome : `${outcome} (${code})`),
            },
            {
              title: "TARGET",
              value: (entry) => targetText(named, entry),
              whole: true,
            },
            { title: "WHO", value: (entry) => userText(entry, entry.actor.userId) },
          ],
          all,
          filters.none(command, "The audit log has no entry."),
        ),
      );
    });
}

/** Whoever is signed in knows their own name better than their id, by which alone the API knows users. */
async function userIdOf(context: CommandContext, actor: string): Promise<string> {
  const me = readToken(await (await context.session()).token());
  const isMe = actor === "me" || (me?.username !== undefined && sameName(me.username, actor));
  return isMe ? (me?.userId ?? actor) : actor;
}

/** `export Newsletter`, with the id of what has gone, and of a run. */
function targetText(
  named: readonly Named[],
  { target, runId, before, after }: AuditAnswer,
): string {
  if (target === undefined) {
    return runId === undefined ? "" : `run ${runId}`;
  }
  const known = named.find(({ id }) => id === target.id)?.displayName;
  const then: unknown[] = [after?.["displayName"], before?.["displayName"]];
  const name = known ?? then.find((text) => typeof text === "string");
  const shown = typeof name === "string" ? name : target.id;
  // The action says of what it is, such as a segment.
  return target.kind === "other" ? shown : `${target.kind} ${shown}`;
}
