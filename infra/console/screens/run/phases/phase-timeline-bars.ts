import { isTerminal } from "../../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../../api/queries/runs";

type PhaseSpan = RunAnswer["phases"][number];

/** A phase as a bar of the timeline; all bars share one axis, from the request to the end or to now. */
export interface TimelineBar extends PhaseSpan {
  readonly seconds: number;
  /** Where the bar begins and how long it is, as shares of the axis from 0 to 1. */
  readonly start: number;
  readonly length: number;
}

/** Lays the phases that a run has come to on one axis. Clocks may differ, so that nothing ends before it began. */
export function timelineOf(phases: readonly PhaseSpan[], now: Date): readonly TimelineBar[] {
  const spans = phases.map((span) => {
    const from = Date.parse(span.from);
    const until = span.until === undefined ? now.getTime() : Date.parse(span.until);
    return { span, from, until: Math.max(from, until) };
  });
  const first = Math.min(...spans.map(({ from }) => from));
  const last = Math.max(...spans.map(({ until }) => until));
  const axis = Math.max(1, last - first);
  return spans.map(({ span, from, until }) => ({
    ...span,
    seconds: (until - from) / 1_000,
    start: (from - first) / axis,
    length: (until - from) / axis,
  }));
}

/** What a run is at: the first phase that has not ended. Undefined when the run has. */
export function phaseNow({
  status,
  phases,
}: Pick<RunAnswer, "status" | "phases">): PhaseSpan["phase"] | undefined {
  return isTerminal(status) ? undefined : phases.find(({ until }) => until === undefined)?.phase;
}
