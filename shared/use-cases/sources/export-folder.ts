import { fixedReasons } from "../../domain/problems/reasons";
import { DomainError, problem } from "../../domain/problems/problem";
import { STILL_AFTER_MINUTES, type SegmentPin } from "../../domain/segments/refresh";
import {
  folderNameSchema,
  type SegmentFile,
  type SegmentSummary,
} from "../../domain/segments/segment";
import { requireWithinLimit } from "../../domain/segments/segment-limits";
import { summaryOf } from "../../domain/segments/segment-summary";
import type { ModelTable } from "../../domain/sources/model/model-json";
import { faultOfTable } from "../../domain/sources/model/table-fault";
import { segmentName, sourceOfSegment } from "../../domain/sources/source-names";
import type { FolderObject, SegmentSource } from "../../ports";
import { inTurns } from "./in-turns";
import { readModelFile } from "./model-file";
import { namedFiles } from "./named-files";
import { newestRun } from "./newest-run";
import type { OpenedFolder } from "./opened-folder";

/** Tables of a page that are looked at at the same time. */
const CONCURRENT_TABLES = 4;

/**
 * The export folder of Customer Insights, or of Synapse Link, as a source of segments: each table of `model.json` is
 * one. Of a table the newest whole run is pinned: the files that `model.json` names, when all of them are there; where
 * it names none, those of the newest dated folder that has no gap and has been still.
 */
export function createExportFolder(source: OpenedFolder): SegmentSource {
  const { sourceId, displayName, folder, clock } = source;
  const modelUnreadable = (reason: string): DomainError =>
    new DomainError("modelUnreadable", { source: displayName, reason });

  /** The tables; undefined while `model.json` is being written. */
  async function currentTables() {
    const { file, read } = await readModelFile(source);
    switch (read.kind) {
      case "model":
        return { file, tables: read.tables };
      case "cutOff":
        return undefined;
      case "unreadable":
        throw modelUnreadable(read.reason);
    }
  }

  async function pinTable(segment: string, table: ModelTable): Promise<SegmentPin> {
    const fault = faultOfTable(table);
    if (fault !== undefined) {
      throw fault.kind === "appendOnly"
        ? new DomainError("appendOnlyTable", { segment })
        : modelUnreadable(`table “${table.name}”: ${fault.reason}`);
    }
    const unfinished = (reason: string): SegmentPin => ({
      kind: "unfinished",
      problem: problem("segmentUnfinished", { segment, reason }),
    });
    const found =
      (table.partitions ?? []).length > 0
        ? await namedFiles(source, table)
        : await newestRun(source, table, clock.now());
    switch (found.kind) {
      case "none":
        return { kind: "missing" };
      case "unfinished":
        return unfinished(found.reason);
      case "refused":
        throw modelUnreadable(`table “${table.name}”: ${found.reason}`);
      case "files":
    }
    const files = found.files.map(({ object: { path, ...object }, shape }): SegmentFile => ({
      ...object,
      segment,
      name: path,
      shape,
    }));
    requireWithinLimit(segment, "files", files.length);
    const newest = Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()));
    const isStill = clock.now().getTime() - newest >= STILL_AFTER_MINUTES * 60_000;
    return {
      kind: "ready",
      refresh: {
        segment,
        refreshedAt: found.refreshedAt ?? new Date(newest),
        completeness: found.proven ? "proven" : isStill ? "settled" : "unknown",
        files,
      },
    };
  }

  async function pin(segment: string): Promise<SegmentPin> {
    try {
      const current = await currentTables();
      if (current === undefined) {
        const reason = fixedReasons.modelCutOff;
        return {
          kind: "unfinished",
          problem: problem("segmentUnfinished", { segment, reason }),
        };
      }
      const { table } = sourceOfSegment(segment);
      const found = current.tables.find(({ name }) => name === table);
      return found === undefined ? { kind: "missing" } : await pinTable(segment, found);
    } catch (error) {
      // It passes, so whoever waits for a whole segment waits for this too.
      if (error instanceof DomainError && error.problem.code === "sourceUnavailable") {
        return { kind: "unfinished", problem: error.problem };
      }
      throw error;
    }
  }

  /** What is known of a table for a list; of one that is being written, no more than that it is there. */
  async function summarise(
    table: ModelTable,
    model: FolderObject,
  ): Promise<SegmentSummary | undefined> {
    const segment = segmentName(sourceId, table.name);
    const pinned = await pinTable(segment, table).catch((error: unknown) => {
      if (error instanceof DomainError && isOfTheTable(error)) {
        return undefined;
      }
      throw error;
    });
    switch (pinned?.kind) {
      case undefined:
      case "missing":
        return undefined;
      case "ready":
        return summaryOf(segment, pinned.refresh.files);
      case "unfinished":
        return {
          name: segment,
          source: sourceId,
          files: 0,
          bytes: 0,
          refreshedAt: model.modifiedAt.toISOString(),
        };
    }
  }

  return {
    async list({ limit, after }) {
      const current = await currentTables();
      const tables = (current?.tables ?? [])
        .filter(({ name }) => folderNameSchema.safeParse(name).success)
        .filter(({ name }) => after === undefined || name > after)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1));
      const page = tables.slice(0, limit);
      const last = page.at(-1);
      const summaries =
        current === undefined
          ? []
          : await inTurns(page, CONCURRENT_TABLES, (table) => summarise(table, current.file));
      return {
        items: summaries.filter((summary) => summary !== undefined),
        ...(tables.length > page.length && last !== undefined ? { next: last.name } : {}),
      };
    },

    async exists(segment) {
      const { table } = sourceOfSegment(segment);
      const current = await currentTables();
      return current?.tables.some(({ name }) => name === table) ?? true;
    },

    pin,

    open: ({ segment, name, version }) =>
      folder.open(
        { path: name, version },
        () => new DomainError("segmentChanged", { segment, file: name }),
      ),
  };
}

function isOfTheTable({ problem: { code } }: DomainError): boolean {
  return code === "modelUnreadable" || code === "appendOnlyTable" || code === "segmentTooLarge";
}
