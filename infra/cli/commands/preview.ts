import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import * as z from "zod";
import { problemSchema } from "../../../shared/domain/problem";
import { statusOfProblem } from "../../../shared/domain/run";
import type { PreviewAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { findExport } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import type { ExitReason } from "../exit-codes";
import { describePreview } from "../output/preview";
import { exitOf } from "./watch-run";

const PAUSE_MILLISECONDS = 500;

/** `klaviyo-export exports preview …` */
export function addPreviewCommand(exports: Command, contextOf: ContextOf): void {
  exports
    .command("preview")
    .argument("<export>", "its name or id")
    .option("--full", "preview a run that sends all members again")
    .option(
      "--reconcile",
      "preview a run that reads the list and takes off it everybody who is no member (administrators)",
    )
    .description(
      "what a run would do now, without doing it: numbers, first profiles and rejections, what would stop it, calls and time; ends with the exit code of such a run",
    )
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { full, reconcile } = optionsOf(
        command,
        z.object({ full: z.boolean().optional(), reconcile: z.boolean().default(false) }),
      );
      const api = await context.api();
      const { exportId, displayName } = await findExport(api, named);
      const { previewId } = await api.createPreview(exportId, {
        mode: full === true ? "full" : "incremental",
        reconcile,
      });
      context.terminal.note(`Reading what “${displayName}” would send…`);
      const preview = await untilReady(api, exportId, previewId);
      context.show(preview, (shown) => describePreview(context.terminal, shown));
      context.endWith(exitOfPreview(preview));
    });
}

/** Waits until a preview has come to its end. */
export async function untilReady(
  api: Pick<Api, "getPreview">,
  exportId: string,
  previewId: string,
): Promise<PreviewAnswer> {
  for (;;) {
    const preview = await api.getPreview(exportId, previewId);
    if (preview.status !== "running") {
      return preview;
    }
    await sleep(PAUSE_MILLISECONDS);
  }
}

/** As the run that is previewed would end, as far as that is known beforehand. */
export function exitOfPreview({
  problem,
  stop,
}: Pick<PreviewAnswer, "problem" | "stop">): ExitReason {
  const found = problem ?? stop;
  if (found === undefined) {
    return "ok";
  }
  const known = problemSchema.safeParse(found).data;
  return exitOf({ status: known === undefined ? "failed" : statusOfProblem(known.code) }, false);
}
