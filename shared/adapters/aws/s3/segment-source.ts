import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import {
  ListObjectsV2Command,
  paginateListObjectsV2,
  type _Object,
  type S3Client,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import { DomainError } from "../../../domain/problems/problem";
import { judgeFolder } from "../../../domain/segments/judge-folder";
import { dataFiles, requireNoLakeTable } from "../../../domain/segments/segment-folder";
import {
  requireWithinLimit,
  segmentLimits,
  type SegmentLimits,
} from "../../../domain/segments/segment-limits";
import {
  folderNameSchema,
  type SegmentFile,
  type SegmentSummary,
} from "../../../domain/segments/segment";
import { noMarker } from "../../../domain/segments/segment-marker";
import { summaryOf } from "../../../domain/segments/segment-summary";
import type { Clock, SegmentSource } from "../../../ports";
import { awsCall, awsFailure } from "../aws-failure";
import { isChange, openObject } from "./object-body";
import { decodeCursor, encodeCursor } from "../dynamodb/page-cursor";

const ROOT = "segments/";

/** Segments of one page whose files are listed at the same time. */
const CONCURRENT_LISTINGS = 8;

const cursorSchema = z.strictObject({ segment: folderNameSchema });

/** Segments as folders of one bucket: the files of a segment lie below `segments/<name>/`. */
export function createSegmentSource(
  client: S3Client,
  bucket: string,
  clock: Pick<Clock, "now">,
  limits: Pick<SegmentLimits, "files"> = segmentLimits,
): SegmentSource {
  /** All that lies in a segment's folder, bookkeeping included, in no order. */
  async function everything(segment: string): Promise<readonly SegmentFile[]> {
    if (!folderNameSchema.safeParse(segment).success) {
      return [];
    }
    const prefix = `${ROOT}${segment}/`;
    const found: SegmentFile[] = [];
    await awsCall("ListObjectsV2", async () => {
      const input = { Bucket: bucket, Prefix: prefix };
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, input)) {
        for (const object of Contents) {
          const file = readFile(segment, prefix, object);
          if (file !== undefined) {
            found.push(file);
          }
        }
      }
    });
    return found;
  }

  const openFile = async (file: SegmentFile): Promise<Readable> => {
    const changed = (): DomainError =>
      new DomainError("segmentChanged", { segment: file.segment, file: file.name });
    const input = {
      Bucket: bucket,
      Key: `${ROOT}${file.segment}/${file.name}`,
      IfMatch: file.version,
    };
    try {
      return await openObject(client, input, { changed });
    } catch (error) {
      throw isChange(error) ? changed() : awsFailure("GetObject", error);
    }
  };

  async function summarise(segment: string): Promise<SegmentSummary | undefined> {
    return summaryOf(segment, dataFiles(await everything(segment)));
  }

  return {
    async list(page) {
      const after =
        page.after === undefined ? undefined : decodeCursor(cursorSchema, page.after).segment;
      const summaries: SegmentSummary[] = [];
      let more = true;
      // "0" is the character after "/": it starts behind everything in the segment's folder.
      let startAfter = after === undefined ? undefined : `${ROOT}${after}0`;
      while (more && summaries.length <= page.limit) {
        const answer = await awsCall("ListObjectsV2", () =>
          client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: ROOT,
              Delimiter: "/",
              MaxKeys: page.limit + 1,
              StartAfter: startAfter,
            }),
          ),
        );
        const names = (answer.CommonPrefixes ?? [])
          .map(({ Prefix }) => (Prefix ?? "").slice(ROOT.length, -1))
          .filter((name) => folderNameSchema.safeParse(name).success);
        summaries.push(...(await inBatches(names, summarise)));
        const next = furthest(answer.CommonPrefixes, answer.Contents);
        more = answer.IsTruncated === true && next !== undefined;
        startAfter = next;
      }
      const items = summaries.slice(0, page.limit);
      const last = items.at(-1);
      return {
        items,
        ...(summaries.length > page.limit && last !== undefined
          ? { next: encodeCursor({ segment: last.name }) }
          : {}),
      };
    },

    async exists(segment) {
      const found = await everything(segment);
      requireNoLakeTable(
        segment,
        found.map(({ name }) => name),
      );
      const data = dataFiles(found);
      requireWithinLimit(segment, "files", data.length, limits);
      return data.length > 0;
    },

    async pin(segment, marker = noMarker) {
      return judgeFolder(
        {
          segment,
          found: await everything(segment),
          marker,
          now: clock.now(),
          readText: async (file) => text(await openFile(file)),
        },
        limits,
      );
    },

    open: openFile,
  };
}

function readFile(segment: string, prefix: string, object: _Object): SegmentFile | undefined {
  const name = (object.Key ?? "").slice(prefix.length);
  const { Size, ETag, LastModified } = object;
  if (Size === undefined || ETag === undefined || LastModified === undefined) {
    return undefined;
  }
  return { segment, name, bytes: Size, version: ETag, modifiedAt: LastModified };
}

/** Where a listing goes on: behind the last thing that it named. */
function furthest(
  prefixes: readonly { Prefix?: string | undefined }[] | undefined,
  objects: readonly _Object[] | undefined,
): string | undefined {
  const positions = [
    ...(prefixes ?? []).map(({ Prefix }) => `${(Prefix ?? "").slice(0, -1)}0`),
    ...(objects ?? []).map(({ Key }) => Key ?? ""),
  ];
  return positions.reduce<string | undefined>(
    (last, position) =>
      last === undefined || Buffer.compare(Buffer.from(last), Buffer.from(position)) < 0
        ? position
        : last,
    undefined,
  );
}

async function inBatches(
  names: readonly string[],
  summarise: (name: string) => Promise<SegmentSummary | undefined>,
): Promise<readonly SegmentSummary[]> {
  const summaries: SegmentSummary[] = [];
  for (let start = 0; start < names.length; start += CONCURRENT_LISTINGS) {
    const batch = names.slice(start, start + CONCURRENT_LISTINGS);
    for (const summary of await Promise.all(batch.map(summarise))) {
      if (summary !== undefined) {
        summaries.push(summary);
      }
    }
  }
  return summaries;
}
