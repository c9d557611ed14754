import * as z from "zod";
import { CHUNK_MAX_BYTES, CHUNK_MAX_PROFILES, PROFILE_MAX_BYTES } from "../../../domain/runs/chunk";
import {
  firstChunkOf,
  packSeries,
  SERIES_CHUNKS,
  seriesOf,
} from "../../../domain/runs/chunk-series";
import { importJobEnvelope } from "../../../domain/klaviyo/import-job-body";
import { mapsOnlyEmail, type FieldMapping } from "../../../domain/exports/field-mapping";
import type { StagedRows } from "../../../ports";
import type { Database } from "../database";
import { profileBytesSql, profileJsonSql } from "./profile-sql";

export interface ChunkLimits {
  readonly maxProfiles: number;
  /** UTF-8 bytes of a whole body. */
  readonly maxBytes: number;
}
const klaviyoChunkLimits: ChunkLimits = {
  maxProfiles: CHUNK_MAX_PROFILES,
  maxBytes: CHUNK_MAX_BYTES,
};

/** The body around its profiles, as bytes. */
function envelope(listId: string): { before: Buffer; after: Buffer } {
  const { before, after } = importJobEnvelope(listId);
  return { before: Buffer.from(before), after: Buffer.from(after) };
}

/**
 * Makes the table `places` of the members that are sent: what `members` has but for the profiles' contents,
 * and which `chunk` each belongs to (from 1, in row order) and its `position` in it (from 0); and the table
 * `too_large(ordinal)` of those that are not sent because Klaviyo takes no profile of their size.
 */
export async function placeMembers(
  database: Database,
  mapping: FieldMapping,
  listId: string,
  limits: ChunkLimits = klaviyoChunkLimits,
): Promise<StagedRows> {
  const size = profileBytesSql(mapping);
  const { before, after } = envelope(listId);
  const room = limits.maxBytes - before.length - after.length;
  const most = Math.min(PROFILE_MAX_BYTES, room - 1);
  const sizes = await database.row(
    `SELECT CAST(coalesce(max(size) FILTER (size <= ${most}), 0) AS DOUBLE) AS bytes,
        count(*) FILTER (size > ${most}) > 0 AS excess
      FROM (SELECT ${size} AS size FROM members WHERE NOT unchanged)`,
    z.object({ bytes: z.number(), excess: z.boolean() }),
  );
  await database.run(
    `CREATE TABLE too_large AS
      SELECT ordinal FROM members WHERE ${sizes.excess ? `NOT unchanged AND ${size} > ${most}` : "false"}`,
  );
  const sent = `members WHERE NOT unchanged
    ${sizes.excess ? "AND ordinal NOT IN (SELECT ordinal FROM too_large)" : ""}`;
  // Contents are large: they are not held twice.
  const columns = mapsOnlyEmail(mapping) ? "*" : "* EXCLUDE (attributes, dropped)";
  // With the comma that parts it from the next.
  const largestBytes = sizes.bytes + 1;
  const numbered =
    largestBytes * limits.maxProfiles <= room
      ? // Sorting first, and then counting, is cheaper than a window that has to sort.
        `SELECT *, row_number() OVER () - 1 AS place
          FROM (SELECT ${columns} FROM ${sent} ORDER BY ordinal)`
      : numberedByBytesSql(columns, sent, size, room - largestBytes, limits.maxProfiles);
  await database.run(
    `CREATE TABLE places AS
      SELECT * EXCLUDE (place),
        CAST(place // ${limits.maxProfiles} + 1 AS INTEGER) AS chunk,
        CAST(place % ${limits.maxProfiles} AS INTEGER) AS position
      FROM (${numbered})`,
  );
  const placed = await database.rows(
    `SELECT CAST(count(*) AS DOUBLE) AS profiles,
        CAST(bit_xor(hash(chunk, position, email, hash)) AS VARCHAR) AS checksum
      FROM places GROUP BY chunk ORDER BY chunk`,
    z.object({ profiles: z.number(), checksum: z.string() }),
  );
  return {
    chunkSizes: placed.map(({ profiles }) => profiles),
    checksum: checksumOf(placed.map(({ checksum }) => checksum)),
  };
}

/** DuckDB's own hash may change with its version: a run that is interrupted by just that change stops. */
function checksumOf(ofChunks: readonly string[]): string {
  return ofChunks.reduce((all, one) => all ^ BigInt(one), 0n).toString(16);
}

/**
 * Where profiles are so large that their bytes count: every slice of `bytes`, by the running total at
 * a profile's start, begins a new chunk; a profile exceeds its slice by less than its own size. Places
 * leave gaps at a slice's end, so that dividing by the number of profiles gives chunks without gaps.
 */
function numberedByBytesSql(
  columns: string,
  sent: string,
  size: string,
  bytes: number,
  maxProfiles: number,
): string {
  return `
    SELECT placed.*,
      (dense_rank() OVER (ORDER BY slice, within // ${maxProfiles}) - 1) * ${maxProfiles}
        + within % ${maxProfiles} AS place
    FROM (
      SELECT ordinal, slice,
        row_number() OVER (PARTITION BY slice ORDER BY ordinal) - 1 AS within
      FROM (
        SELECT ordinal, (total - size) // ${Math.max(1, bytes)} AS slice
        FROM (
          SELECT ordinal, size,
            CAST(sum(size) OVER (ORDER BY ordinal ROWS UNBOUNDED PRECEDING) AS BIGINT) AS total
          FROM (
            SELECT ordinal, ${size} + 1 AS size FROM ${sent}
          )
        )
      )
    )
    JOIN (SELECT ${columns} FROM members) AS placed USING (ordinal)
    ORDER BY ordinal`;
}

/**
 * Builds the bodies of the chunks after the first `after`, a series at a time, of which two are in memory at once, and
 * hands each series to `use`. When it and those before have been used, `onUsed` is told which chunks are new; answering
 * false, it ends this.
 */
export async function buildChunkBodies(
  database: Database,
  mapping: FieldMapping,
  listId: string,
  { chunks, after }: { chunks: number; after: number },
  use: (series: number, bodies: Buffer) => Promise<void>,
  onUsed: (first: number, last: number) => Promise<boolean>,
): Promise<void> {
  const { before, after: behind } = envelope(listId);
  const placed = mapsOnlyEmail(mapping)
    ? "places"
    : "(SELECT places.*, members.attributes FROM places JOIN members USING (ordinal))";
  let using = Promise.resolve(true);
  for (let series = seriesOf(after + 1); firstChunkOf(series) <= chunks; series += 1) {
    const first = firstChunkOf(series);
    const last = Math.min(first + SERIES_CHUNKS - 1, chunks);
    const bodies = await database.rows(
      `SELECT encode(string_agg(${profileJsonSql(mapping)}, ',' ORDER BY position)) AS profiles
        FROM ${placed} WHERE chunk BETWEEN ${first} AND ${last} GROUP BY chunk ORDER BY chunk`,
      z.object({ profiles: z.instanceof(Uint8Array) }),
    );
    // The next bodies are built while these are on their way; more would be held in memory.
    if (!(await using)) {
      return;
    }
    const packed = packSeries(bodies.map(({ profiles }) => [before, profiles, behind]));
    using = use(series, packed).then(() => onUsed(Math.max(first, after + 1), last));
    // It is awaited in the next round; a failure until then must not count as unhandled.
    using.catch(() => undefined);
  }
  await using;
}
