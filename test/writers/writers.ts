import type { SegmentMarker } from "../../shared/domain/segments/segment-marker";

/** A segment's folder, as a job outside of the system writes it: one request to S3 after the other. */
export interface WrittenFolder {
  put(name: string, content: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The names of all that lies there now. */
  list(): Promise<readonly string[]>;
}

interface WrittenRefresh {
  /** What each of its files holds. */
  readonly parts: readonly string[];
  /** Tells it from the refreshes before. */
  readonly number: number;
}

type Request = () => Promise<void>;

/** A kind of job: the requests by which it writes a refresh, of which it may make a part alone. */
export interface Writer {
  readonly name: string;
  readonly marker: SegmentMarker;
  /** How many files each refresh has; any number where a refresh takes the files of the one before away. */
  readonly files?: number;
  readonly write: (folder: WrittenFolder, refresh: WrittenRefresh) => Promise<readonly Request[]>;
}

/** Replaces the same files one by one, and its flag last. */
const inPlace: Writer["write"] = async (folder, { parts, number }) => [
  () => folder.remove("done.flag"),
  ...parts.map((rows, part) => () => folder.put(`part-${part}.csv`, rows)),
  () => folder.put("done.flag", String(number)),
];

/** Jobs with a marker, of which no run may read a half or a mixture. */
export const markedWriters: readonly Writer[] = [
  {
    name: "spark",
    marker: { kind: "success" },
    // As Spark overwrites: what was there goes, its marker first, and parts are written aside and moved.
    write: async (folder, { parts }) => {
      const before = await folder.list();
      const aside = (part: number): string => `_temporary/0/part-${part}.csv`;
      return [
        () => folder.remove("_SUCCESS"),
        ...before.filter((name) => name !== "_SUCCESS").map((name) => () => folder.remove(name)),
        ...parts.map((rows, part) => () => folder.put(aside(part), rows)),
        ...parts.map((rows, part) => () => folder.put(`part-${part}.csv`, rows)),
        ...parts.map((_, part) => () => folder.remove(aside(part))),
        () => folder.put("_SUCCESS", ""),
      ];
    },
  },
  { name: "flag", marker: { kind: "file", name: "done.flag" }, files: 3, write: inPlace },
  {
    name: "manifest",
    marker: { kind: "manifest", name: "files.txt" },
    // Puts new files beside the old, names them, and tidies up.
    write: async (folder, { parts, number }) => {
      const old = (await folder.list()).filter((name) => name.endsWith(".csv"));
      const names = parts.map((_, part) => `${number}-${part}.csv`);
      return [
        ...parts.map((rows, part) => () => folder.put(`${number}-${part}.csv`, rows)),
        () => folder.put("files.txt", names.join("\n")),
        ...old.map((name) => () => folder.remove(name)),
      ];
    },
  },
];

/** A job whose runs can be deceived. */
export const unmarkedWriter: Writer = {
  name: "unmarked",
  marker: { kind: "none" },
  files: 3,
  write: async (folder, { parts }) =>
    parts.map((rows, part) => () => folder.put(`part-${part}.csv`, rows)),
};
