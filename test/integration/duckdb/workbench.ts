import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { ChunkLimits } from "../../../shared/adapters/duckdb/preparing/chunk-bodies";
import { openDatabase, type Database } from "../../../shared/adapters/duckdb/database";
import { createMemberPreparation } from "../../../shared/adapters/duckdb/preparing/member-preparation";
import { createRunAccounting } from "../../../shared/adapters/duckdb/accounting/run-accounting";
import { createSegmentReader } from "../../../shared/adapters/duckdb/reading/segment-reader";
import type { WorkFiles } from "../../../shared/adapters/duckdb/work-files";
import type { ChunkOutcome, Refusal } from "../../../shared/domain/runs/chunk";
import type { LeftOutValue } from "../../../shared/domain/runs/chunk-findings";
import type { FieldMapping } from "../../../shared/domain/exports/field-mapping";
import { DomainError, type Problem } from "../../../shared/domain/problems/problem";
import type { SyncMode } from "../../../shared/domain/exports/export";
import type { SegmentDescription, SegmentFile } from "../../../shared/domain/segments/segment";
import type { CsvShape } from "../../../shared/domain/segments/csv-shape";
import type { SegmentRows } from "../../../shared/domain/segments/segment-rows";
import type { SegmentLimits } from "../../../shared/domain/segments/segment-limits";
import { storageKeys } from "../../../shared/domain/runs/storage-keys";
import type {
  Preparation,
  PreparationRequest,
  PreparedSample,
  RunAccounting,
  SegmentSource,
} from "../../../shared/ports";
import {
  noSegmentSettings,
  type SegmentSettings,
} from "../../../shared/domain/segments/segment-settings";
import { segmentsAsSet } from "../../../shared/use-cases/segments/segments-as-set";
import { stagedChunk } from "../../support/files/directory-run-files";
import { directorySegmentSource, directoryWorkFiles } from "../../support/files/directory-files";

export const RUN = { runId: "run-1", attemptId: "attempt-1", exportId: "export-1" };

interface StagedMember {
  segment: string;
  file: string;
  row: number;
  email: string;
  unchanged: boolean;
  chunk: number | null;
  position: number | null;
}
interface SetAsideRow {
  segment: string;
  file: string;
  row: number;
  email: string | null;
  category: string;
}
export interface SentProfile {
  attributes: Record<string, unknown>;
  meta?: unknown;
}
export interface PreparedRun {
  numbers: Preparation["numbers"];
  warnings: readonly Problem[];
  readings: Preparation["readings"];
  snapshot: Preparation["snapshot"];
  leaving: number;
  removalSizes: readonly number[];
  leavers: readonly { email: string; chunk: number | null; position: number | null }[];
  chunks: readonly { chunk: number; profiles: number }[];
  checksum: string;
  /** First and last chunk of what was staged together. */
  series: readonly (readonly [number, number])[];
  members: readonly StagedMember[];
  setAside: readonly SetAsideRow[];
  /** Of the members' profiles, in the members' order. */
  hashes: readonly string[];
  /** If it was looked at. */
  sample: PreparedSample | undefined;
}
interface PrepareOptions {
  field?: string;
  /** Instead of the email's `field` alone. */
  mapping?: FieldMapping;
  /** What is read beside the profiles. */
  consent?: PreparationRequest["consent"];
  consentTime?: PreparationRequest["consentTime"];
  segments?: readonly string[];
  snapshotKey?: string;
  /** What the snapshot's run is asked for when the file is lost. */
  rebuildFrom?: PreparationRequest["rebuildFrom"];
  ignoreHashes?: boolean;
  runId?: string;
  send?: boolean;
  /** So many of the chunks lie there already. */
  stagedChunks?: number;
  /** Looks into what is prepared. */
  sample?: boolean;
  /** Stages leavers for removal. */
  remove?: boolean;
  /** Emails that the list itself turned out to hold. */
  listed?: readonly string[];
}

/** The DuckDB adapters over directories on disk, with segments put there by the test. */
export interface Workbench {
  readonly files: WorkFiles;
  /** Puts a file into the segment `customers`, or into `segment/file`. */
  put(name: string, content: string | Buffer): Promise<void>;
  prepare(options?: PrepareOptions): Promise<PreparedRun>;
  describe(emailField?: string): Promise<SegmentDescription>;
  firstRows(): Promise<SegmentRows>;
  refuse(chunk: number, step: "push" | "confirm", refusals: readonly Refusal[]): Promise<void>;
  /** Loses what preparation has staged of the values that profiles go without. */
  loseDroppedValues(): Promise<void>;
  /** Notes values that profiles of a chunk go without, as a push does. */
  leaveOut(chunk: number, values: readonly LeftOutValue[]): Promise<void>;
  accountFor(
    outcomes: ReadonlyMap<number, ChunkOutcome>,
    options?: { runId?: string; syncMode?: SyncMode },
  ): ReturnType<RunAccounting["accountFor"]>;
  /** Accounts for outcomes that are only expected. */
  rehearse(
    outcomes: ReadonlyMap<number, ChunkOutcome>,
    options?: { runId?: string; syncMode?: SyncMode },
  ): Promise<void>;
  read(key: string): Promise<Buffer>;
  /** The body of a chunk, as it was staged. */
  body(chunk: number): Promise<Buffer>;
  /** The profiles of the chunks that were staged, as Klaviyo would read them. */
  profiles(chunks: PreparedRun["chunks"]): Promise<SentProfile[]>;
  emailsOfSnapshot(key: string): Promise<string[]>;
  /** Those of a snapshot's emails whose content Klaviyo has confirmed. */
  confirmedInSnapshot(key: string): Promise<string[]>;
  /** What is left in the directory for temporary files. */
  leftovers(): Promise<string[]>;
  /** Removes all segments and work files. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}

export async function createWorkbench(
  options: {
    chunkLimits?: ChunkLimits;
    files?: (files: WorkFiles) => WorkFiles;
    /** What every segment's settings say. */
    settings?: () => SegmentSettings;
    /** What the source says of how every file is written. */
    shape?: () => CsvShape | undefined;
    limits?: SegmentLimits;
  } = {},
): Promise<Workbench> {
  const root = await mkdtemp(join(tmpdir(), "workbench-"));
  const segments = join(root, "segments");
  const work = join(root, "work");
  const temporary = join(root, "temporary");
  await mkdir(temporary);
  const onDisk = directoryWorkFiles(work);
  const files = options.files?.(onDisk) ?? onDisk;
  const source = segmentsAsSet(directorySegmentSource(segments), {
    get: async () => options.settings?.() ?? noSegmentSettings,
  });
  const parts = {
    source,
    files,
    memoryMegabytes: 1024,
    workDirectory: temporary,
    limits: options.limits,
    chunkLimits: options.chunkLimits,
  };
  const preparation = createMemberPreparation(parts);
  const accounting = createRunAccounting(parts);
  const reader = createSegmentReader(parts);

  // One for all that is looked at: to open a DuckDB costs more than to read a small file.
  let opened: Promise<Database> | undefined;
  const parquet = async <Row>(
    key: string,
    columns: string,
    schema: z.ZodType<Row>,
    order = "ORDER BY ordinal",
  ) => {
    opened ??= openDatabase({ memoryMegabytes: 256, workDirectory: root });
    const database = await opened;
    const path = database.directory.newFile("parquet");
    await onDisk.download(key, path);
    return database.rows(`SELECT ${columns} FROM read_parquet('${path}') ${order}`, schema);
  };
  const filesOf = async (names: readonly string[]): Promise<readonly SegmentFile[]> =>
    (await Promise.all(names.map((name) => pinnedFiles(source, name))))
      .flat()
      .map((file) => ({ ...file, shape: options.shape?.() }));

  // What the run that was prepared last is accounted for with.
  let last = { mapping: { email: "Email" } as FieldMapping, droppedValues: false };

  return {
    files,
    async put(name, content) {
      const path = join(segments, name.includes("/") ? name : `customers/${name}`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
    async prepare(prepareOptions = {}) {
      const { field = "Email", segments: names = ["customers"], send = true } = prepareOptions;
      const runId = prepareOptions.runId ?? RUN.runId;
      const mapping = prepareOptions.mapping ?? { email: field };
      const prepared = await preparation.prepare({
        runId,
        attemptId: RUN.attemptId,
        files: await filesOf(names),
        mapping,
        listId: "LIST01",
        consent: prepareOptions.consent,
        consentTime: prepareOptions.consentTime,
        snapshotKey: prepareOptions.snapshotKey,
        rebuildFrom: prepareOptions.rebuildFrom,
        ignoreHashes: prepareOptions.ignoreHashes,
      });
      last = {
        mapping,
        droppedValues: prepared.warnings.some(({ code }) => code === "valuesDropped"),
      };
      try {
        const sample = prepareOptions.sample === true ? await prepared.sample() : undefined;
        if (prepareOptions.listed !== undefined) {
          const text = prepareOptions.listed.map((email) => `${JSON.stringify({ email })}\n`);
          const key = storageKeys.listed(runId, RUN.attemptId, 1);
          await onDisk.upload(key, { bytes: Buffer.from(text.join("")) });
          await prepared.addListed({ keys: [key] });
        }
        const { chunkSizes, checksum } = await prepared.stageRows({ send });
        const series: [number, number][] = [];
        await prepared.stageChunks(
          { attemptId: RUN.attemptId, after: prepareOptions.stagedChunks ?? 0 },
          async (first, last) => {
            series.push([first, last]);
            return true;
          },
        );
        const chunks = chunkSizes.map((profiles, index) => ({ chunk: index + 1, profiles }));
        const removalSizes = await prepared.stageLeavers({
          remove: prepareOptions.remove ?? false,
          firstChunk: chunks.length + 1,
        });
        const members = await parquet(
          storageKeys.members(runId, RUN.attemptId),
          'segment, file, "row"::DOUBLE AS "row", email, unchanged, chunk, position, CAST(hash AS VARCHAR) AS hash',
          z.object({
            segment: z.string(),
            file: z.string(),
            row: z.number(),
            email: z.string(),
            unchanged: z.boolean(),
            chunk: z.number().nullable(),
            position: z.number().nullable(),
            hash: z.string(),
          }),
        );
        return {
          sample,
          snapshot: prepared.snapshot,
          leaving: prepared.leaving,
          doubtfulLeavers: await prepared.doubtfulLeavers(100),
          removalSizes,
          leavers: await parquet(
            storageKeys.leavers(runId, RUN.attemptId),
            "email, chunk, position",
            z.object({
              email: z.string(),
              chunk: z.number().nullable(),
              position: z.number().nullable(),
            }),
            "ORDER BY email",
          ),
          numbers: prepared.numbers,
          warnings: prepared.warnings,
          readings: prepared.readings,
          chunks,
          checksum,
          series,
          members: members.map(({ hash: _hash, ...member }) => member),
          hashes: members.map(({ hash }) => hash),
          setAside: await parquet(
            storageKeys.setAside(runId, RUN.attemptId),
            'segment, file, "row"::DOUBLE AS "row", email, category',
            z.object({
              segment: z.string(),
              file: z.string(),
              row: z.number(),
              email: z.string().nullable(),
              category: z.string(),
            }),
          ),
        };
      } finally {
        await prepared.close();
      }
    },
    firstRows: async () => reader.firstRows(await pinnedFiles(source, "customers")),
    async describe(emailField) {
      const listed = await filesOf(["customers"]);
      const [name, files] = ["customers", listed.length];
      const summary = { name, source: "bucket", files, bytes: 1, refreshedAt: "" };
      return reader.describe(summary, listed, emailField);
    },
    async refuse(chunk, stage, refusals) {
      const text = refusals.map((refusal) => `${JSON.stringify(refusal)}\n`).join("");
      await onDisk.upload(storageKeys.refusals(RUN.runId, RUN.attemptId, chunk, stage), {
        bytes: Buffer.from(text),
      });
    },
    loseDroppedValues: () => rm(join(work, storageKeys.droppedValues(RUN.runId, RUN.attemptId))),
    async leaveOut(chunk, values) {
      const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
      await onDisk.upload(storageKeys.leftOut(RUN.runId, RUN.attemptId, chunk), {
        bytes: Buffer.from(text),
      });
    },
    accountFor: (outcomes, options = {}) =>
      accounting.accountFor({ ...RUN, ...last, syncMode: "upsert", ...options, outcomes }),
    rehearse: (outcomes, options = {}) =>
      accounting.rehearse({ ...RUN, ...last, syncMode: "upsert", ...options, outcomes }),
    read: (key) => readFile(join(work, key)),
    body: (chunk) => stagedChunk(work, { ...RUN, chunk }),
    async profiles(chunks) {
      const bodies = await Promise.all(
        chunks.map(({ chunk }) => stagedChunk(work, { ...RUN, chunk })),
      );
      return bodies.flatMap((body) => JSON.parse(body.toString()).data.attributes.profiles.data);
    },
    async emailsOfSnapshot(key) {
      const rows = await parquet(key, "email", z.object({ email: z.string() }), "");
      return rows.map(({ email }) => email);
    },
    async confirmedInSnapshot(key) {
      const columns = "email, hash IS NOT NULL AS confirmed";
      const schema = z.object({ email: z.string(), confirmed: z.boolean() });
      const rows = await parquet(key, columns, schema, "");
      return rows.filter(({ confirmed }) => confirmed).map(({ email }) => email);
    },
    leftovers: () => readdir(temporary),
    async clear() {
      await rm(segments, { recursive: true, force: true });
      await rm(work, { recursive: true, force: true });
    },
    async remove() {
      await (await opened)?.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The files of a segment that is whole. Throws what says that it is not. */
async function pinnedFiles(
  source: SegmentSource,
  segment: string,
): Promise<readonly SegmentFile[]> {
  const pin = await source.pin(segment);
  switch (pin.kind) {
    case "ready":
      return pin.refresh.files;
    case "unfinished":
      throw new DomainError(pin.problem.code, pin.problem.params);
    case "missing":
      return [];
  }
}
