import { REMOVAL_CHUNK_MAX_PROFILES } from "../../../domain/runs/chunk";
import type { ColumnReading } from "../../../domain/cells/column-habit";
import { questionsOf } from "../../../domain/cells/column-questions";
import {
  mappedFields,
  mapsOnlyEmail,
  type FieldMapping,
} from "../../../domain/exports/field-mapping";
import { problem, type Problem } from "../../../domain/problems/problem";
import { createProfileReader, type AsideReader } from "../../../domain/profiles/profile-reader";
import { preparationTooLong } from "../../../domain/segments/preparation-time";
import type { SegmentLimits } from "../../../domain/segments/segment-limits";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type {
  MemberPreparation,
  Preparation,
  PreparationRequest,
  SegmentSource,
  StagedRows,
} from "../../../ports";
import { beginsWith, readPhoneNumber } from "../../phone-numbers";
import { buildChunkBodies, placeMembers, type ChunkLimits } from "./chunk-bodies";
import { openDatabase, type Database, type DatabaseOptions } from "../database";
import { findDroppedValues } from "../accounting/dropped-values";
import { addListed, doubtfulLeavers, findLeavers, firstLeavers, stageLeavers } from "./leavers";
import { findColumnHabits } from "../reading/column-habits";
import { loadJudgedRows } from "../reading/judged-rows";
import { divideRows } from "./member-tables";
import { toldWhenDiskIsFull } from "../disk-full";
import { findPerson } from "./found-person";
import { samplePrepared } from "./prepared-sample";
import { loadSnapshot } from "./snapshot";
import { nameFiles, writeDroppedValues, writeMembers, writeSetAside } from "./staged-rows";
import type { WorkFiles } from "../work-files";

export interface MemberPreparationOptions extends DatabaseOptions {
  readonly source: SegmentSource;
  readonly files: WorkFiles;
  /** @default Klaviyo's own limits */
  readonly chunkLimits?: ChunkLimits | undefined;
  /** @default those of `segmentLimits` */
  readonly limits?: SegmentLimits | undefined;
}

/** Prepares runs with DuckDB, one database and one temporary directory for each. */
export function createMemberPreparation(options: MemberPreparationOptions): MemberPreparation {
  return {
    async prepare(request) {
      const database = await openDatabase(options);
      try {
        const inTime = timeOf(database, request);
        return await inTime(() =>
          toldWhenDiskIsFull(() => prepare(database, options, request, inTime)),
        );
      } catch (error) {
        await database.close();
        throw error;
      }
    },
  };
}

/** Does work while there is time; throws `preparationTooLong` when there is no more. */
type InTime = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** The time that a preparation has begins to pass at once. */
function timeOf(database: Database, { files, withinMilliseconds }: PreparationRequest): InTime {
  if (withinMilliseconds === undefined) {
    return (work) => work();
  }
  const until = performance.now() + withinMilliseconds;
  const late = () => preparationTooLong(files, withinMilliseconds);
  return (work) => database.within(until - performance.now(), late, work);
}

async function prepare(
  database: Database,
  options: MemberPreparationOptions,
  request: PreparationRequest,
  inTime: InTime,
): Promise<Preparation> {
  const warnings: Problem[] = [];
  const { mapping } = request;
  const { habits, readings } = await findColumnHabits(
    database,
    options.source,
    request.files,
    mapping.email,
    questionsOf(mapping, request.consentTime),
  );
  warnings.push(...codeWarnings(mapping, readings));
  const fields = {
    email: mapping.email,
    required: true,
    ...(mapsOnlyEmail(mapping) && asidesOf(request).length === 0
      ? {}
      : { profile: createProfileReader(mapping, readPhoneNumber, { ...request, habits }) }),
  };
  warnings.push(
    ...(await loadJudgedRows(database, options.source, request.files, fields, options.limits)),
  );
  const snapshot = await loadSnapshot(
    ...([database, options.files, request.snapshotKey, request.rebuildFrom] as const),
  );
  if (snapshot === "unreadable") {
    warnings.push(problem("snapshotUnreadable"));
  }
  const numbers = await divideRows(database, mapping, {
    ignoreHashes: request.ignoreHashes,
    asides: asidesOf(request),
  });
  const dropped = await findDroppedValues(database, mapping);
  warnings.push(...dropped);
  const leaving = await findLeavers(database);
  let rows: Promise<StagedRows> | undefined;

  return {
    numbers,
    warnings,
    ...(readings.size === 0
      ? {}
      : { readings: [...readings].map(([field, reading]) => ({ field, ...reading })) }),
    snapshot,
    leaving,
    addListed: (listed) => addListed(database, options.files, listed),
    firstLeavers: (atMost) => firstLeavers(database, atMost),
    doubtfulLeavers: (atMost) => doubtfulLeavers(database, atMost),
    stageLeavers: (placing) =>
      stageLeavers(database, options.files, request, {
        ...placing,
        chunkSize: Math.min(
          options.chunkLimits?.maxProfiles ?? REMOVAL_CHUNK_MAX_PROFILES,
          REMOVAL_CHUNK_MAX_PROFILES,
        ),
      }),
    find: (email) =>
      findPerson(database, mapping, request.files, { email, hasDropped: dropped.length > 0 }),
    sample: () => samplePrepared(database, request.mapping, request.files),
    stageRows({ send }) {
      if (rows !== undefined) {
        throw new Error("the rows of a preparation are staged once");
      }
      rows = inTime(() =>
        stageRows(database, options, request, { send, dropped: dropped.length > 0 }),
      );
      return rows;
    },
    async stageChunks({ attemptId, after }, onStaged) {
      const { chunkSizes } = (await rows) ?? { chunkSizes: [] };
      const { runId, listId } = request;
      await buildChunkBodies(
        database,
        mapping,
        listId,
        { chunks: chunkSizes.length, after },
        (series, bytes) =>
          options.files.upload(storageKeys.chunkSeries(runId, attemptId, series), { bytes }),
        onStaged,
      );
    },
    close: () => database.close(),
  };
}

/** What is read beside the profiles, in the order in which their reader has it. */
function asidesOf({ consent, consentTime }: PreparationRequest): readonly AsideReader["name"][] {
  return [
    ...(consent === undefined ? [] : ["consent" as const]),
    ...(consentTime === undefined ? [] : ["consented_at" as const]),
  ];
}

/** That phone numbers are read otherwise than they are written is never done in silence. */
function codeWarnings(
  mapping: FieldMapping,
  readings: ReadonlyMap<string, ColumnReading>,
): readonly Problem[] {
  return mappedFields(mapping).flatMap(({ field, attribute, rule }) => {
    const code = readings.get(field)?.countryCode;
    return rule.kind === "phone" && code !== undefined && beginsWith(rule.defaultCountry, code)
      ? [problem("codeWithoutPlus", { field, attribute, code })]
      : [];
  });
}

/** Nothing is sent in chunks where `send` is false. */
const NO_CHUNKS: StagedRows = { chunkSizes: [], checksum: "" };

async function stageRows(
  database: Database,
  options: MemberPreparationOptions,
  request: PreparationRequest,
  { send, dropped }: { send: boolean; dropped: boolean },
): Promise<StagedRows> {
  const { runId, attemptId, files, mapping, listId } = request;
  const placed = send
    ? await placeMembers(database, mapping, listId, options.chunkLimits)
    : NO_CHUNKS;
  await nameFiles(database, files);
  const stageMembers = async (): Promise<void> => {
    const localPath = await writeMembers(database, { placed: send, asides: asidesOf(request) });
    await options.files.upload(storageKeys.members(runId, attemptId), { localPath });
  };
  const stageSetAside = async (): Promise<void> => {
    const localPath = await writeSetAside(database);
    await options.files.upload(storageKeys.setAside(runId, attemptId), { localPath });
  };
  const stageDropped = async (): Promise<void> => {
    if (dropped) {
      const localPath = await writeDroppedValues(database, mapping);
      await options.files.upload(storageKeys.droppedValues(runId, attemptId), { localPath });
    }
  };
  const results = await Promise.allSettled([stageMembers(), stageSetAside(), stageDropped()]);
  // All have come to their end: the directory that they read from can be removed.
  for (const result of results) {
    if (result.status === "rejected") {
      throw result.reason;
    }
  }
  return placed;
}
