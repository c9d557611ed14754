import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal } from "../../shared/domain/runs/run";
import type { RunAnswer } from "../support/system";
import type { ChaosSystem } from "./chaos-system";
import { makeTrouble, type Target } from "./make-trouble";
import { judgeRemoval, judgeRun, judgeUndisturbed, withoutLeavers, type SeenRun } from "./oracle";
import type { Schedule } from "./schedule";
import type { Tally } from "./tally";
import { faultlessAfter } from "./without-faults";

/** A run that has not ended by then never will, as far as a test can tell. */
const PATIENCE_MILLISECONDS = 180_000;

/** After so long AWS is well again: what is waited out for hours need not be waited for here. */
const AWS_TROUBLE_MILLISECONDS = 30_000;

/** The watchdog's schedule is a minute; here it looks more often. */
const WATCH_MILLISECONDS = 1_500;

/**
 * Lets a schedule's runs meet its faults and troubles, waits until all have ended, and judges them; then
 * runs each export once more undisturbed. Returns what is wrong, a sentence each. However that ends, it
 * leaves no faults on and no messages of its runs behind.
 */
export async function runSchedule(
  system: ChaosSystem,
  schedule: Schedule,
  tally: Tally,
): Promise<string[]> {
  const { klaviyo, environment } = system.laptop;
  const troubles = { made: Promise.resolve() };
  try {
    return await faultlessAfter({ klaviyo, aws: environment.faults }, (clear) =>
      play(system, schedule, tally, { clear, troubles }),
    );
  } catch (error) {
    await troubles.made.catch(() => undefined);
    await system.purgeQueues();
    throw error;
  }
}

async function play(
  system: ChaosSystem,
  schedule: Schedule,
  tally: Tally,
  { clear, troubles }: { clear: () => void; troubles: { made: Promise<void> } },
): Promise<string[]> {
  const { klaviyo } = system.laptop;
  const aws = system.laptop.environment.faults;
  const account = klaviyo.addAccount({
    lists: schedule.segments.map((_, run) => ({ name: `List ${String(run)}` })),
  });
  const apiKey = account.keys[0]!.key;
  const connectionId = await system.createConnection({ apiKey });
  const exportIds = await Promise.all(
    schedule.segments.map(async ({ files }, run) => {
      const segment = `chaos-${String(schedule.seed)}-${String(run)}`;
      const leavers = schedule.leavers?.[run];
      await system.putSegment(segment, leavers === undefined ? files : fileOf(leavers));
      const listId = account.lists[run]!.id;
      const syncMode = schedule.leavers === undefined ? "upsert" : "mirror";
      return system.createExport(connectionId, { listId, segments: [segment], syncMode });
    }),
  );

  if (schedule.leavers !== undefined) {
    await putLeaversOnLists(system, schedule, exportIds);
    tally.add("mirrors", exportIds.length);
  }
  const { seed, faults, mostErrors } = schedule;
  klaviyo.setFaults({
    seed,
    rules: [...faults],
    mostErrors,
  });
  const before = klaviyo.statistics();
  const redeliveredBefore = system.redeliveries();
  const runIds = await startAll(system, exportIds);
  const target: Target = { connectionId, accountId: account.id, apiKey, runIds, exportIds };
  const struckBefore = aws.struck();
  aws.set({ seed: schedule.seed, rules: [...schedule.awsFaults] });
  troubles.made = makeTrouble(system, target, schedule.troubles, tally);
  const calm = setTimeout(() => aws.set({ rules: [] }), AWS_TROUBLE_MILLISECONDS);
  const ended = await allEnded(system, runIds).finally(() => clearTimeout(calm));
  await troubles.made;
  const fates = new Map(
    schedule.segments.flatMap(({ rows }) =>
      rows.map(({ email }) => [email, klaviyo.fateOf(email)] as const),
    ),
  );
  countFaults(before, klaviyo.statistics(), tally);
  tally.addAws(struckBefore, aws.struck());
  clear();

  const wrong: string[] = [];
  const seen = await Promise.all(
    ended.map((run, index) => lookAt(system, run, account.lists[index]!.id)),
  );
  for (const [index, run] of seen.entries()) {
    const judged = judgeRun(
      schedule.segments[index]!,
      withoutLeavers(run, schedule.leavers?.[index] ?? []),
      (email) => fates.get(email) ?? "imported",
    );
    judged.push(...judgeRemoval(schedule.leavers?.[index] ?? [], run));
    wrong.push(...judged.map((sentence) => `run ${String(index)} (${run.run.runId}): ${sentence}`));
  }

  const deleted = new Set(
    schedule.troubles.flatMap((trouble) => (trouble.kind === "deleteExport" ? [trouble.run] : [])),
  );
  const again = [...exportIds.keys()].filter((index) => !deleted.has(index));
  const secondIds = await startAll(
    system,
    again.map((index) => exportIds[index]!),
  );
  const second = await allEnded(system, secondIds);
  for (const [position, index] of again.entries()) {
    const run = await lookAt(system, second[position]!, account.lists[index]!.id);
    const judged = judgeUndisturbed(schedule.segments[index]!, seen[index]!, run);
    wrong.push(...judged.map((sentence) => `run ${String(index)} (${run.run.runId}): ${sentence}`));
  }
  if (system.leaks.length + tally.leaks.length > 0) {
    wrong.push("a log line or a message gives away an address or a key");
  }
  if (klaviyo.statistics().duplicatesInJobs > 0) {
    wrong.push("a job held a profile twice");
  }
  tally.add("redeliveries", system.redeliveries() - redeliveredBefore);
  tally.add("schedules");
  tally.add("runs", runIds.length + secondIds.length);
  return wrong;
}

/** A file of people; none of them makes an empty file with the fields of the others. */
function fileOf(emails: readonly string[]): Record<string, string> {
  const lines = emails.map((email, row) => `${String(row)},${email},`);
  return { "leavers.csv": `${["Id,Email,Note", ...lines].join("\n")}\n` };
}

/** An undisturbed run puts the leavers on the lists; then they leave the segments, and the others join. */
async function putLeaversOnLists(
  system: ChaosSystem,
  { seed, segments }: Schedule,
  exportIds: readonly string[],
): Promise<void> {
  await allEnded(system, await startAll(system, exportIds));
  for (const [run, { files }] of segments.entries()) {
    await system.putSegment(`chaos-${String(seed)}-${String(run)}`, { ...fileOf([]), ...files });
  }
}

async function startAll(system: ChaosSystem, exportIds: readonly string[]): Promise<string[]> {
  return Promise.all(
    exportIds.map(
      async (id) => (await system.startRun(id, undefined, { allowMassRemoval: true })).runId,
    ),
  );
}

/** Waits for all runs to end, with the watchdog looking after them. */
async function allEnded(system: ChaosSystem, runIds: readonly string[]): Promise<RunAnswer[]> {
  let stood = "";
  let giveUpAt = 0;
  let watchAt = Date.now() + WATCH_MILLISECONDS;
  for (;;) {
    const answers = await Promise.all(
      runIds.map((id) => system.call<RunAnswer>("GET", `/runs/${id}`)),
    );
    // While AWS is in trouble, the API may be too.
    const runs = answers.map(({ status, body }) => (status === 200 ? body : undefined));
    const ended = runs.flatMap((run) => (run !== undefined && isTerminal(run.status) ? [run] : []));
    if (ended.length === runIds.length) {
      return ended;
    }
    // How long it takes is the machine's affair; that it gets on is the system's.
    const stands = JSON.stringify(runs.map((run) => [run?.status, run?.phase, run?.progress]));
    if (stands !== stood) {
      stood = stands;
      giveUpAt = Date.now() + PATIENCE_MILLISECONDS;
    }
    if (Date.now() > giveUpAt) {
      throw new Error(`not all runs have ended: ${JSON.stringify(runs)}`);
    }
    if (Date.now() > watchAt) {
      watchAt = Date.now() + WATCH_MILLISECONDS;
      await system.laptop.environment.functions.invoke(system.functionNamed("watch-runs"), {});
    }
    await sleep(300);
  }
}

async function lookAt(system: ChaosSystem, run: RunAnswer, listId: string): Promise<SeenRun> {
  const hasReport = run.links.rejections !== undefined;
  return {
    run,
    report: hasReport ? await system.rejections(run) : undefined,
    members: system.members(listId),
  };
}

type Statistics = ReturnType<ChaosSystem["laptop"]["klaviyo"]["statistics"]>;

function countFaults(before: Statistics, after: Statistics, tally: Tally): void {
  const struck = (kind: string): number => (after.faults[kind] ?? 0) - (before.faults[kind] ?? 0);
  const answers = (statistics: Statistics, matches: (status: string) => boolean): number =>
    Object.values(statistics.answers)
      .flatMap((statuses) => Object.entries(statuses))
      .filter(([status]) => matches(status))
      .reduce((sum, [, count]) => sum + count, 0);
  const more = (matches: (status: string) => boolean): number =>
    answers(after, matches) - answers(before, matches);
  tally.add("throttled", after.throttled - before.throttled);
  tally.add(
    "serverErrors",
    more((status) => status.startsWith("5")),
  );
  tally.add("lostAnswers", more((status) => status === "reset") + struck("withoutId"));
  tally.add("firewalled", struck("firewall"));
  tally.add("refused", struck("refuseProfile"));
  tally.add("failed", struck("failProfile"));
  tally.add("cancelledJobs", struck("cancelJob"));
}
