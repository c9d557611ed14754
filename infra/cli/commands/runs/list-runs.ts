import type { Command } from "commander";
import * as z from "zod";
import { runsContract } from "../../../../shared/contract/runs/runs";
import type { Page, PageRequest } from "../../../../shared/domain/paging/every-page";
import type { Api } from "../../api/api";
import type { RunAnswer } from "../../api/answers";
import { everything } from "../../api/everything";
import { findConnection, findExport } from "../../api/find-by-name";
import { optionsOf, type ContextOf } from "../../command-context";
import { usageFailure } from "../../failure";
import { hint } from "../../output/hints";
import { runTable } from "../../output/runs";
import { noteUnreadable } from "../../output/unreadable";
import { listOptions } from "../options/list-options";
import { wholeNumber } from "../options/option-values";

const filters = listOptions(runsContract["GET /runs"].query.shape, {
  status: "only runs of this status",
  trigger: "only runs that were started this way",
  mode: "only runs of this mode",
  from: "only runs requested from then on, such as 2026-11-02 or 2026-11-02T08:00Z",
  until: "only runs requested before then",
  sort: "requestedAt: from first to last",
});

const optionsSchema = z.object({
  all: z.boolean().optional(),
  connection: z.string().optional(),
  limit: z.number().optional(),
});

/** Whose runs are listed: how to ask for a page of them, and what to say where there are none. */
interface Listed {
  readonly list: (query: PageRequest) => Promise<Page<RunAnswer>>;
  readonly none: string;
}

/** `klaviyo-export runs list` */
export function addListCommand(runs: Command, contextOf: ContextOf): void {
  filters
    .addTo(runs.command("list"))
    .argument("[export]", "its name or id")
    .option("--all", "the runs of all exports, in place of one's")
    .option("--connection <connection>", "with --all: only runs over this one, by name or id")
    .option("--limit <number>", "most runs that are shown (20 unless given)", wholeNumber)
    .description("an export's runs, or all, newest first unless sorted otherwise")
    .action(async (named: string | undefined, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { all = false, connection, limit = 20 } = optionsOf(command, optionsSchema);
      if (all !== (named === undefined)) {
        throw usageFailure(
          "Name the export whose runs are to be listed, or give --all for the runs of all exports.",
        );
      }
      if (connection !== undefined && !all) {
        throw usageFailure("--connection goes with --all: an export's runs are listed whole.");
      }
      const api = await context.api();
      const asked = filters.given(command);
      const { list, none } =
        named === undefined
          ? await runsOfAll(api, connection, asked)
          : await runsOfExport(api, named, asked);
      const unreadable: string[] = [];
      const found = await everything(({ query }) => list(query), limit, unreadable);
      noteUnreadable(context.terminal, "run", unreadable);
      context.show(found, (shown) =>
        runTable(context.terminal, shown, {
          none: filters.none(command, none),
          ofSeveralExports: all,
        }),
      );
    });
}

async function runsOfExport(
  api: Api,
  named: string,
  asked: Readonly<Record<string, string>>,
): Promise<Listed> {
  const { exportId, displayName } = await findExport(api, named);
  return {
    list: (query) => api.listRuns({ path: { exportId }, query: { ...query, ...asked } }),
    none: `“${displayName}” has not run yet. Start it with: ${hint("runs", "start", displayName)}`,
  };
}

async function runsOfAll(
  api: Api,
  connection: string | undefined,
  asked: Readonly<Record<string, string>>,
): Promise<Listed> {
  const { connectionId } = connection === undefined ? {} : await findConnection(api, connection);
  return {
    list: (query) => api.listAllRuns({ query: { ...query, ...asked, connectionId } }),
    none: `No export has run yet. Start one with: ${hint("runs", "start", "EXPORT")}`,
  };
}
