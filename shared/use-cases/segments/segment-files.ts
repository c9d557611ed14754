import { DomainError } from "../../domain/problems/problem";
import type { SegmentFile } from "../../domain/segments/segment";
import type { SegmentSource } from "../../ports";

/** The files of segments, in the segments' order. Throws `segmentMissing`. */
export async function findFiles(
  segments: SegmentSource,
  names: readonly string[],
): Promise<readonly SegmentFile[]> {
  const files: SegmentFile[] = [];
  for (const segment of names) {
    const found = await segments.files(segment);
    if (found.length === 0) {
      throw new DomainError("segmentMissing", { segment });
    }
    files.push(...found);
  }
  return files;
}

/**
 * Each file was read as it was listed; that the listing still holds says that they belong together, and
 * that no refresh was halfway through. Throws `segmentChanged`.
 */
export async function requireSameFiles(
  segments: SegmentSource,
  names: readonly string[],
  read: readonly SegmentFile[],
): Promise<void> {
  const idOf = ({ segment, name, version }: SegmentFile): string =>
    JSON.stringify([segment, name, version]);
  const now = (await Promise.all(names.map((name) => segments.files(name)))).flat();
  const readIds = new Set(read.map(idOf));
  const nowIds = new Set(now.map(idOf));
  const changed =
    read.find((file) => !nowIds.has(idOf(file))) ?? now.find((file) => !readIds.has(idOf(file)));
  if (changed !== undefined) {
    throw new DomainError("segmentChanged", { segment: changed.segment, file: changed.name });
  }
}
