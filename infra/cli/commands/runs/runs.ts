import type { Command } from "commander";
import * as z from "zod";
import { previewOptionsOf, runOptionsSchema } from "../../../../shared/domain/runs/run-options";
import { findExport, findRunId, namesOfExports } from "../../api/find-by-name";
import { optionsOf, type CommandContext, type ContextOf } from "../../command-context";
import { reconciliationConfirmed } from "../../guided/confirm-reconciliation";
import { exitCodes } from "../../exit-codes";
import { describeRun } from "../../output/runs";
import { table } from "../../output/table";
import { counted } from "../../output/words";
import { addListCommand } from "./list-runs";
import { previewOf } from "./preview";
import { runOptions } from "../options/run-options";
import { watchRun } from "./watch-run";
import { hint } from "../../output/hints";

const RUN = "id of the run, or name of an export, which means its last run";

/** `klaviyo-export runs …` */
export function addRunCommands(program: Command, contextOf: ContextOf): void {
  const runs = program.command("runs").description("executions of exports, and their results");
  addStartCommands(runs, contextOf);

  addListCommand(runs, contextOf);

  runs
    .command("get")
    .argument("<run>", RUN)
    .description("one run: status, numbers, problem")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const run = await api.viewRun({ path: { runId: await findRunId(api, named) } });
      context.show(run, (shown) => describeRun(context.terminal, shown));
    });

  runs
    .command("watch")
    .argument("<run>", RUN)
    .option("--fail-on-rejections", failOnRejectionsText)
    .description("show a run until it has ended, then its result")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      await watch(context, await findRunId(api, named), command);
    });

  runs
    .command("cancel")
    .argument("<run>", RUN)
    .description("send nothing more of a run; what Klaviyo has been sent stays there")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const run = await api.cancelRun({ path: { runId: await findRunId(api, named) } });
      context.show(
        run,
        () =>
          `Run ${run.runId} sends nothing more. See it end with: ${hint("runs", "watch", run.runId)}`,
      );
    });
}

const failOnRejectionsText = `end with exit code ${exitCodes.rejections.code} when rows were rejected`;

const startOptions = runOptions(runOptionsSchema, {
  full: "send all members again, not only what changed",
  reconcile: `${runOptionsSchema.shape.reconcile.description}; tells how many first and asks`,
});

function addStartCommands(runs: Command, contextOf: ContextOf): void {
  startOptions
    .addTo(runs.command("start"))
    .argument("<export>", "its name or id")
    .option("--yes", "with --reconcile: do not look first and ask")
    .option("--watch", "show the run until it has ended, then its result")
    .option("--fail-on-rejections", `with --watch: ${failOnRejectionsText}`)
    .description("run an export now")
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { watch: watches, yes } = optionsOf(
        command,
        z.object({ watch: z.boolean().optional(), yes: z.boolean().optional() }),
      );
      const options = startOptions.given(command);
      const api = await context.api();
      const { exportId, displayName } = await findExport(api, named);
      const look = (): ReturnType<typeof previewOf> =>
        previewOf(api, exportId, previewOptionsOf(options), context.terminal);
      if (
        options.reconcile &&
        !(await reconciliationConfirmed(context, displayName, look, { ...options, yes }))
      ) {
        context.terminal.note("Nothing was started.");
        return;
      }
      const run = await api.startRun({ path: { exportId }, body: startOptions.said(command) });
      if (watches === true) {
        context.terminal.note(`Started run ${run.runId} of “${displayName}”.`);
        await watch(context, run.runId, command);
        return;
      }
      context.show(
        run,
        () =>
          `Started run ${run.runId} of “${displayName}”. Watch it with: ${hint("runs", "watch", displayName)}`,
      );
    });

  runs
    .command("start-all")
    .description("run every export whose schedule is not off")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { items: started } = await api.runAll();
      const names = await namesOfExports(api);
      const items = started.map((run) => ({ ...run, displayName: names.get(run.exportId) }));
      context.show(items, (all) =>
        [
          `Started ${counted(all.length, "run")}.`,
          ...(all.length === 0
            ? []
            : [
                table(
                  context.terminal,
                  [
                    {
                      title: "EXPORT",
                      value: ({ displayName, exportId }) => displayName ?? exportId,
                    },
                    { title: "RUN", value: ({ runId }) => runId },
                  ],
                  all,
                  "",
                ),
              ]),
        ].join("\n"),
      );
    });
}

async function watch(context: CommandContext, runId: string, command: Command): Promise<void> {
  const { failOnRejections = false } = optionsOf(
    command,
    z.object({ failOnRejections: z.boolean().optional() }),
  );
  const reason = await watchRun(context, await context.api(), runId, { failOnRejections });
  context.endWith(reason);
}
