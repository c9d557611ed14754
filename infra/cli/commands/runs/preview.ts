import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Command } from "commander";
import * as z from "zod";
import { problemSchema } from "../../../../shared/domain/problems/problem";
import { statusOfProblem } from "../../../../shared/domain/runs/run";
import {
  previewOptionsOf,
  previewOptionsSchema,
  type PreviewOptions,
} from "../../../../shared/domain/runs/run-options";
import type { PreviewAnswer } from "../../api/answers";
import type { Api } from "../../api/api";
import { findExport } from "../../api/find-by-name";
import type { CommandContext, ContextOf } from "../../command-context";
import type { ExitReason } from "../../exit-codes";
import { Failure } from "../../failure";
import { describePreview } from "../../output/preview";
import { runOptions } from "../options/run-options";
import { exitOf } from "./watch-run";

const PAUSE_MILLISECONDS = 500;

const previewOptions = runOptions(previewOptionsSchema, {
  full: "preview a run that sends all members again",
});

/** `klaviyo-export exports preview …` */
export function addPreviewCommand(exports: Command, contextOf: ContextOf): void {
  previewOptions
    .addTo(exports.command("preview"))
    .argument("<export>", "its name or id")
    .description(
      "what a run would do now, without doing it: numbers, first profiles and rejections, what would stop it, calls and time; ends with the exit code of such a run",
    )
    .action(async (named: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const api = await context.api();
      const { exportId, displayName } = await findExport(api, named);
      context.terminal.note(`Reading what “${displayName}” would send…`);
      const preview = await previewOf(
        api,
        exportId,
        previewOptions.given(command),
        context.terminal,
      );
      context.show(preview, (shown) => describePreview(context.terminal, shown));
      context.endWith(exitOfPreview(preview));
    });
}

/** Times that a preview which somebody else has asked for is waited for, before that is told. */
const OTHERS = 3;

/**
 * A preview that has come to its end. One at a time is made of an export by each person: one that is under way
 * already is waited for, and is the answer if it is of the same; else it is followed by what was asked for.
 */
export async function previewOf(
  api: Pick<Api, "createPreview" | "viewPreview">,
  exportId: string,
  asked: PreviewOptions,
  { note }: Pick<CommandContext["terminal"], "note">,
): Promise<PreviewAnswer> {
  for (let others = 0; ; others += 1) {
    try {
      const { previewId } = await api.createPreview({ path: { exportId }, body: asked });
      return await untilReady(api, exportId, previewId);
    } catch (error) {
      const underWay = previewUnderWay(error);
      if (underWay === undefined || others === OTHERS) {
        throw error;
      }
      note(`Another preview of it (${underWay}) is under way; waiting for that one…`);
      const other = await untilReady(api, exportId, underWay);
      if (isDeepStrictEqual(previewOptionsOf(other), asked)) {
        return other;
      }
    }
  }
}

function previewUnderWay(error: unknown): string | undefined {
  if (!(error instanceof Failure) || error.details.code !== "previewRunning") {
    return undefined;
  }
  return z.object({ previewId: z.string() }).safeParse(error.details.params).data?.previewId;
}

/** Waits until a preview has come to its end. */
async function untilReady(
  api: Pick<Api, "viewPreview">,
  exportId: string,
  previewId: string,
): Promise<PreviewAnswer> {
  for (;;) {
    const preview = await api.viewPreview({ path: { exportId, previewId } });
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
