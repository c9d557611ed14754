import { SingleBar } from "cli-progress";
import { isTerminal } from "../../../shared/domain/run";
import type { RunAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { count, seconds } from "./words";

/** Shows where a run is while it goes, on standard error. */
export interface RunProgress {
  update(run: RunAnswer): void;
  end(): void;
}

/** What the run is at: one of its phases, or that it waits for its turn. Undefined when it has ended. */
function phaseOf({ status, phase }: RunAnswer): string | undefined {
  if (isTerminal(status)) {
    return undefined;
  }
  return status === "queued" ? "queued" : (phase ?? "preparing");
}

export function showRunProgress(terminal: Terminal, now: () => number = Date.now): RunProgress {
  return terminal.drawsProgress ? drawn(terminal, now) : written(terminal);
}

/** A line for each phase that begins, and one for each tenth of its way: for logs. */
function written({ note }: Terminal): RunProgress {
  let shown = "";
  return {
    update: (run) => {
      const { chunks, settledChunks, percent } = run.progress;
      const phase = phaseOf(run);
      const state = `${phase ?? ""} ${chunks ?? ""} ${Math.floor(percent / 10)}`;
      if (phase !== undefined && state !== shown) {
        shown = state;
        note(
          chunks === null || chunks === 0
            ? `${phase}…`
            : `${phase}: ${settledChunks} of ${chunks} chunks, ${percent} %`,
        );
      }
    },
    end: () => undefined,
  };
}

/** One bar a phase; the bars of past phases stay where they are, full. */
function drawn({ noteColors }: Terminal, now: () => number): RunProgress {
  let open:
    { bar: SingleBar; phase: string; since: number; total: number; begunAt: number } | undefined;

  const close = (): void => {
    if (open === undefined) return;
    const { bar, total, since } = open;
    bar.update(total, { rate: "", left: seconds((now() - since) / 1_000) });
    bar.stop();
    open = undefined;
  };

  return {
    update: (run) => {
      const phase = phaseOf(run);
      if (phase === undefined) return;
      const { settledChunks, chunks } = run.progress;
      const total = Math.max(chunks ?? 1, 1);
      if (open?.phase !== phase) {
        close();
        const bar = new SingleBar({
          format: `  ${noteColors.cyan(phase.padEnd(10))} {bar} {percentage} %  {rate}  {left}`,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: false,
          barsize: 30,
          barCompleteChar: "█",
          barIncompleteChar: "░",
          noTTYOutput: false,
        });
        bar.start(total, 0, { rate: "", left: "" });
        open = { bar, phase, since: now(), total, begunAt: settledChunks };
      }
      open.total = total;
      open.bar.setTotal(total);
      open.bar.update(chunks === null ? 0 : settledChunks, paceOf(run, open, now()));
    },
    end: close,
  };
}

/** Profiles a second since the phase began, and how long the rest takes at that pace. */
function paceOf(
  { numbers, progress }: RunAnswer,
  { since, begunAt }: { since: number; begunAt: number },
  at: number,
): { rate: string; left: string } {
  const elapsed = (at - since) / 1_000;
  const done = progress.settledChunks - begunAt;
  if (progress.chunks === null || done <= 0 || elapsed <= 0) {
    return { rate: "", left: seconds(elapsed) };
  }
  const perSecond = done / elapsed;
  const profiles = ((numbers.members - numbers.unchanged) / progress.chunks) * perSecond;
  const left = (progress.chunks - progress.settledChunks) / perSecond;
  return { rate: `${count(Math.round(profiles))} profiles/s`, left: `${seconds(left)} left` };
}
