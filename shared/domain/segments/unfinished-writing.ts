import * as z from "zod";

/** Steps of a path that only exist while a job writes, or that a job left which broke off. */
const WRITING_FOLDERS: readonly RegExp[] = [
  // Hadoop's and Spark's committers write here, and move or complete the files when they commit.
  /^_temporary$/,
  /^__magic(?:_job-.*)?$/,
  // Spark, overwriting some partitions.
  /^\.spark-staging-/,
];

/** Names that programs give to files which they have not written to the end. */
const WRITING_FILES = /\.(?:_COPYING_|tmp|temp|partial|filepart|crdownload|inprogress)$/i;

/** Databricks's commit protocol: what a transaction has begun, and what it has ended with. */
const STARTED = /^_started_(\w+)$/;
const COMMITTED = /^_committed_(\w+)$/;
/** A file that a transaction of Databricks wrote: `part-00000-tid-7-….parquet`. */
const OF_TRANSACTION = /-tid-(\d+)-/;

/**
 * The first of a folder's files, by their paths below it, that tells of a job which is still writing or has broken
 * off; undefined when there is none. Checked before anything is hidden as bookkeeping.
 */
export function unfinishedWriting(names: readonly string[]): string | undefined {
  const committed = new Set(names.flatMap((name) => COMMITTED.exec(lastStep(name))?.[1] ?? []));
  const usesTransactions = names.some((name) => STARTED.test(lastStep(name))) || committed.size > 0;
  return names.find((name) => {
    const steps = name.split("/");
    const last = lastStep(name);
    const transaction =
      STARTED.exec(last)?.[1] ?? (usesTransactions ? OF_TRANSACTION.exec(last)?.[1] : undefined);
    return (
      steps.some((step) => WRITING_FOLDERS.some((folder) => folder.test(step))) ||
      WRITING_FILES.test(last) ||
      (transaction !== undefined && !committed.has(transaction))
    );
  });
}

/** Whether a file says which files a transaction of Databricks added and removed. */
export function isCommit(name: string): boolean {
  return COMMITTED.test(lastStep(name));
}

const commitSchema = z.object({ removed: z.array(z.string()).default([]) });

/** The files, by their paths below the folder, that a commit took out; what can't be read took none. */
export function removedByCommit(commit: string, text: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return [];
  }
  const folder = commit.slice(0, commit.length - lastStep(commit).length);
  const read = commitSchema.safeParse(content);
  return read.success ? read.data.removed.map((name) => `${folder}${name}`) : [];
}

function lastStep(name: string): string {
  return name.split("/").at(-1) ?? "";
}
