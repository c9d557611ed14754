import { createReadStream } from "node:fs";
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { GENERATED_EMAIL_FIELD, generatedSegment } from "../generated-segment";
import type { DemoOptions } from "./demo-options";

/** A file that is to lie in the demo's segment. */
export interface DemoFile {
  readonly name: string;
  readonly open: () => Readable;
}

/** What the demo says when it can't even begin. */
export class DemoFailure extends Error {
  override readonly name = "DemoFailure";
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The sample has something of everything, so that its result has something to tell. */
const sample = { profiles: 1_200, seed: 7, blank: 0.02, invalid: 0.02, duplicates: 0.04 };

/** The files of the demo's segment. Throws `DemoFailure` when one can't be read. */
export async function demoFiles(source: DemoOptions["source"]): Promise<readonly DemoFile[]> {
  switch (source.kind) {
    case "sample":
      return [{ name: "customers.csv", open: () => generatedSegment(sample) }];
    case "generated":
      return [
        { name: "customers.csv", open: () => generatedSegment({ profiles: source.profiles }) },
      ];
    case "files":
      await Promise.all(source.paths.map(checkReadable));
      return source.paths.map((file, index) => ({
        name: nameInSegment(file, index, source.paths.length),
        open: () => createReadStream(file),
      }));
  }
}

/** The email field where nobody has to look for it; undefined for files of the caller's own. */
export function knownEmailField(source: DemoOptions["source"]): string | undefined {
  return source.kind === "files" ? undefined : GENERATED_EMAIL_FIELD;
}

/** Puts the files where the system looks for the segment. */
export async function uploadSegment(
  client: S3Client,
  bucket: string,
  segment: string,
  files: readonly DemoFile[],
): Promise<void> {
  for (const { name, open } of files) {
    await new Upload({
      client,
      params: { Bucket: bucket, Key: `segments/${segment}/${name}`, Body: open() },
    }).done();
  }
}

async function checkReadable(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    throw new DemoFailure(
      "fileMissing",
      `There is no file ${file}. Check the path given with --file.`,
    );
  }
  if (!found.isFile()) {
    throw new DemoFailure(
      "fileUnreadable",
      `${file} is not a file. Give one file with each --file.`,
    );
  }
  await access(file, constants.R_OK).catch(() => {
    throw new DemoFailure(
      "fileUnreadable",
      `${file} may not be read. Change its permissions, or copy it to where you may read it.`,
    );
  });
}

/** Files are read in the order of their names; a number in front keeps the order they were given in. */
function nameInSegment(file: string, index: number, count: number): string {
  // A segment's hidden files, such as the markers that other systems leave, are not read.
  const visible = path.basename(file).replace(/^[._]+/, "") || "file";
  return count === 1 ? visible : `${String(index + 1).padStart(3, "0")}-${visible}`;
}
