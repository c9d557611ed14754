import { DomainError } from "../../domain/problems/problem";
import { stateOfSource, type SourceFinding } from "../../domain/sources/source";
import type { Clock, Log, SegmentSource, SourceFindings } from "../../ports";

export interface NotedStateDependencies {
  readonly findings: Pick<SourceFindings, "get" | "put">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "warn">;
}

/**
 * The segments of a source that somebody has made, whose state is noted as runs find it: that it lets in no more or is
 * not there, and that it is well again. What is about one table alone, or passes, is not the source's state.
 *
 * @param open may be refused itself, when the credential can't be read
 */
export async function openNoted(
  { findings, clock, log }: NotedStateDependencies,
  sourceId: string,
  open: () => Promise<SegmentSource>,
): Promise<SegmentSource> {
  /** Only a change is written. What can't be noted keeps no run from going on. */
  async function note(problem: SourceFinding["problem"]): Promise<void> {
    try {
      const { problem: before, ...known } = (await findings.get(sourceId)) ?? {};
      if (before?.code !== problem?.code) {
        await findings.put(sourceId, {
          ...known,
          problem,
          foundAt: clock.now().toISOString(),
          foundBy: "run",
        });
      }
    } catch (error) {
      log.warn("sourceStateNotNoted", { sourceId, error });
    }
  }

  async function noted<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DomainError && isOfTheSource(error)) {
        await note(error.problem);
      }
      throw error;
    }
  }

  const source = await noted(open);
  return {
    ...source,
    pin: (segment, marker) =>
      noted(async () => {
        const pin = await source.pin(segment, marker);
        if (pin.kind === "ready") {
          await note(undefined);
        }
        return pin;
      }),
  };
}

function isOfTheSource({ problem }: DomainError): boolean {
  return ["forbidden", "missing"].includes(stateOfSource({ problem }));
}
