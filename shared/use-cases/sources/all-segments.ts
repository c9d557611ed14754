import { DomainError } from "../../domain/problems/problem";
import type { MadeSource } from "../../domain/sources/source";
import { BUILT_IN_SOURCE, sourceOfSegment } from "../../domain/sources/source-names";
import type { Log, PageRequest, SegmentSource, SourceStore } from "../../ports";
import type { SegmentSummary } from "../../domain/segments/segment";

/** Opens a source that somebody has made. Throws `sourceNotEnabled`, and what its secret can't be read for. */
type OpenSource = (source: MadeSource) => Promise<SegmentSource>;

export interface SegmentSources {
  readonly builtIn: SegmentSource;
  readonly made: Pick<SourceStore, "get" | "list">;
  readonly open: OpenSource;
  readonly log: Pick<Log, "warn">;
}

const GOES_ON = /^([a-z0-9-]+):(.*)$/s;

/**
 * The segments of all sources as those of one: by their names, each is asked of its own source. They are listed source
 * after source, the built-in one first. A source that can't be listed takes no other with it: its id is among the
 * page's `unreadable`.
 */
export function segmentsOfAll({ builtIn, made, open, log }: SegmentSources): SegmentSource {
  async function sourceOf(segment: string): Promise<SegmentSource | undefined> {
    const { sourceId } = sourceOfSegment(segment);
    if (sourceId === BUILT_IN_SOURCE) {
      return builtIn;
    }
    const source = await made.get(sourceId);
    return source === undefined ? undefined : open(source);
  }

  return {
    async list(page) {
      const items: SegmentSummary[] = [];
      const unreadable: string[] = [];
      let position = positionOf(page.after);
      while (items.length < page.limit) {
        const { sourceId, after } = position;
        const source = sourceId === BUILT_IN_SOURCE ? builtIn : await opened(sourceId);
        const limit = page.limit - items.length;
        const found = await listed(
          source,
          sourceId,
          { limit, ...(after && { after }) },
          unreadable,
        );
        items.push(...found.items);
        const next = found.next === undefined ? await sourceBehind(sourceId) : sourceId;
        if (next === undefined) {
          return pageWith(items, unreadable);
        }
        position = { sourceId: next, after: found.next };
      }
      return pageWith(items, unreadable, `${position.sourceId}:${position.after ?? ""}`);
    },

    async exists(segment) {
      return (await (await sourceOf(segment))?.exists(segment)) ?? false;
    },

    async pin(segment, marker) {
      const source = await sourceOf(segment);
      return source === undefined ? { kind: "missing" } : source.pin(segment, marker);
    },

    async open(file) {
      const source = await sourceOf(file.segment);
      if (source === undefined) {
        throw new DomainError("segmentChanged", { segment: file.segment, file: file.name });
      }
      return source.open(file);
    },
  };

  async function opened(sourceId: string): Promise<SegmentSource | undefined> {
    const source = await made.get(sourceId);
    return source === undefined ? undefined : orUndefined(sourceId, () => open(source));
  }

  async function listed(
    source: SegmentSource | undefined,
    sourceId: string,
    page: PageRequest,
    unreadable: string[],
  ) {
    const found =
      sourceId === BUILT_IN_SOURCE
        ? await builtIn.list(page)
        : await orUndefined(sourceId, async () => source?.list(page));
    if (found === undefined) {
      unreadable.push(sourceId);
    }
    return found ?? { items: [] };
  }

  /** What can't be asked of a source because of its own state. */
  async function orUndefined<Found>(
    sourceId: string,
    ask: () => Promise<Found>,
  ): Promise<Found | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
      log.warn("sourceNotListed", { sourceId, code: error.problem.code });
      return undefined;
    }
  }

  /** The source that is listed after another, in the order of their ids. */
  async function sourceBehind(sourceId: string): Promise<string | undefined> {
    const { items } = await made.list();
    const ids = items.map((source) => source.sourceId).toSorted();
    return ids.find((id) => sourceId === BUILT_IN_SOURCE || id > sourceId);
  }
}

function positionOf(after: string | undefined): { sourceId: string; after: string | undefined } {
  const [, sourceId = BUILT_IN_SOURCE, rest = after ?? ""] = GOES_ON.exec(after ?? "") ?? [];
  return { sourceId, after: rest === "" ? undefined : rest };
}

function pageWith(items: readonly SegmentSummary[], unreadable: readonly string[], next?: string) {
  return {
    items,
    ...(unreadable.length === 0 ? {} : { unreadable }),
    next,
  };
}
