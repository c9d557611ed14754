import { pipeline, type Readable } from "node:stream";
import { NoSuchKey, S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import { parse } from "csv-parse";
import * as z from "zod";
import {
  REJECTION_COLUMNS,
  reportedRejectionSchema,
  type ReportedRejection,
} from "../../../domain/runs/rejection";
import type { PlacedRejection } from "../../../ports";
import { cursorRefused } from "../dynamodb/page-cursor";
import { openObject } from "./object-body";

/** A row with the report's place behind it, as the parser tells it. */
const parsedSchema = z.object({
  record: z.record(z.string(), z.string()),
  info: z.object({ bytes: z.number() }),
});

const LINE_FEED = 0x0a;

/**
 * The rows of a rejection report from a place on, one after the other, none of them kept. No cell holds a line's end
 * (`csv-report.ts` takes control characters out), so a place is good when a line ends right before it.
 *
 * @param place bytes from the report's beginning: 0, or what came with a row; others are refused as `invalidRequest`
 * @returns undefined when the report is no longer kept
 */
export async function openRejectionRows(
  client: S3Client,
  input: { readonly Bucket: string; readonly Key: string },
  place: number,
): Promise<AsyncIterable<PlacedRejection> | undefined> {
  try {
    // With the byte before, which must be a line's end.
    const report = await openObject(client, { ...input, from: Math.max(place - 1, 0) });
    return rowsOf(report, place);
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return undefined;
    }
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416) {
      throw cursorRefused();
    }
    throw error;
  }
}

async function* rowsOf(report: Readable, place: number): AsyncGenerator<PlacedRejection> {
  const parser = parse({
    info: true,
    bom: place === 0,
    from_line: place === 0 ? 2 : 1,
    columns: [...REJECTION_COLUMNS],
    record_delimiter: "\r\n",
  });
  // What breaks the reading off ends the parser too; the rows end with it.
  pipeline(place === 0 ? report : afterLineFeed(report), parser, () => undefined);
  for await (const parsed of parser) {
    const { record, info } = parsedSchema.parse(parsed);
    yield { row: readRow(record), next: place + info.bytes };
  }
}

/** A report from its second byte on, the first of which must end a line. */
async function* afterLineFeed(report: Readable): AsyncGenerator<Buffer> {
  let begun = false;
  for await (const piece of report) {
    const bytes = z.instanceof(Buffer).parse(piece);
    if (begun) {
      yield bytes;
    } else if (bytes.length > 0) {
      if (bytes[0] !== LINE_FEED) {
        throw cursorRefused();
      }
      begun = true;
      yield bytes.subarray(1);
    }
  }
}

function readRow({ row, ...cells }: Record<string, string>): ReportedRejection {
  return reportedRejectionSchema.parse({
    ...cells,
    ...(row === undefined || row === "" ? {} : { row: Number(row) }),
  });
}
