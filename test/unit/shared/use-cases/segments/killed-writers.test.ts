import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { DomainError } from "../../../../../shared/domain/problems/problem";
import { judgeFolder } from "../../../../../shared/domain/segments/judge-folder";
import type { SegmentFile } from "../../../../../shared/domain/segments/segment";
import type { SegmentMarker } from "../../../../../shared/domain/segments/segment-marker";
import type { SegmentSource } from "../../../../../shared/ports";
import {
  pinWhole,
  requireSameRefreshes,
} from "../../../../../shared/use-cases/segments/segment-files";

/** A bucket's folder as S3 has it: objects are replaced at once, and their times are whole seconds. */
function aFolder() {
  let now = Date.parse("2026-11-02T08:00:00Z");
  let versions = 0;
  const objects = new Map<string, SegmentFile & { content: string }>();
  const source: Pick<SegmentSource, "pin" | "open"> = {
    pin: (_segment, given = marker) =>
      judgeFolder({
        segment: "vip",
        found: [...objects.values()],
        marker: given,
        now: new Date(now),
        readText: async (file) => text(await source.open(file)),
      }),
    open: async ({ name, version }) => {
      const found = objects.get(name);
      if (found?.version !== version) {
        throw new DomainError("segmentChanged", { segment: "vip", file: name });
      }
      return Readable.from([found.content]);
    },
  };
  let marker: SegmentMarker = { kind: "none" };
  return {
    source,
    objects,
    ask(for_: SegmentMarker) {
      marker = for_;
    },
    pass(milliseconds: number) {
      now += milliseconds;
    },
    put(name: string, content: string) {
      versions += 1;
      const modifiedAt = new Date(Math.floor(now / 1_000) * 1_000);
      const version = String(versions);
      objects.set(name, {
        ...{ segment: "vip", name, version, modifiedAt, content },
        bytes: content.length,
      });
    },
  };
}
type Folder = ReturnType<typeof aFolder>;

/** What a job does to write a refresh, one request to S3 after the other. Each part holds its refresh and their number. */
const writers = {
  /** As Spark overwrites: what was there goes, its marker first, and parts are written aside and moved. */
  spark(folder: Folder, refresh: number, parts: number) {
    const name = (part: number): string => `part-${String(part)}.csv`;
    const aside = (part: number): string => `_temporary/0/${name(part)}`;
    const all = Array.from({ length: parts }, (_, part) => part);
    return [
      ...["_SUCCESS", ...all.map(name), ...[0, 1, 2, 3, 4].map(name)].map(
        (gone) => () => void folder.objects.delete(gone),
      ),
      ...all.map((part) => () => folder.put(aside(part), `${refresh}/${parts}`)),
      ...all.map((part) => () => folder.put(name(part), `${refresh}/${parts}`)),
      () => all.forEach((part) => folder.objects.delete(aside(part))),
      () => folder.put("_SUCCESS", ""),
    ];
  },
  /** Replaces the same files one by one, and its marker last. */
  inPlace: (folder: Folder, refresh: number) => [
    ...[0, 1, 2].map((part) => () => folder.put(`part-${String(part)}.csv`, `${refresh}/3`)),
    () => folder.put("done.flag", String(refresh)),
  ],
  /** Puts new files beside the old, names them in a manifest, and tidies up. */
  manifest(folder: Folder, refresh: number, parts: number) {
    const names = Array.from({ length: parts }, (_, part) => `${refresh}-${String(part)}.csv`);
    const old = [...folder.objects.keys()].filter((name) => name.endsWith(".csv"));
    return [
      ...names.map((name) => () => folder.put(name, `${refresh}/${parts}`)),
      () => folder.put("files.txt", names.join("\n")),
      ...old.map((name) => () => void folder.objects.delete(name)),
    ];
  },
} as const;

const jobs = fc.array(
  fc.record({
    parts: fc.integer({ min: 1, max: 5 }),
    /** After so many requests it is killed, if it has not ended before. */
    killedAfter: fc.oneof(fc.constant(99), fc.nat({ max: 14 })),
    /** Milliseconds between its requests. */
    pace: fc.array(fc.nat({ max: 2_500 }), { minLength: 1, maxLength: 6 }),
    /** Before which requests a run begins. */
    runs: fc.array(fc.nat({ max: 14 }), { maxLength: 3 }),
    /** How many requests the job makes between two of the run. */
    interleaved: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Jobs = typeof jobs extends fc.Arbitrary<infer Each> ? Each : never;

interface Findings {
  /** What each run that came through has read. */
  readonly read: string[][];
  /** Those of them that are no whole refresh, or of several. */
  readonly wrong: string[][];
}

/** Jobs write one after the other, each may be killed, and runs read while they do. */
async function play(
  writer: keyof typeof writers,
  marker: SegmentMarker,
  played: Jobs,
): Promise<Findings> {
  const folder = aFolder();
  folder.ask(marker);
  const findings: Findings = { read: [], wrong: [] };
  for (const [refresh, job] of played.entries()) {
    // No job begins in the second in which the one before has ended.
    folder.pass(2_000);
    const requests = writers[writer](folder, refresh, job.parts).slice(0, job.killedAfter);
    let next = 0;
    const write = (most: number): void => {
      for (let made = 0; made < most && next < requests.length; made += 1) {
        requests[next]?.();
        folder.pass(job.pace[next % job.pace.length] ?? 0);
        next += 1;
      }
    };
    for (const start of [...job.runs].sort((one, other) => one - other)) {
      write(start - next);
      const found = await readWhole(folder, () => write(job.interleaved));
      if (found !== undefined) {
        findings.read.push(found);
        const [first = ""] = found;
        const whole = found.length === Number(first.split("/")[1]);
        if (!whole || found.some((part) => part !== first)) findings.wrong.push(found);
      }
    }
    write(requests.length);
  }
  return findings;
}

/** What a run would send; undefined when it reads nothing, waits or is told to start again. */
async function readWhole({ source }: Folder, meanwhile: () => void): Promise<string[] | undefined> {
  try {
    const [pinned] = await pinWhole(source, ["vip"]);
    const parts: string[] = [];
    for (const file of pinned?.files ?? []) {
      meanwhile();
      parts.push(await text(await source.open(file)));
    }
    meanwhile();
    await requireSameRefreshes(source, pinned === undefined ? [] : [pinned]);
    return parts;
  } catch (error) {
    if (error instanceof DomainError) {
      return undefined;
    }
    throw error;
  }
}

const marked = [
  ["spark", { kind: "success" }],
  ["inPlace", { kind: "file", name: "done.flag" }],
  ["manifest", { kind: "manifest", name: "files.txt" }],
] as const satisfies readonly (readonly [keyof typeof writers, SegmentMarker])[];

test.each(marked)(
  "of jobs that are killed at any time (%s, with a marker) no run reads a half or a mixture",
  async (writer, marker) => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(jobs, async (played) => {
        const found = await play(writer, marker, played);
        read += found.read.length;
        expect(found.wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
    // There was something to be wrong about.
    expect(read).toBeGreaterThan(20);
  },
);

test("without a marker it can: that is what markers are for", async () => {
  let wrong = 0;
  await fc.assert(
    fc.asyncProperty(jobs, async (played) => {
      const found = await play("inPlace", { kind: "none" }, played);
      wrong += found.wrong.length;
    }),
    { numRuns: 100 },
  );
  expect(wrong).toBeGreaterThan(0);
});
