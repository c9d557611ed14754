import type { Connection } from "../../domain/connections/connection";
import type { Clock, Log, SegmentDescriptions } from "../../ports";

/** A segment with more members than its connection lets a run send. */
export interface OverLimit {
  readonly segment: string;
  readonly members: number;
}

/**
 * The segments that alone are over the connection's profile limit, as they were when they were last described: a run
 * would be skipped. Segments that nobody has described lately are not known to be.
 */
export async function segmentsOverLimit(
  {
    descriptions,
    clock,
    log,
  }: {
    descriptions: Pick<SegmentDescriptions, "refreshes">;
    clock: Pick<Clock, "now">;
    log: Pick<Log, "warn">;
  },
  segments: readonly string[],
  { profileLimit }: Pick<Connection, "profileLimit">,
): Promise<readonly OverLimit[]> {
  const now = clock.now();
  const found = await Promise.all(
    segments.map(async (segment) => {
      try {
        const [last] = await descriptions.refreshes(segment, now);
        return { segment, members: last?.members ?? 0 };
      } catch (error) {
        // An export is made and shown whatever becomes of this.
        log.warn("readingsNotFound", { error });
        return { segment, members: 0 };
      }
    }),
  );
  return found.filter(({ members }) => members > profileLimit);
}
