import { Readable } from "node:stream";
import { GENERATED_EMAIL_FIELD, generatedSegment } from "../../infra/local/generated-segment";
import { startMeasuredSystem, type MeasuredSystem } from "../support/system";
import { leastSpanSeconds } from "./floor";

export interface SharedOptions {
  /** Profiles of the runs, which start together. */
  readonly sizes: readonly number[];
  /** Import calls a second that somebody else makes on the account. */
  readonly others?: number | undefined;
  /** Most profiles of a chunk: smaller chunks make many calls of few profiles. */
  readonly chunkProfiles?: number | undefined;
}

export interface SharedRun {
  readonly profiles: number;
  readonly status: string;
  readonly seconds: number;
  readonly jobs: number;
  readonly pushingSeconds: number;
  /** The least time that the limits allow for these jobs, by the time that they took. */
  readonly rateUsed: number;
}

/** Measures how runs that start together use one account's rate limit, on the whole system. */
export async function measureShared(
  options: SharedOptions,
): Promise<{ readonly runs: readonly SharedRun[]; readonly throttled: number }> {
  const { sizes, others, chunkProfiles } = options;
  const system = await startMeasuredSystem(
    chunkProfiles === undefined
      ? {}
      : { environmentOverrides: { TUNING_CHUNK_PROFILES: String(chunkProfiles) } },
  );
  try {
    const { klaviyo } = system.laptop;
    const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
    const prepared = await Promise.all(
      sizes.map(async (profiles, index) => ({
        profiles,
        ...(await prepareExport(system, connectionId, profiles, index)),
      })),
    );
    if (others !== undefined) {
      await klaviyo.setFaults({
        seed: 1,
        rules: [
          {
            kind: "otherUsers",
            operations: ["bulk_import_profiles"],
            requestsPerSecond: others,
          },
        ],
      });
    }
    await klaviyo.resetStatistics();
    const started = await Promise.all(
      prepared.map(async ({ exportId }) => system.startRun(exportId)),
    );
    const runs = await Promise.all(
      prepared.map(async ({ profiles, listId }, index) => {
        const run = await system.ended(started[index]!.runId, 1_200_000);
        return {
          profiles,
          status: run.status,
          ...(await measure(system, listId)),
          ...secondsOf(run),
        };
      }),
    );
    return { runs, throttled: (await klaviyo.statistics()).throttled };
  } finally {
    await system.close();
  }
}

async function prepareExport(
  system: MeasuredSystem,
  connectionId: string,
  profiles: number,
  index: number,
): Promise<{ exportId: string; listId: string }> {
  const { klaviyo } = system.laptop;
  const segment = `bench-${String(index)}`;
  const pieces: Buffer[] = [];
  for await (const piece of Readable.from(generatedSegment({ profiles, seed: index + 1 }))) {
    pieces.push(piece as Buffer);
  }
  await system.putSegment(segment, { "members.csv": Buffer.concat(pieces) });
  const { id: listId } = await klaviyo.createList(klaviyo.first.accountId, { name: segment });
  const mapping = { email: GENERATED_EMAIL_FIELD };
  const exportId = await system.createExport(connectionId, {
    ...{ segments: [segment], mapping, listId },
  });
  return { exportId, listId };
}

function secondsOf(run: unknown): { seconds: number } {
  return (run as { timings: { seconds: number } }).timings;
}

/** From the first to the last job that Klaviyo took, against the least that its limits allow. */
async function measure(
  system: MeasuredSystem,
  listId: string,
): Promise<{ jobs: number; pushingSeconds: number; rateUsed: number }> {
  const at = (await system.laptop.klaviyo.jobs())
    .filter((job) => job.listId === listId)
    .map(({ createdAt }) => createdAt)
    .sort((one, other) => one - other);
  const pushingSeconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000;
  return {
    jobs: at.length,
    pushingSeconds,
    rateUsed: pushingSeconds === 0 ? 1 : leastSpanSeconds(at.length) / pushingSeconds,
  };
}
