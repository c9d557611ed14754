import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startKlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import { AwsFailure } from "../../shared/adapters/aws/aws-failure";
import { problem } from "../../shared/domain/problems/problem";
import { isTerminal, type Run } from "../../shared/domain/runs/run";
import { usualRunOptions } from "../../shared/domain/runs/run-options";
import { settleDeadLetter } from "../../shared/use-cases/runs/settle/settle-dead-letter";
import { startRun } from "../../shared/use-cases/runs/start/start-run";
import { stopRun } from "../../shared/use-cases/runs/stop-run";
import { watchRuns } from "../../shared/use-cases/runs/watch/watch-runs";
import { fakeClock } from "../support/fakes/clock-and-ids";
import type { History, HistoryStep } from "./history";
import {
  afterRun,
  judgeHistoryRun,
  newSituation,
  noteDestination,
  noteLoss,
  type HistoryRun,
  type Situation,
} from "./judge-history";
import { asCsv, mappingForms, membersOf, profileText } from "./segment-life";
import { createSystemInProcess, type Place, type SystemInProcess } from "./system-in-process";
import type { HistoryTally } from "./tally";
import { Killed } from "./worker";

/** As the queues of the stack: a message that failed so often is a dead letter. */
const MOST_RECEIVES = 5;
const MOST_MESSAGES = 30_000;

const noTrouble = { refusalRate: 0, lostAnswerRate: 0, outage: undefined };

/** Between two runs: jobs that a run left behind have come to their end. */
const BETWEEN_RUNS_MILLISECONDS = 600_000;

/**
 * Plays a history on the use cases, with real DuckDB and a real simulator over HTTP, and stores, queues and
 * a clock in memory, so that a thousand take minutes. Returns what is wrong, a sentence each.
 */
export async function playHistory(history: History, tally: HistoryTally): Promise<string[]> {
  const clock = fakeClock();
  const simulator = await startKlaviyoSimulator({
    now: () => clock.now().getTime(),
    rateLimitScale: Infinity,
    processingTime: { queued: 100, fixed: 100, perProfile: 1 },
    seed: history.seed,
  });
  const root = await mkdtemp(join(tmpdir(), "history-"));
  try {
    return await play(history, createSystemInProcess(history, { clock, simulator, root }), tally);
  } finally {
    await simulator.close();
    await rm(root, { recursive: true, force: true });
  }
}

async function play(
  history: History,
  system: SystemInProcess,
  tally: HistoryTally,
): Promise<string[]> {
  const situation = newSituation();
  const wrong: string[] = [];
  await mkdir(dirname(system.segmentFile), { recursive: true });
  for (const [index, step] of history.steps.entries()) {
    const judged = await playStep(history, index, { system, situation, tally });
    const found = judgeHistoryRun(situation, judged);
    wrong.push(...found.map((sentence) => `run ${String(index + 1)}: ${sentence}`));
    afterRun(situation, judged);
    count(tally, judged, step, history.steps[index - 1]);
  }
  tally.histories += 1;
  tally.kills += system.danger.kills;
  tally.awsRefusals += system.aws.refused;
  tally.awsLostAnswers += system.aws.lost;
  tally.clocksApart += history.clocks.length > 1 ? 1 : 0;
  return wrong;
}

async function playStep(
  history: History,
  index: number,
  {
    system,
    situation,
    tally,
  }: { system: SystemInProcess; situation: Situation; tally: HistoryTally },
): Promise<HistoryRun> {
  const { exports, clock, simulator, danger, aws } = system;
  const step = history.steps[index]!;
  const place = system.places[step.destination]!;
  const { mapping } = mappingForms[step.mapping]!;
  await writeFile(system.segmentFile, asCsv(step.rows));
  const { snapshot } = exports.stored.get("export-1")!;
  let isLost = false;
  if (step.loss !== undefined && snapshot !== undefined) {
    const path = system.workFile(snapshot.key);
    await (step.loss.how === "lost" ? rm(path, { force: true }) : writeFile(path, "no"));
    if (!step.loss.rebuildable) {
      await rm(system.workFile("staging"), { recursive: true, force: true });
      isLost = true;
    }
    tally.lostSnapshots += 1;
  }
  const { connectionId, listId } = place;
  exports.stored.set("export-1", {
    ...exports.stored.get("export-1")!,
    ...{ connectionId, listId, mapping, syncMode: step.syncMode },
  });
  simulator.setFaults({
    seed: history.seed + index,
    rules: [
      { kind: "refuseProfile", emails: [...step.refused] },
      { kind: "failProfile", emails: [...step.failed], payload: "mixed" },
      ...step.faults,
    ],
  });
  clock.advance(BETWEEN_RUNS_MILLISECONDS);
  const before = system.observe();
  if (isLost) {
    // Jobs that a run left behind have put people on the list, too, of whom nobody knows any more.
    noteLoss(situation, before.lists);
  }
  noteDestination(situation, listId, before.lists);
  const sentBefore = system.profilesSent();

  const { runId } = await startRun(system.safe, {
    exportId: "export-1",
    trigger: "onDemand",
    options: {
      ...usualRunOptions,
      ...{ mode: step.mode, allowMassRemoval: step.allowMassRemoval, reconcile: step.reconcile },
    },
    caller: { userId: "contributor-1" },
  });
  danger.rate = step.crashRate;
  aws.trouble = step.awsTrouble;
  const run = await drive(runId, { step, place, system, tally });
  danger.rate = 0;
  aws.trouble = noTrouble;
  aws.down = undefined;
  if (step.revokeKeyAfter !== undefined) {
    system.replaceKey(place);
  }
  return {
    ...{ run, step, listId, before, accountId: place.accountId },
    members: membersOf(step.rows, mappingForms[step.mapping]!),
    isLast: index === history.steps.length - 1,
    after: system.observe(),
    sent: system.profilesSent() - sentBefore,
  };
}

/** Delivers messages until the run has ended and nothing is left on the queues. */
async function drive(
  runId: string,
  {
    step,
    place,
    system,
    tally,
  }: {
    step: HistoryStep;
    place: Place;
    system: SystemInProcess;
    tally: HistoryTally;
  },
): Promise<Run> {
  const { runs, exports, line, clock, random, safe, aws } = system;
  for (let handled = 0; handled < MOST_MESSAGES; handled += 1) {
    if (handled === step.cancelAfter) {
      await stopRun(safe, runId, problem("runCanceled"));
      tally.cancels += 1;
    }
    if (handled === step.revokeKeyAfter) {
      system.revokeKey(place);
      tally.keysRevoked += 1;
    }
    const held = line.next();
    if (held === undefined) {
      const run = runs.stored.get(runId)!;
      if (isTerminal(run.status) && exports.stored.get("export-1")?.currentRun === undefined) {
        return run;
      }
      clock.advance(400_000);
      await watchRuns(safe);
      if (line.waiting.length === 0) {
        await line.settle("", runId);
      }
      continue;
    }
    clock.advance(Math.max(0, held.dueAt - clock.now().getTime()));
    if (held.receives >= MOST_RECEIVES) {
      tally.deadLetters += 1;
      await settleDeadLetter(safe, held.message);
      continue;
    }
    if (random.chance(step.copyRate)) {
      tally.copies += 1;
      line.comeBack({ ...held, receives: -1 }, random.between(0, 3_000));
    }
    const { outage } = aws.trouble;
    if (outage?.afterMessages === handled) {
      const until = clock.now().getTime() + outage.seconds * 1_000;
      aws.down = { service: outage.service, until };
      tally.outages += 1;
    }
    try {
      await system.handle(held.message);
    } catch (error) {
      if (error instanceof AwsFailure) {
        // Put off by whoever handles messages, for as long as AWS is in trouble; that is no try.
        line.putOff(held, random.between(1_000, 30_000));
        continue;
      }
      if (!(error instanceof Killed)) {
        throw error;
      }
      line.comeBack(held, 2_000);
      // A worker's lease is over, by every clock, before its message comes again.
      clock.advance(115_000);
    }
  }
  throw new Error(`the run does not end: ${JSON.stringify(runs.stored.get(runId))}`);
}

function count(
  tally: HistoryTally,
  { run, before, after, accountId }: HistoryRun,
  step: HistoryStep,
  previous: HistoryStep = step,
): void {
  tally.runs += 1;
  tally.guarded += run.problem?.code === "removalGuard" ? 1 : 0;
  tally.remapped += step.mapping === previous.mapping ? 0 : 1;
  tally.moved += step.destination === previous.destination ? 0 : 1;
  tally.imported += run.numbers.imported;
  tally.unchanged += run.numbers.unchanged;
  tally.refused += run.numbers.refused;
  tally.unsent += run.numbers.unsent;
  tally.removed += run.removals.removed;
  tally.unremoved += run.removals.unremoved;
  for (const [key, was] of before.profiles) {
    const isNew = was === profileText();
    tally.changed += !isNew && key.startsWith(accountId) && after.profiles.get(key) !== was ? 1 : 0;
  }
}
