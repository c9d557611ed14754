import { SingleBar } from "cli-progress";
import { isTerminal } from "../../../shared/domain/runs/run";
import type { RunAnswer } from "../api/answers";
import type { Terminal } from "../terminal/terminal";
import { waitingText } from "./runs";
import { count, paragraph, seconds } from "./words";

/** Shows where a run is while it goes, on standard error. */
export interface RunProgress {
  update(run: RunAnswer): void;
  end(): void;
}

/** How far a phase has come. */
interface Work {
  readonly phase: string;
  /** Undefined while nobody knows how much there is to do. */
  readonly total: number | undefined;
  readonly done: number;
  readonly unit: "chunks" | "members";
  /** Profiles that one of the unit stands for, on average. */
  readonly profilesEach: number;
}

/** What the run is at. Undefined when it has ended. */
function workOf({ status, phase, ...run }: RunAnswer): Work | undefined {
  if (isTerminal(status)) {
    return undefined;
  }
  const unknown: Omit<Work, "phase"> = {
    total: undefined,
    done: 0,
    unit: "chunks",
    profilesEach: 0,
  };
  if (status === "queued" || phase === undefined || phase === "preparing") {
    return { ...unknown, phase: status === "queued" ? "queued" : "preparing" };
  }
  if (phase === "subscribing") {
    if (run.subscriptions === undefined) {
      return { ...unknown, phase };
    }
    const { requested, ...fates } = run.subscriptions;
    const done = Object.values(fates).reduce((sum, fate) => sum + fate, 0);
    return { phase, total: requested, done, unit: "members", profilesEach: 1 };
  }
  const { chunks, settledChunks } = run.progress;
  if (chunks === null || chunks === 0) {
    return { ...unknown, phase };
  }
  const { members, unchanged } = run.numbers;
  const profiles = members - unchanged + run.removals.leaving;
  return {
    ...{ phase, total: chunks, done: settledChunks },
    ...{ unit: "chunks", profilesEach: profiles / chunks },
  };
}

export function showRunProgress(terminal: Terminal, now: () => number = Date.now): RunProgress {
  const shown = terminal.drawsProgress ? drawn(terminal, now) : written(terminal);
  let waitsFor: string | undefined;
  return {
    ...shown,
    update: (run) => {
      const waiting = isTerminal(run.status) ? undefined : run.waiting;
      // Until when it is tried changes with each attempt, and is no news.
      const now = waiting === undefined ? undefined : `${waiting.since} ${waiting.message}`;
      if (waiting !== undefined && now !== waitsFor) {
        const text = `waiting: ${waitingText(waiting)}`;
        // A bar that is open ends above the sentence; what goes on has one of its own.
        shown.end();
        terminal.note(paragraph(`  ${terminal.noteColors.yellow(text)}`, terminal.noteColumns));
      }
      waitsFor = now;
      shown.update(run);
    },
  };
}

/** A line for each phase that begins, and one for each tenth of its way: for logs. */
function written({ note }: Terminal): RunProgress {
  let shown = "";
  return {
    update: (run) => {
      const work = workOf(run);
      if (work === undefined) return;
      const { phase, total, done, unit } = work;
      const percent = total === undefined || total === 0 ? 0 : Math.floor((done / total) * 100);
      const state = `${phase} ${total ?? ""} ${Math.floor(percent / 10)}`;
      if (state !== shown) {
        shown = state;
        note(
          total === undefined
            ? `${phase}…`
            : `${phase}: ${count(done)} of ${count(total)} ${unit}, ${percent} %`,
        );
      }
    },
    end: () => undefined,
  };
}

interface OpenBar {
  readonly bar: SingleBar;
  readonly phase: string;
  readonly since: number;
  /** What was done when the phase was first seen; its speed is reckoned from there. */
  readonly begunAt: number;
  /** What the bar leaves out: chunks that were imported are none to remove. */
  readonly before: number;
  total: number;
}

/** One bar a phase; the bars of past phases stay where they are. */
function drawn({ noteColors }: Terminal, now: () => number): RunProgress {
  let open: OpenBar | undefined;

  /** What the run went on from is done; what it ended in is where it stopped, unless it went well. */
  const close = (done: boolean): void => {
    if (open === undefined) return;
    const { bar, total, since } = open;
    const took = { rate: "", left: seconds((now() - since) / 1_000) };
    if (done) bar.update(total, took);
    else bar.update(took);
    bar.stop();
    open = undefined;
  };

  return {
    update: (run) => {
      const work = workOf(run);
      if (work === undefined) {
        close(run.status === "successful" || run.status === "completedWithWarnings");
        return;
      }
      const { phase, total: known, done } = work;
      if (open?.phase !== phase) {
        close(true);
        const bar = new SingleBar({
          format: `  ${noteColors.cyan(phase.padEnd(11))} {bar} {percentage} %  {rate}  {left}`,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: false,
          barsize: 30,
          barCompleteChar: "█",
          barIncompleteChar: "░",
          noTTYOutput: false,
        });
        const before = phase === "removing" ? done : 0;
        open = { bar, phase, since: now(), total: 1, begunAt: done, before };
        bar.start(1, 0, { rate: "", left: "" });
      }
      open.total = Math.max((known ?? 1) - open.before, 1);
      open.bar.setTotal(open.total);
      open.bar.update(
        known === undefined ? 0 : done - open.before,
        speedOf(work, open, (now() - open.since) / 1_000),
      );
    },
    end: () => close(false),
  };
}

/** Profiles a second since the phase began, and how long the rest takes at that speed. */
function speedOf(
  { total, done, profilesEach }: Work,
  { begunAt }: OpenBar,
  elapsed: number,
): { rate: string; left: string } {
  const past = done - begunAt;
  if (total === undefined || past <= 0 || elapsed <= 0) {
    return { rate: "", left: seconds(elapsed) };
  }
  const perSecond = past / elapsed;
  return {
    rate: `${count(Math.round(profilesEach * perSecond))} profiles/s`,
    left: `${seconds((total - done) / perSecond)} left`,
  };
}
