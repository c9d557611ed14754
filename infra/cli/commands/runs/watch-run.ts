import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal } from "../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../api/answers";
import type { Api } from "../../api/api";
import type { CommandContext } from "../../command-context";
import type { ExitReason } from "../../exit-codes";
import { Failure } from "../../failure";
import { runResult } from "../../output/run-result";
import { showRunProgress } from "../../output/run-progress";
import { hint } from "../../output/hints";

const FIRST_PAUSE_MILLISECONDS = 300;
const LONGEST_PAUSE_MILLISECONDS = 2_000;
/** A run that was just requested may not be there yet. */
const PATIENCE_MILLISECONDS = 15_000;

/**
 * Shows a run until it has ended, then its result. Ctrl-C ends the watching and not the run. Returns how the
 * command is to end.
 */
export async function watchRun(
  context: CommandContext,
  api: Api,
  runId: string,
  { failOnRejections }: { failOnRejections: boolean },
): Promise<ExitReason> {
  const { terminal } = context;
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  const progress = showRunProgress(terminal);
  try {
    const run = await untilEnded(api, runId, progress.update, stop.signal);
    context.show(run, (ended) => runResult(terminal, ended));
    return exitOf(run, failOnRejections);
  } catch (error) {
    progress.end();
    if (stop.signal.aborted) {
      throw new Failure({
        code: "interrupted",
        message: `The run ${runId} goes on. Watch it again with: ${hint("runs", "watch", runId)}\nCancel it with: ${hint("runs", "cancel", runId)}`,
        exit: "interrupted",
      });
    }
    throw error;
  } finally {
    process.off("SIGINT", interrupt);
  }
}

async function untilEnded(
  api: Api,
  runId: string,
  show: (run: RunAnswer) => void,
  signal: AbortSignal,
): Promise<RunAnswer> {
  const giveUpAt = Date.now() + PATIENCE_MILLISECONDS;
  let pause = FIRST_PAUSE_MILLISECONDS;
  for (;;) {
    const run = await api.viewRun({ path: { runId } }).catch((error: unknown) => {
      const missing = error instanceof Failure && error.details.code === "runNotFound";
      if (missing && Date.now() < giveUpAt) {
        return undefined;
      }
      throw error;
    });
    signal.throwIfAborted();
    if (run !== undefined) {
      // Also of a run that has ended: its last phase is over.
      show(run);
      if (isTerminal(run.status)) {
        return run;
      }
    }
    await sleep(pause, undefined, { signal });
    pause = Math.min(pause * 1.1, LONGEST_PAUSE_MILLISECONDS);
  }
}

export function exitOf(
  { status }: Pick<RunAnswer, "status">,
  failOnRejections: boolean,
): ExitReason {
  switch (status) {
    case "failed":
      return "runFailed";
    case "skipped":
      return "runSkipped";
    case "canceled":
      return "runCanceled";
    case "completedWithWarnings":
      return failOnRejections ? "rejections" : "ok";
    case "successful":
    case "queued":
    case "running":
      return "ok";
  }
}
