import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import * as z from "zod";
import { Failure } from "../failure";

/** A row of a report by the names of its columns. */
export type ReportRow = Readonly<Record<string, string>>;

/** Bytes that a row of a report is believed to have at most; Klaviyo's own texts are the longest of it. */
const ROW_MAX_BYTES = 1_000_000;

const rowSchema = z.record(z.string(), z.string());

/** The report behind a link, which is signed: it takes no token, and is given none. Throws `Failure`. */
export async function* downloadReport(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true || response.body === null) {
    throw reportUnreachable();
  }
  try {
    yield* response.body;
  } catch {
    // A report that broke off must not be taken for a whole one.
    throw reportUnreachable();
  }
}

function reportUnreachable(): Failure {
  return new Failure({
    code: "reportUnreachable",
    message:
      "The report could not be downloaded. Try again; its link is valid for a few minutes only.",
    exit: "unreachable",
  });
}

/**
 * The first rows of a report that the condition holds for, and how many it holds for in all.
 *
 * @param most rows that are returned
 */
export async function readReport(
  report: AsyncIterable<Uint8Array>,
  isWanted: (row: ReportRow) => boolean,
  most: number,
): Promise<{ rows: ReportRow[]; total: number }> {
  const rows: ReportRow[] = [];
  let total = 0;
  await pipeline(
    report,
    parse({ bom: true, columns: true, max_record_size: ROW_MAX_BYTES }),
    async (records) => {
      for await (const record of records) {
        const row = rowSchema.parse(record);
        if (isWanted(row)) {
          total += 1;
          if (rows.length < most) {
            rows.push(row);
          }
        }
      }
    },
  );
  return { rows, total };
}
