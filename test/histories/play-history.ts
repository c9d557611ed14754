import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKlaviyoSimulator, type KlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import { createMemberPreparation } from "../../shared/adapters/duckdb/member-preparation";
import { createSubscriberStaging } from "../../shared/adapters/duckdb/subscriber-staging";
import { createRunAccounting } from "../../shared/adapters/duckdb/run-accounting";
import { createKlaviyo } from "../../shared/adapters/klaviyo/klaviyo";
import type { Message } from "../../shared/domain/messages";
import { defaultPace } from "../../shared/domain/pace";
import { problem } from "../../shared/domain/problem";
import { isTerminal, type Run } from "../../shared/domain/run";
import { confirmRun } from "../../shared/use-cases/confirm-run";
import { prepareRun } from "../../shared/use-cases/prepare-run";
import { pushChunk } from "../../shared/use-cases/push-chunk";
import { settleDeadLetter } from "../../shared/use-cases/settle-dead-letter";
import { rehearseSettlement } from "../../shared/use-cases/rehearse-settlement";
import { settleRun } from "../../shared/use-cases/settle-run";
import { startRun } from "../../shared/use-cases/start-run";
import { stopRun } from "../../shared/use-cases/stop-run";
import { watchRuns } from "../../shared/use-cases/watch-runs";
import { createRandom } from "../chaos/random";
import { aConnection, anExport } from "../support/builders";
import { directorySegmentSource, directoryWorkFiles } from "../support/directory-files";
import { directoryRunFiles } from "../support/directory-run-files";
import { fakeClock, fakeIds, fakeLimiter } from "../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../support/fakes/connection-store";
import { fakeExportStore } from "../support/fakes/export-store";
import { fakeLog } from "../support/fakes/log";
import { fakePreviewStore } from "../support/fakes/preview-store";
import { fakeRunData } from "../support/fakes/run-data";
import { fakeRunStore } from "../support/fakes/run-store";
import { fakeAnnouncer, fakeMetrics } from "../support/fakes/scheduling";
import { fakeSecretStore } from "../support/fakes/secret-store";
import type { Change, History, HistoryStep } from "./history";
import { judgeHistoryRun, type Situation } from "./judge-history";
import { createMessageLine, deadly, Killed, type Danger } from "./worker";

/** What histories survived. */
export interface HistoryTally {
  histories: number;
  runs: number;
  kills: number;
  copies: number;
  deadLetters: number;
  cancels: number;
  keysRevoked: number;
  guarded: number;
  lostSnapshots: number;
  removed: number;
  imported: number;
  refused: number;
  unsent: number;
  unremoved: number;
}
export const emptyHistoryTally = (): HistoryTally => ({
  ...{
    histories: 0,
    runs: 0,
    kills: 0,
    copies: 0,
    deadLetters: 0,
    cancels: 0,
    keysRevoked: 0,
    guarded: 0,
  },
  ...{ lostSnapshots: 0, removed: 0, imported: 0, refused: 0, unsent: 0, unremoved: 0 },
});

/** As the queues of the stack: a message that failed so often is a dead letter. */
const MOST_RECEIVES = 5;
const MOST_MESSAGES = 3_000;

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
    return await play(history, { clock, simulator, root }, tally);
  } finally {
    await simulator.close();
    await rm(root, { recursive: true, force: true });
  }
}

async function play(
  history: History,
  {
    clock,
    simulator,
    root,
  }: { clock: ReturnType<typeof fakeClock>; simulator: KlaviyoSimulator; root: string },
  tally: HistoryTally,
): Promise<string[]> {
  const random = createRandom(history.seed, 61);
  const danger: Danger = { rate: 0, kills: 0 };
  const { accountId, listId } = simulator.first;
  let { apiKey } = simulator.first;
  const account = { id: accountId, organizationName: "Example Shop" };
  const connectionOf = (connectionId: string) =>
    aConnection({ connectionId, displayName: connectionId, account, secretArn: connectionId });
  const connectionIds = ["connection-1", "connection-2"];
  const work = join(root, "work");
  const segments = join(root, "segments");
  const source = directorySegmentSource(segments);
  const options = {
    source,
    files: directoryWorkFiles(work),
    memoryMegabytes: 512,
    workDirectory: root,
    chunkLimits: { maxProfiles: 7, maxBytes: 5_000_000 },
  };
  const exports = fakeExportStore(anExport({ listId, syncMode: "mirror" }));
  const runs = fakeRunStore();
  const line = createMessageLine(() => clock.now().getTime());
  const log = fakeLog();
  const secrets = fakeSecretStore(Object.fromEntries(connectionIds.map((id) => [id, apiKey])));
  const parts = {
    connections: fakeConnectionStore(...connectionIds.map(connectionOf)),
    exports: deadly(exports, random, danger),
    runs: deadly(runs, random, danger),
    secrets,
    segments: source,
    preparation: createMemberPreparation(options),
    accounting: deadly(createRunAccounting(options), random, danger),
    subscribers: createSubscriberStaging(options),
    previews: fakePreviewStore(),
    files: deadly(directoryRunFiles(work), random, danger),
    klaviyo: deadly(createKlaviyo(simulator.url), random, danger),
    limiter: fakeLimiter(clock),
    queues: deadly(line, random, danger),
    data: fakeRunData(),
    announcer: fakeAnnouncer(),
    metrics: fakeMetrics(),
    stage: "test",
    clock,
    ids: fakeIds(),
    pace: { ...defaultPace, longestRetrySeconds: 4, rehearsalMembers: 1 },
    log,
  };
  const safe = { ...parts, exports, runs, queues: line };
  const situation: Situation = { mayHaveLost: false, outsiders: history.outsiders };
  simulator.seedProfiles(accountId, history.outsiders, listId);

  const handle = async (message: Message): Promise<void> => {
    const deadline = new Date(clock.now().getTime() + 900_000);
    switch (message.step) {
      case "prepare":
        return prepareRun(parts, message, deadline);
      case "push":
        return pushChunk(parts, message, deadline);
      case "confirm":
        return confirmRun(parts, message, deadline);
      case "settle":
        return settleRun(parts, message.runId);
      case "rehearse":
        return rehearseSettlement(parts, message.runId);
      case "subscribe":
      case "preview":
      case "start":
      case "due":
        throw new Error("nobody sends these here");
    }
  };

  /** Delivers messages until the run has ended and nothing is left on the queues. */
  const drive = async (runId: string, step: HistoryStep): Promise<Run> => {
    for (let handled = 0; handled < MOST_MESSAGES; handled += 1) {
      if (handled === step.cancelAfter) {
        await stopRun(safe, runId, problem("runCanceled"));
        tally.cancels += 1;
      }
      if (handled === step.revokeKeyAfter) {
        simulator.revokeKey(apiKey);
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
        situation.mayHaveLost ||= held.message.step === "settle";
        await settleDeadLetter(safe, held.message);
        continue;
      }
      if (random.chance(step.copyRate)) {
        tally.copies += 1;
        line.comeBack({ ...held, receives: -1 }, random.between(0, 3_000));
      }
      try {
        await handle(held.message);
      } catch (error) {
        if (!(error instanceof Killed)) {
          throw error;
        }
        line.comeBack(held, 2_000);
        // A worker's lease is over before its message comes again.
        clock.advance(80_000);
      }
    }
    throw new Error(`the run does not end: ${JSON.stringify(runs.stored.get(runId))}`);
  };

  const change = async (wanted: Change): Promise<void> => {
    const stored = exports.stored.get("export-1")!;
    switch (wanted) {
      case "loseSnapshot":
      case "damageSnapshot":
        if (stored.snapshot !== undefined) {
          const path = join(work, stored.snapshot.key);
          await (wanted === "loseSnapshot" ? rm(path, { force: true }) : writeFile(path, "no"));
          situation.mayHaveLost = true;
          tally.lostSnapshots += 1;
        }
        return;
      case "changeMapping": {
        const email = stored.mapping.email === "Email" ? "Mail" : "Email";
        exports.stored.set("export-1", { ...stored, mapping: { email } });
        return;
      }
      case "attachElsewhere": {
        const connectionId = connectionIds.find((id) => id !== stored.connectionId)!;
        exports.stored.set("export-1", { ...stored, connectionId });
        return;
      }
      case "becomeUpsert":
      case "becomeMirror": {
        const syncMode = wanted === "becomeMirror" ? "mirror" : "upsert";
        exports.stored.set("export-1", { ...stored, syncMode });
      }
    }
  };

  await mkdir(join(segments, "customers"), { recursive: true });
  const wrong: string[] = [];
  for (const [index, step] of history.steps.entries()) {
    const rows = step.cells.map((cell) => `"${cell}","${cell}"\n`).join("");
    await writeFile(join(segments, "customers", "1.csv"), `Email,Mail\n${rows}`);
    for (const wanted of step.changes) {
      await change(wanted);
    }
    simulator.setFaults({
      seed: history.seed + index,
      rules: [
        { kind: "refuseProfile", emails: [...history.refused] },
        { kind: "failProfile", emails: [...history.failed], payload: "mixed" },
        ...step.faults,
      ],
    });
    const before = [...simulator.members(listId)].sort();
    const { runId, settings } = await startRun(safe, {
      exportId: "export-1",
      trigger: "onDemand",
      mode: step.mode,
      allowMassRemoval: step.allowMassRemoval,
      caller: { userId: "contributor-1" },
    });
    danger.rate = step.crashRate;
    const run = await drive(runId, step);
    danger.rate = 0;
    if (step.revokeKeyAfter !== undefined) {
      apiKey = simulator.addKey(accountId, {}).key;
      connectionIds.forEach((id) => secrets.stored.set(id, apiKey));
    }
    const found = judgeHistoryRun(history, step, situation, {
      ...{ run, before, syncMode: settings.syncMode, isLast: index === history.steps.length - 1 },
      after: [...simulator.members(listId)].sort(),
    });
    wrong.push(...found.map((sentence) => `run ${String(index + 1)}: ${sentence}`));
    tally.runs += 1;
    tally.guarded += run.problem?.code === "removalGuard" ? 1 : 0;
    tally.imported += run.numbers.imported;
    tally.refused += run.numbers.refused;
    tally.unsent += run.numbers.unsent;
    tally.removed += run.removals.removed;
    tally.unremoved += run.removals.unremoved;
  }
  tally.histories += 1;
  tally.kills += danger.kills;
  return wrong;
}
