import { DomainError } from "../problems/problem";
import type { SegmentFile } from "./segment";

/** Writers' own files, by the last step of their path; see `isBookkeeping`. */
const BOOKKEEPING_NAMES: readonly RegExp[] = [
  // Folders as consoles, Hadoop and Azure mark them.
  /_\$folder\$$/,
  /^hdi_isfolder$/,
  // Hadoop and Spark while they copy, and the checksums beside data.
  /\._COPYING_$/,
  /\.(?:crc|md5|sha1|sha256|sha512|checksum|sig|asc)$/i,
  /^(?:md5|sha1|sha256|sha512|check)sums?(?:\.txt)?$/i,
  // Redshift's manifest follows the prefix of its files; Athena's has the query's id.
  /(?:^|[._-])manifest(?:\.json|\.txt)?$/i,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-manifest\.csv|\.txt)$/i,
  /\.manifest$/i,
  /\.metadata$/i,
  /\.metadata\.json$/i,
  // Common Data Model.
  /^model\.json$/i,
  /\.cdm\.json$/i,
  // What describes data.
  /^(?:schema|metadata|config)\.json$/i,
  /\.(?:sql|ddl|avsc|xsd|log)$/i,
  // Markers that a delivery is whole.
  /^success(?:\.txt)?$/i,
  /\.(?:done|ok|complete|ready|flag|fin|eof|ctl|ctrl|trg|trigger|lock)$/i,
  // What is still being copied, or was before.
  /\.(?:tmp|part|partial|filepart|crdownload|bak|old|orig|swp)$/i,
  // Desktops, editors and archives.
  /^(?:thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|icon\r?)$/i,
  /:zone\.identifier$/i,
  /^~\$/,
  /~$/,
  /^#.*#$/,
  // Texts for people.
  /^(?:readme|liesmich|lisezmoi|leeme|leggimi|license|licence|changelog|notice)(?:\.[a-z]{2})?(?:\.(?:md|txt|html?|rst|pdf|adoc))?$/i,
  /\.md$/i,
];
/** Folders of network disks and desktops. */
const BOOKKEEPING_FOLDERS: ReadonlySet<string> = new Set([
  ...["__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found"],
]);

/** Of a lake table's own folders; all that lies in them is bookkeeping. */
const ICEBERG_METADATA =
  /(?:^|\/)metadata\/(?:[^/]*\.metadata\.json|snap-[^/]*\.avro|version-hint\.text)$/;

/**
 * Whether a file of a segment's folder is no data but what programs leave beside it, by its path below the
 * folder. As Spark does, names that begin with `_` or `.` are hidden, but a partition's folder such as `_x=1`
 * is not.
 */
export function isBookkeeping(name: string): boolean {
  const steps = name.split("/");
  const last = steps.at(-1) ?? "";
  return (
    last === "" ||
    steps.some(
      (step) =>
        BOOKKEEPING_FOLDERS.has(step) ||
        step.startsWith(".") ||
        (step.startsWith("_") && !step.includes("=")),
    ) ||
    BOOKKEEPING_NAMES.some((pattern) => pattern.test(last))
  );
}

/**
 * The kind of lake table that the files of a folder, by their paths below it, are or hold. Its folder keeps
 * files that the table has replaced or deleted, and only its log tells which: read as plain files they would
 * bring back people who were deleted.
 */
function lakeTableOf(names: readonly string[]): LakeTable | undefined {
  for (const name of names) {
    const steps = name.split("/");
    const last = steps.at(-1) ?? "";
    if (steps.includes("_delta_log") || /^deletion_vector_[^/]*\.bin$/.test(last)) {
      return "Delta Lake";
    }
    if (steps.includes(".hoodie") || last.startsWith(".hoodie_partition_metadata")) {
      return "Apache Hudi";
    }
    if (ICEBERG_METADATA.test(name)) {
      return "Apache Iceberg";
    }
  }
  return undefined;
}

type LakeTable = "Delta Lake" | "Apache Hudi" | "Apache Iceberg";

/** Throws `lakeTable` when the files, by their paths below the segment's folder, are those of a lake table. */
export function requireNoLakeTable(segment: string, names: readonly string[]): void {
  const format = lakeTableOf(names);
  if (format !== undefined) {
    throw new DomainError("lakeTable", { segment, format });
  }
}

/** The files with rows, in the order that decides which of several rows with the same email is used. */
export function dataFiles(found: readonly SegmentFile[]): readonly SegmentFile[] {
  const folders = new Set(found.flatMap(({ name }) => foldersOf(name)));
  return found
    .filter(({ name, bytes }) => !isBookkeeping(name) && !(bytes === 0 && folders.has(name)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The folders that a path leads through: some programs mark each with an empty file of its name. */
function foldersOf(name: string): readonly string[] {
  const steps = name.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("/"));
}
