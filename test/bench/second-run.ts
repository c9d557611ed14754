import { parseArgs } from "node:util";
import { Readable } from "node:stream";
import { GENERATED_EMAIL_FIELD, generatedSegment } from "../../infra/local/generated-segment";
import type { Run } from "../../shared/domain/run";
import { startSystem, type System } from "../support/system";

/** What happened to a segment between two runs, as shares of its members. */
export interface SegmentChange {
  readonly changed: number;
  readonly joined: number;
  readonly left: number;
}

export interface SecondRun {
  readonly profiles: number;
  readonly status: string;
  /** How many changed, joined and left, and what the run made of them. */
  readonly expected: { readonly changed: number; readonly joined: number; readonly left: number };
  readonly numbers: Run["numbers"];
  readonly removals: Run["removals"];
  /** Whether exactly the changed and joined were sent, and exactly the left removed. */
  readonly exact: boolean;
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  /** From the first job's arrival to its completion: the time for which Klaviyo alone was busy. */
  readonly klaviyoSeconds: number;
  /** The second run's time beyond that. */
  readonly ownSeconds: number;
}

type AnsweredRun = Pick<Run, "numbers" | "removals" | "status"> & { timings: { seconds: number } };

/**
 * Exports a segment in sync mode mirror, changes a little of it, exports it again, and measures the second
 * run on the whole system with Klaviyo's real limits. `changed` needs a `mapping` with a further field,
 * whose cells `change` alters.
 */
export async function measureSecondRun(
  system: System,
  options: {
    profiles: number;
    change: SegmentChange;
    mapping?: object;
    changeLine?: (line: string) => string;
  },
): Promise<SecondRun> {
  const { profiles, change, changeLine } = options;
  const { klaviyo } = system.laptop;
  const segment = `second-run-${String(profiles)}`;
  const [header = "", ...lines] = await linesOf(profiles);
  const listId = klaviyo.createList(klaviyo.first.accountId, { name: segment }).id;
  const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
  const joined = Math.round(profiles * change.joined);
  const left = Math.round(profiles * change.left);
  const changed = changeLine === undefined ? 0 : Math.round(profiles * change.changed);
  const put = (content: readonly string[]): Promise<void> =>
    system.putSegment(segment, { "members.csv": `${[header, ...content].join("\n")}\n` });

  // Those who join are the last lines, those who leave the first.
  await put(lines.slice(0, lines.length - joined));
  const exportId = await system.createExport(connectionId, {
    ...{ segments: [segment], listId, syncMode: "mirror" },
    mapping: options.mapping ?? { email: GENERATED_EMAIL_FIELD },
  });
  const first = await finished(system, exportId);
  const unchanged = lines
    .slice(left)
    .map((line, index) => (index < changed && changeLine !== undefined ? changeLine(line) : line));
  await put(unchanged);
  const jobsBefore = klaviyo.jobs().length;
  const second = await finished(system, exportId);
  const jobs = klaviyo.jobs().slice(jobsBefore);
  const klaviyoSeconds =
    jobs.length === 0
      ? 0
      : (Math.max(...jobs.map((job) => job.completeAt)) -
          Math.min(...jobs.map((job) => job.createdAt))) /
        1_000;
  return {
    profiles,
    status: second.status,
    expected: { changed, joined, left },
    numbers: second.numbers,
    removals: second.removals,
    exact:
      second.numbers.imported === changed + joined &&
      second.removals.removed === left &&
      second.removals.leaving === left &&
      klaviyo.list(listId).members === lines.length - left,
    firstSeconds: first.timings.seconds,
    secondSeconds: second.timings.seconds,
    klaviyoSeconds,
    ownSeconds: second.timings.seconds - klaviyoSeconds,
  };
}

async function linesOf(profiles: number): Promise<string[]> {
  const pieces: Buffer[] = [];
  const generated = generatedSegment({ profiles, blank: 0, invalid: 0, duplicates: 0 });
  for await (const piece of Readable.from(generated)) {
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString("utf8").trimEnd().split(/\r?\n/);
}

async function finished(system: System, exportId: string): Promise<AnsweredRun> {
  return (await system.run(exportId)) as unknown as AnsweredRun;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      profiles: { type: "string", default: "1000000" },
      share: { type: "string", default: "0.001" },
      json: { type: "boolean", default: false },
    },
  });
  const share = Number(values.share);
  const system = await startSystem();
  try {
    const measured = await measureSecondRun(system, {
      profiles: Number(values.profiles),
      change: { changed: share, joined: share, left: share },
    });
    const { numbers, removals, exact } = measured;
    console.log(
      values.json
        ? JSON.stringify(measured)
        : `${measured.profiles.toLocaleString("en")} profiles, second run in sync mode mirror: ` +
            `${measured.status} after ${measured.secondSeconds.toFixed(1)} s, of which Klaviyo took ` +
            `${measured.klaviyoSeconds.toFixed(1)} s; ${String(numbers.imported)} sent, ` +
            `${String(removals.removed)} removed, ${exact ? "exactly right" : "NOT as expected"}`,
    );
    return exact ? 0 : 1;
  } finally {
    await system.close();
  }
}

if (require.main === module) {
  void main().then((code) => {
    process.exit(code);
  });
}
