import { Presets, SingleBar } from "cli-progress";
import type { DemoProgress, DemoResult } from "./run-demo";

export interface ShownProgress extends DemoProgress {
  end(): void;
}

/** Shows nothing: for programs that read the output. */
export const silentProgress: ShownProgress = {
  step: () => undefined,
  run: () => undefined,
  end: () => undefined,
};

/** Shows steps as lines and, where there is a terminal, a run as a progress bar, on standard error. */
export function showProgress(): ShownProgress {
  let bar: SingleBar | undefined;
  let phase: string | undefined;

  const showBar = ({ progress, phase: now }: DemoResult["run"]): void => {
    bar ??= startBar();
    bar.setTotal(Math.max(progress.chunks ?? 1, 1));
    bar.update(progress.settledChunks, { phase: now ?? "settling" });
  };

  return {
    step: (text) => {
      console.error(`${text}…`);
    },
    run: (run) => {
      if (process.stderr.isTTY) {
        showBar(run);
      } else if (run.phase !== undefined && run.phase !== phase) {
        phase = run.phase;
        console.error(`  ${phase}…`);
      }
    },
    end: () => {
      bar?.stop();
      console.error("");
    },
  };
}

function startBar(): SingleBar {
  const bar = new SingleBar(
    { format: "  {bar} {value}/{total} chunks, {phase}", stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1, 0, { phase: "queued" });
  return bar;
}
