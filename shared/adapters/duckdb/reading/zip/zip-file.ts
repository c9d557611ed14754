import { crc32 } from "node:zlib";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import * as z from "zod";
import { isBookkeeping } from "../../../../domain/segments/segment-folder";

/** A zip archive that is not read; its message completes “it is …”. */
export class ZipRefused extends Error {
  override readonly name = "ZipRefused";
}

/** The one file of a zip archive. */
export interface ZippedFile {
  readonly name: string;
  /** Its unpacked bytes. Throws `ZipRefused` when they are not what the archive says. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Closes the archive; nothing can be read any more. */
  close(): void;
}

/** So many entries are looked at; an archive of one table has few beside it. */
const MOST_ENTRIES = 1_000;
const STORED = 0;
const DEFLATED = 8;

/** What other programs' documents have in their archives. */
const documents: readonly (readonly [RegExp, string])[] = [
  [
    /^xl\/workbook\.(?:xml|bin)$/i,
    "an Excel workbook, which is not read: save its sheet as CSV UTF-8",
  ],
  [/^word\/document\.xml$/i, "a Word document, which is not read"],
  [/^ppt\/presentation\.xml$/i, "a presentation, which is not read"],
  [
    /^META-INF\/manifest\.xml$/i,
    "a document of LibreOffice, which is not read: save its sheet as CSV in UTF-8",
  ],
  [/^Index\/Document\.iwa$/i, "a document of Numbers, which is not read: export its table as CSV"],
];

/**
 * Opens the one table of an archive, passing by what programs leave beside it. Throws `ZipRefused` when there is none
 * or more than one, or when it is encrypted or packed in another way than with Deflate.
 */
export async function openZippedFile(path: string): Promise<ZippedFile> {
  const archive = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw isSystemFailure(error) ? error : damaged();
  });
  try {
    const entry = await onlyTable(archive);
    return {
      name: entry.fileName,
      chunks: unpacked(archive, entry),
      close: () => {
        archive.close();
      },
    };
  } catch (error) {
    archive.close();
    throw error instanceof ZipRefused || isSystemFailure(error) ? error : damaged();
  }
}

async function onlyTable(archive: ZipFile): Promise<Entry> {
  const tables: Entry[] = [];
  let seen = 0;
  for await (const entry of archive.eachEntry()) {
    seen += 1;
    const document = documents.find(([name]) => name.test(entry.fileName));
    if (document !== undefined) {
      throw new ZipRefused(document[1]);
    }
    if (!isBookkeeping(entry.fileName)) {
      tables.push(entry);
    }
    if (seen === MOST_ENTRIES) {
      break;
    }
  }
  const [table, second] = tables;
  if (table === undefined) {
    throw new ZipRefused("a zip archive without a table in it");
  }
  if (second !== undefined) {
    throw new ZipRefused(
      "a zip archive of more than one file: unpack it into the segment's folder",
    );
  }
  if (table.isEncrypted()) {
    throw new ZipRefused("an encrypted zip archive, which is not read: pack it without a password");
  }
  if (table.compressionMethod !== STORED && table.compressionMethod !== DEFLATED) {
    throw new ZipRefused(
      "a zip archive packed in another way than with Deflate, which is not read: pack it again, as zip does by default",
    );
  }
  return table;
}

async function* unpacked(archive: ZipFile, entry: Entry): AsyncGenerator<Buffer, void> {
  let checksum = 0;
  try {
    const stream = await archive.openReadStreamPromise(entry);
    stream.on("error", () => undefined);
    try {
      for await (const chunk of stream) {
        const bytes = z.instanceof(Buffer).parse(chunk);
        checksum = crc32(bytes, checksum);
        yield bytes;
      }
    } finally {
      stream.destroy();
    }
  } catch (error) {
    throw isSystemFailure(error) ? error : damaged();
  }
  if (checksum !== entry.crc32) {
    throw damaged();
  }
}

function damaged(): ZipRefused {
  return new ZipRefused("a zip archive or an Excel workbook, and damaged or cut off");
}

const systemFailureSchema = z.object({ syscall: z.string() });

/** Whether the disk failed and not the archive. */
function isSystemFailure(error: unknown): boolean {
  return systemFailureSchema.safeParse(error).success;
}
