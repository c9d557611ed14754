import { DomainError } from "../../problems/problem";
import { hidesCharacters } from "../../text/plain-text";
import type { PartitionField, SegmentFile } from "../segment";

/** What Hive, Spark and Athena write for a partition without a value. */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

/**
 * The fields that a file's folders give, outermost first: `country=DE/part-0.csv` has the field `country`. Names and
 * values are escaped as Hive and Spark write them, or as URLs are. A step without a name or a `=` gives none.
 *
 * @param name the file's path below the segment's folder
 */
export function partitionOf(name: string): readonly PartitionField[] {
  return name
    .split("/")
    .slice(0, -1)
    .flatMap((step): PartitionField[] => {
      const [, key = "", value = ""] = /^([^=]+)=(.*)$/s.exec(step) ?? [];
      const field = unescaped(key);
      return key === "" || hidesCharacters(field)
        ? []
        : [{ name: field, value: value === NO_VALUE || value === "" ? null : unescaped(value) }];
    });
}

/**
 * Escapes of URLs, which are of UTF-8. Hive escapes single characters, and lets others stand: what is no UTF-8 is
 * read character by character.
 */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
  }
}

/**
 * Gives files the fields of their folders. As Spark does, it refuses folders that don't agree: files of another depth
 * are mostly what an earlier layout has left. Throws `partitionsDiffer`.
 */
export function withPartitions(
  segment: string,
  files: readonly SegmentFile[],
): readonly SegmentFile[] {
  const found = files.map((file) => ({ file, partition: partitionOf(file.name) }));
  const first = found[0];
  for (const { file, partition } of found) {
    const names = namesOf(partition);
    if (new Set(names).size < names.length || (first && !same(names, namesOf(first.partition)))) {
      throw new DomainError("partitionsDiffer", {
        segment,
        file: first?.file.name ?? "",
        fields: listed(first?.partition ?? []),
        other: file.name,
        otherFields: listed(partition),
      });
    }
  }
  return found.map(({ file, partition }) =>
    partition.length === 0 ? file : { ...file, partition },
  );
}

/** Names that differ in nothing but case are one field's. */
function namesOf(partition: readonly PartitionField[]): readonly string[] {
  return partition.map(({ name }) => name.trim().toLowerCase());
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

function listed(partition: readonly PartitionField[]): string {
  return partition.length === 0 ? "none" : partition.map(({ name }) => `“${name}”`).join(", ");
}
