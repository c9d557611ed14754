import { parseArgs } from "node:util";
import { Readable } from "node:stream";
import { GENERATED_EMAIL_FIELD, generatedSegment } from "../../infra/local/generated-segment";
import { startSystem, type System } from "../support/system";
import { endpointLimits } from "../../shared/domain/rate-limit";

/**
 * Measures how a run uses the account's rate limit, on the whole system with Klaviyo's real limits:
 * `npm run bench -- --profiles 1000000`. With `--beside N` another run of N profiles is started with it;
 * with `--others N` somebody else makes N import calls a second; with `--chunk N` chunks are smaller, which
 * makes many calls of few profiles.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      profiles: { type: "string", default: "1000000" },
      beside: { type: "string" },
      others: { type: "string" },
      chunk: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const system = await startSystem(
    values.chunk === undefined
      ? {}
      : { environmentOverrides: { PACE_CHUNK_PROFILES: values.chunk } },
  );
  try {
    const { klaviyo } = system.laptop;
    const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
    const sizes = [values.profiles, ...(values.beside === undefined ? [] : [values.beside])];
    const prepared = await Promise.all(
      sizes.map(async (size, index) => ({
        profiles: Number(size),
        ...(await prepareExport(system, connectionId, Number(size), index)),
      })),
    );
    if (values.others !== undefined) {
      klaviyo.setFaults({
        seed: 1,
        rules: [
          {
            kind: "otherUsers",
            operations: ["bulk_import_profiles"],
            requestsPerSecond: Number(values.others),
          },
        ],
      });
    }
    klaviyo.resetStatistics();
    const runs = await Promise.all(prepared.map(async ({ exportId }) => system.startRun(exportId)));
    const rows = await Promise.all(
      prepared.map(async ({ profiles, listId }, index) => {
        const run = await system.ended(runs[index]!.runId, 1_200_000);
        return { profiles, status: run.status, ...measure(system, listId), ...secondsOf(run) };
      }),
    );
    const { throttled, longestBusyMilliseconds } = klaviyo.statistics();
    if (values.json) {
      console.log(JSON.stringify({ runs: rows, throttled }));
      return;
    }
    for (const { profiles, status, jobs, pushingSeconds, rateUsed, seconds } of rows) {
      console.log(
        `${profiles.toLocaleString("en")} profiles: ${status} after ${seconds.toFixed(1)} s; ` +
          `${String(jobs)} jobs pushed in ${pushingSeconds.toFixed(1)} s, ` +
          `${(100 * rateUsed).toFixed(1)} % of the allowed rate`,
      );
    }
    console.log(
      `429 answers: ${String(throttled)} (the simulator was busy for ` +
        `${longestBusyMilliseconds.toFixed(0)} ms at the longest)`,
    );
  } finally {
    await system.close();
  }
}

async function prepareExport(
  system: System,
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
  const listId = klaviyo.createList(klaviyo.first.accountId, { name: segment }).id;
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
function measure(
  system: System,
  listId: string,
): { jobs: number; pushingSeconds: number; rateUsed: number } {
  const at = system.laptop.klaviyo
    .jobs()
    .filter((job) => job.listId === listId)
    .map(({ createdAt }) => createdAt)
    .sort((one, other) => one - other);
  const pushingSeconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1_000;
  const { burst, steady } = endpointLimits.createImportJob;
  const last = at.length - 1;
  const least = Math.floor(last / steady) * 60 + (last % steady) / burst;
  return {
    jobs: at.length,
    pushingSeconds,
    rateUsed: pushingSeconds === 0 ? 1 : least / pushingSeconds,
  };
}

void main().then(() => {
  process.exit(0);
});
