import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import {
  GENERATED_FIELDS,
  generatedProfiles,
  generatedSegment,
  type GeneratedKind,
  type GeneratedSegmentOptions,
} from "../../../infra/local/generated-segment";

export type SegmentFileFormat = "csv" | "ndjson" | "parquet";

/** Writes a generated segment file; returns how many rows of each kind it has. */
export async function writeSegmentFile(
  path: string,
  options: GeneratedSegmentOptions & { format: SegmentFileFormat; gzip?: boolean },
): Promise<Record<GeneratedKind, number>> {
  const counts = { member: 0, blank: 0, invalid: 0, duplicate: 0 };
  for (const { kind } of generatedProfiles(options)) {
    counts[kind] += 1;
  }
  if (options.format === "parquet") {
    await writeParquet(path, options);
    return counts;
  }
  const text =
    options.format === "csv"
      ? generatedSegment(options)
      : Readable.from(jsonPieces(options), { objectMode: false });
  if (options.gzip === true) {
    await pipeline(text, createGzip({ level: 3 }), createWriteStream(path));
  } else {
    await pipeline(text, createWriteStream(path));
  }
  return counts;
}

function* jsonPieces(options: GeneratedSegmentOptions): Generator<Buffer, void> {
  let lines: string[] = [];
  for (const { fields } of generatedProfiles(options)) {
    lines.push(
      JSON.stringify(Object.fromEntries(GENERATED_FIELDS.map((name, at) => [name, fields[at]]))),
    );
    if (lines.length === 1_000) {
      yield Buffer.from(`${lines.join("\n")}\n`);
      lines = [];
    }
  }
  yield Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

async function writeParquet(path: string, options: GeneratedSegmentOptions): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const csv = `${path}.csv`;
  await pipeline(generatedSegment(options), createWriteStream(csv));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    await connection.run(
      `COPY (SELECT * FROM read_csv('${csv}', all_varchar = true, header = true, delim = ',', quote = ''))
        TO '${path}' (FORMAT parquet)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(csv);
  }
}
