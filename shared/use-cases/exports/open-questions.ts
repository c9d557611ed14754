import type { Export } from "../../domain/exports/export";
import {
  leavesQuestions,
  mappingQuestions,
  type MappingQuestion,
} from "../../domain/exports/mapping-questions";
import type { Clock, Log, SegmentDescriptions } from "../../ports";

export interface OpenQuestionsDependencies {
  readonly descriptions: Pick<SegmentDescriptions, "readings">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "warn">;
}

/** What an export's mapping has yet to say, as far as its segments have been looked at. */
export interface OpenQuestions {
  readonly unclear: readonly MappingQuestion[];
  /** Segments of which nobody knows, since nobody has described them lately. */
  readonly undescribed: readonly string[];
}

/**
 * Compares a mapping with how its segments' fields are written, as they were found when the segments were last
 * described: no segment is read for it. A mapping that leaves nothing open is compared with nothing.
 */
export async function openQuestions(
  { descriptions, clock, log }: OpenQuestionsDependencies,
  { mapping, segments }: Pick<Export, "mapping" | "segments">,
): Promise<OpenQuestions> {
  if (!leavesQuestions(mapping)) {
    return { unclear: [], undescribed: [] };
  }
  const now = clock.now();
  const looked = await Promise.all(
    segments.map(async (segment) => {
      try {
        return { segment, readings: await descriptions.readings(segment, now) };
      } catch (error) {
        // An export is made and shown whatever becomes of this.
        log.warn("readingsNotFound", { error });
        return { segment, readings: undefined };
      }
    }),
  );
  return {
    unclear: looked.flatMap(({ segment, readings }) =>
      readings === undefined ? [] : mappingQuestions(mapping, segment, readings),
    ),
    undescribed: looked.flatMap(({ segment, readings }) =>
      readings === undefined ? [segment] : [],
    ),
  };
}
