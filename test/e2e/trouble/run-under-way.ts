import { expect } from "@jest/globals";
import { eventually } from "../../integration/local/eventually";
import { startSystem, type RunAnswer, type System } from "../../support/system";
import { addAccount, csv } from "../../support/system-steps";

export const ROWS = 100;
const CHUNK = 20;

/** A system whose runs have several chunks, and are still for long enough at once. */
export const startSystemOfSmallChunks = (): Promise<System> =>
  startSystem({
    environmentOverrides: {
      TUNING_CHUNK_PROFILES: String(CHUNK),
      // For the watch, every run has been still for long enough.
      TUNING_STILL_AFTER_SECONDS: "1",
    },
  });

/** Lets Klaviyo go on as usual: after each test with a run under way. */
export function letKlaviyoGoOn({ laptop: { klaviyo } }: System): void {
  klaviyo.releaseJobs();
  klaviyo.setFaults({});
}

/**
 * A run on an account of its own of whose chunks Klaviyo has taken one, and takes no other. It holds that one's job,
 * so that the run can't end by itself, however fast the machine is.
 */
export async function aRunUnderWay(system: System, account: string) {
  const { klaviyo } = system.laptop;
  const { apiKey, listId } = addAccount(system, account);
  const connectionId = await system.createConnection({ apiKey });
  await system.putSegment(account, { "a.csv": csv(ROWS, account) });
  const exportId = await system.createExport(connectionId, { listId, segments: [account] });
  klaviyo.holdJobs();
  klaviyo.setFaults({
    rules: [
      {
        ...{ kind: "throttle", rate: 1, spared: 1, retryAfterSeconds: 10 },
        operations: ["bulk_import_profiles"],
      },
    ],
  });
  const { runId } = await system.startRun(exportId);
  const jobs = () => klaviyo.jobs().filter(({ accountId }) => accountId === account).length;
  await eventually(() => jobs() > 0);
  return { listId, connectionId, exportId, runId, jobs };
}

/** The run's end once Klaviyo goes on with what it has. */
export async function endOf(system: System, runId: string): Promise<RunAnswer> {
  system.laptop.klaviyo.releaseJobs();
  return system.ended(runId);
}

export function expectStopped(system: System, run: RunAnswer, listId: string, code: string): void {
  expect([run.status, run.problem?.code]).toEqual(["canceled", code]);
  // What was sent was waited for: no more and no less is on the list than the run says.
  expect(run.numbers).toMatchObject({ imported: CHUNK, unsent: ROWS - CHUNK });
  expect(system.members(listId)).toHaveLength(CHUNK);
}
