import {
  generatedProfiles,
  GENERATED_EMAIL_FIELD,
  GENERATED_FIELDS,
} from "../../infra/local/generated-segment";
import { endpointLimits } from "../../shared/domain/klaviyo/rate-limit";
import type { Run } from "../../shared/domain/runs/run";
import { startMeasuredSystem, type MeasuredSystem } from "../support/system";
import { announced, endedRun } from "./await-end";
import { usedBetween } from "./cost/usage";
import { leastSpanSeconds } from "./floor";
import type { EnvironmentStatistics } from "../../infra/local/environment";

/** What happens to the segment between the runs, each of so many of its members. */
const SHARE = 0.001;

/** More rows go into several files: so that none is too large for one request to the embedded S3. */
const ROWS_A_FILE = 1_000_000;

/** The field that changes, which the mapping names beside the email. */
const CHANGED_FIELD: (typeof GENERATED_FIELDS)[number] = "FirstName";

/** A second run in sync mode mirror, after a little has changed. */
export interface SecondRun {
  readonly profiles: number;
  readonly status: string;
  readonly expected: {
    /** Changed and joined. */
    readonly sent: number;
    readonly removed: number;
    readonly onList: number;
  };
  readonly numbers: Run["numbers"];
  readonly removals: Run["removals"];
  /** Members of the list afterwards, as Klaviyo counts them. */
  readonly onList: number;
  /** Profiles in the bodies that Klaviyo took. */
  readonly sent: number;
  readonly throttled: number;
  /** From the request to the end, as the run itself says. */
  readonly seconds: number;
  /** For which nobody but Klaviyo can be blamed: its work on the jobs, and its limits between the calls. */
  readonly waitingSeconds: number;
  readonly usage: EnvironmentStatistics;
}

/** Exports a segment, changes a little of it, exports it again, and measures that second run. */
export async function measureSecondRun(profiles: number): Promise<SecondRun> {
  const system = await startMeasuredSystem();
  try {
    const { klaviyo, environment } = system.laptop;
    const few = Math.round(profiles * SHARE);
    const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
    const { id: listId } = await klaviyo.createList(klaviyo.first.accountId, { name: "second" });
    // Those who join are the last rows, those who leave the first, and those who change follow these.
    await putRows(system, { profiles, from: 0, to: profiles - few, changedUpTo: 0 });
    const exportId = await system.createExport(connectionId, {
      ...{ segments: [SEGMENT], listId, syncMode: "mirror" },
      mapping: { email: GENERATED_EMAIL_FIELD, first_name: CHANGED_FIELD },
    });
    const first = await run(system, exportId);
    if (first.status !== "successful") throw new Error(`The first run ended ${first.status}.`);

    await putRows(system, { profiles, from: few, to: profiles, changedUpTo: 2 * few });
    await klaviyo.resetStatistics();
    const jobsBefore = (await klaviyo.jobs()).length;
    const before = environment.statistics();
    const second = await run(system, exportId);
    const usage = usedBetween(before, environment.statistics());
    const statistics = await klaviyo.statistics();
    const jobs = (await klaviyo.jobs()).slice(jobsBefore);
    return {
      profiles,
      status: second.status,
      expected: { sent: 2 * few, removed: few, onList: profiles - few },
      numbers: second.numbers,
      removals: second.removals,
      onList: (await klaviyo.list(listId)).members,
      sent: statistics.profilesAccepted,
      throttled: statistics.throttled,
      seconds: second.seconds,
      waitingSeconds:
        workingSeconds(jobs) +
        leastSpanSeconds(
          answered(statistics, "get_profiles_for_list"),
          endpointLimits.listProfiles,
        ) +
        leastSpanSeconds(
          answered(statistics, "remove_profiles_from_list"),
          endpointLimits.removeFromList,
        ),
      usage,
    };
  } finally {
    await system.close();
  }
}

const SEGMENT = "second-run";

async function run(
  system: MeasuredSystem,
  exportId: string,
): Promise<Awaited<ReturnType<typeof endedRun>>> {
  const { runId } = await system.startRun(exportId);
  await announced(system, runId);
  return endedRun(system, runId);
}

/** Rows from and to a position, as files whose borders do not move. */
async function putRows(
  system: MeasuredSystem,
  {
    profiles,
    from,
    to,
    changedUpTo,
  }: { profiles: number; from: number; to: number; changedUpTo: number },
): Promise<void> {
  const header = `${GENERATED_FIELDS.join(",")}\n`;
  const changedCell = GENERATED_FIELDS.indexOf(CHANGED_FIELD);
  let lines: string[] = [];
  let files = 0;
  const put = async (): Promise<void> => {
    files += 1;
    const name = `members-${String(files).padStart(3, "0")}.csv`;
    await system.putSegment(SEGMENT, { [name]: header + lines.join("") });
    lines = [];
  };
  let position = 0;
  for (const { fields } of generatedProfiles({ profiles })) {
    if (position >= from && position < to) {
      const cells = position < changedUpTo ? fields.with(changedCell, "Changed") : fields;
      lines.push(`${cells.join(",")}\n`);
    }
    position += 1;
    if (position % ROWS_A_FILE === 0 || position === profiles) await put();
  }
}

/** From the first job's arrival to the completion of the last. */
function workingSeconds(
  jobs: readonly { readonly createdAt: number; readonly completeAt: number }[],
): number {
  if (jobs.length === 0) return 0;
  const began = Math.min(...jobs.map(({ createdAt }) => createdAt));
  const ended = Math.max(...jobs.map(({ completeAt }) => completeAt));
  return (ended - began) / 1_000;
}

function answered(
  { answers }: { readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>> },
  operation: string,
): number {
  return Object.values(answers[operation] ?? {}).reduce((sum, number) => sum + number, 0);
}
