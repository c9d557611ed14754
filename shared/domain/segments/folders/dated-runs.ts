import { DomainError } from "../../problems/problem";

/** Customer Insights writes each run of an export into a new folder: `2026/11/25/0130/`. */
const RUN_FOLDER = /^(?:.*\/)?(\d{4}\/\d{2}\/\d{2}\/\d{4})\//;

/**
 * Each run is the whole segment again: read together, people who left would stay, and of a person's rows the oldest
 * would win. Throws `severalRuns` when files lie in the folders of more than one.
 *
 * @param names the paths of a refresh's files below the segment's folder
 */
export function requireOneRun(segment: string, names: readonly string[]): void {
  const runs = new Set(names.flatMap((name) => RUN_FOLDER.exec(name)?.[1] ?? []));
  if (runs.size > 1) {
    const [first = "", second = ""] = [...runs].toSorted().reverse();
    throw new DomainError("severalRuns", { segment, runs: runs.size, first, second });
  }
}
