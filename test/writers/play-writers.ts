import { setTimeout as delay } from "node:timers/promises";
import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { isTerminal } from "../../shared/domain/runs/run";
import { createRandom } from "../chaos/random";
import { startSystem, type RunAnswer, type System } from "../support/system";
import { markedWriters, unmarkedWriter, type Writer, type WrittenFolder } from "./writers";

/** What came of the jobs of one kind of writer. */
export interface WriterTally {
  jobs: number;
  /** Jobs that were killed before their last request. */
  killed: number;
  /** Runs that have put a refresh onto the list. */
  sent: number;
  /** Runs that have read nothing: they waited, or gave up. */
  waited: number;
  /** Runs after which the list held something else than one whole refresh. */
  wrong: number;
}

type ShownRun = Pick<RunAnswer, "runId" | "status"> & {
  readonly waiting?: { readonly code?: string };
};

/** Members of each file; the files of a refresh are told apart by their addresses. */
const ROWS_A_PART = 20;

/** S3 tells times to the second: no job begins in the one in which the job before has ended. */
const BETWEEN_JOBS_MILLISECONDS = 1_100;

/** A run that has waited so long for a segment that nobody finishes is canceled. */
const WAITED_MILLISECONDS = 1_000;

/**
 * Jobs write segments into the whole system's bucket and are killed at random, while runs in sync mode `mirror` read:
 * after each run the list must hold what it held before, or one whole refresh.
 *
 * @param report is told each wrong list
 */
export async function playWriters(
  {
    count,
    seed,
  }: {
    /** Jobs with a marker that are killed. */
    readonly count: number;
    readonly seed: number;
  },
  report: (text: string) => void,
): Promise<ReadonlyMap<string, WriterTally>> {
  const system = await startSystem();
  try {
    const tallies = new Map<string, WriterTally>();
    const connectionId = await system.createConnection();
    const { accountId } = system.laptop.klaviyo.first;
    for (const [at, writer] of [...markedWriters, unmarkedWriter].entries()) {
      const tally = { jobs: 0, killed: 0, sent: 0, waited: 0, wrong: 0 };
      tallies.set(writer.name, tally);
      // The unmarked ones are there to be compared with: fewer will do.
      const kills = Math.ceil(count / markedWriters.length / (writer === unmarkedWriter ? 2 : 1));
      const { id: listId } = system.laptop.klaviyo.createList(accountId, { name: writer.name });
      await playWriter(
        { system, writer, tally, connectionId, listId, random: createRandom(seed, at) },
        kills,
        report,
      );
    }
    return tallies;
  } finally {
    await system.close();
  }
}

interface Play {
  readonly system: System;
  readonly writer: Writer;
  readonly tally: WriterTally;
  readonly connectionId: string;
  readonly listId: string;
  readonly random: ReturnType<typeof createRandom>;
}

async function playWriter(
  play: Play,
  kills: number,
  report: (text: string) => void,
): Promise<void> {
  const { system, writer, tally, connectionId, listId, random } = play;
  const segment = writer.name;
  const folder = folderOf(system, segment);
  const wholes = new Set<string>();
  let exportId: string | undefined;
  for (let number = 1; tally.killed < kills; number += 1) {
    const parts = Array.from({ length: writer.files ?? random.between(2, 5) }, (_, part) =>
      membersOf(number, part),
    );
    wholes.add(parts.flat().toSorted().join());
    const requests = await writer.write(folder, {
      number,
      parts: parts.map((members) => ["Email", ...members, ""].join("\n")),
    });
    // The first is written whole, so that there is something to set a marker for and to export.
    const made =
      number > 1 && random.chance(0.5) ? random.between(1, requests.length - 1) : requests.length;
    const pace = random.between(0, 150);
    const begins = random.between(0, Math.round(made * pace * 1.3));
    tally.jobs += 1;
    tally.killed += made < requests.length ? 1 : 0;
    const job = async (): Promise<void> => {
      for (const request of requests.slice(0, made)) {
        await request();
        await delay(pace);
      }
    };
    if (exportId === undefined) {
      await job();
      const body = { marker: writer.marker };
      await system.call("PUT", `/segments/${segment}/settings`, { body });
      exportId = await system.createExport(connectionId, {
        ...{ listId, segments: [segment], syncMode: "mirror" },
      });
    } else {
      const before = system.members(listId).join();
      const [, run] = await Promise.all([
        job(),
        delay(begins).then(() => runOnce(system, exportId!)),
      ]);
      const after = system.members(listId).join();
      const isSent = after !== before;
      tally[isSent ? "sent" : "waited"] += 1;
      if (isSent && !wholes.has(after)) {
        tally.wrong += 1;
        report(
          `${writer.name}, job ${number}, run ${run.runId} (${run.status}): ${partsOf(after)}`,
        );
      }
    }
    await delay(BETWEEN_JOBS_MILLISECONDS);
  }
}

/** Runs until it ends; one that waits for the segment for too long is canceled. */
async function runOnce(system: System, exportId: string): Promise<ShownRun> {
  const started = await system.startRun(exportId, "incremental", { allowMassRemoval: true });
  let waitsSince: number | undefined;
  for (;;) {
    const { body } = await system.call<ShownRun>("GET", `/runs/${started.runId}`);
    if (isTerminal(body.status)) {
      return body;
    }
    waitsSince = body.waiting === undefined ? undefined : (waitsSince ?? Date.now());
    if (waitsSince !== undefined && Date.now() - waitsSince > WAITED_MILLISECONDS) {
      await system.call("POST", `/runs/${started.runId}/cancel`);
      return system.ended(started.runId);
    }
    await delay(100);
  }
}

/** Of which files the members are. */
function partsOf(members: string): string {
  return [...new Set(members.match(/refresh-\d+-part-\d+/g))].join(", ");
}

function membersOf(number: number, part: number): string[] {
  return Array.from(
    { length: ROWS_A_PART },
    (_, row) => `refresh-${number}-part-${part}-${row}@example.com`,
  );
}

function folderOf(system: System, segment: string): WrittenFolder {
  const bucket = system.laptop.environment.resources.outputs["SegmentsBucketName"];
  const prefix = `segments/${segment}/`;
  const { s3 } = system.clients;
  return {
    put: (name, content) => system.putSegment(segment, { [name]: content }),
    remove: async (name) => {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + name }));
    },
    list: async () => {
      const { Contents: found = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return found.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(prefix.length)]));
    },
  };
}
