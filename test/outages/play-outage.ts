import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startKlaviyoSimulator } from "../../infra/local/klaviyo/simulator";
import type { Message } from "../../shared/domain/runs/messages";
import { isTerminal, type Run } from "../../shared/domain/runs/run";
import { watchRuns } from "../../shared/use-cases/runs/watch/watch-runs";
import { createSystemInProcess, type SystemInProcess } from "../histories/system-in-process";
import { fakeClock } from "../support/fakes/clock-and-ids";
import { createFront, type Death, type Front, type Outage } from "./front";
import { createWorkers } from "./workers";

/** As the stack's queues bear it: deliveries until a message dies, and when one comes back that nobody had. */
const MOST_RECEIVES = 12;
const VISIBILITY_MILLISECONDS = 100_000;
const MOST_MESSAGES = 20_000;

const guest = "guest@example.net";
const before = ["a", "b", "c", "d", "e", "f", "g"].map((name) => `${name}@example.org`);
/** Two left, one joined. */
const after = ["a", "b", "c", "d", "e", "h"].map((name) => `${name}@example.org`);
const csv = (emails: readonly string[]): string =>
  `Email,First,Tier,Score\n${emails.map((email) => `${email},X,Gold,1\n`).join("")}`;

export interface Played {
  /** The run that the outage or the death befell, and the one after it, which nothing befalls. */
  readonly disturbed: Run;
  readonly next: Run;
  readonly wrong: readonly string[];
  readonly front: Front["counted"];
  readonly seconds: number;
}

/**
 * Runs a mirror undisturbed, then with an outage or a death while some leave and one joins, then undisturbed once
 * more, and judges each: the list must be right, and nobody off it whom the export did not put there.
 */
export async function playOutage(
  trouble: { outage?: Outage | undefined; death?: Death | undefined },
  expected: { endsWell: boolean } = { endsWell: true },
): Promise<Played> {
  const clock = fakeClock();
  const simulator = await startKlaviyoSimulator({
    now: () => clock.now().getTime(),
    rateLimitScale: Infinity,
    processingTime: { queued: 100, fixed: 100, perProfile: 1 },
    seed: 1,
  });
  const root = await mkdtemp(join(tmpdir(), "outage-"));
  try {
    const front = createFront(() => clock.now().getTime());
    const history = { seed: 1, addresses: [], guests: [guest], steps: [], clocks: [0] };
    const system = createSystemInProcess(history, {
      ...{ clock, simulator, root },
      through: (part) => front.of("s3", part),
    });
    const list = (): readonly string[] => [...system.observe().lists.get(system.places[0].listId)!];
    await mkdir(dirname(system.segmentFile), { recursive: true });
    const runOf = async (emails: readonly string[], befalls: typeof trouble): Promise<Run> => {
      await writeFile(system.segmentFile, csv(emails));
      front.expect(befalls);
      return drive(system, front);
    };
    const wrong: string[] = [];
    const must = (holds: boolean, sentence: string, run: Run): void => {
      if (!holds) {
        wrong.push(
          `${sentence} (${run.status}, ${run.problem?.code ?? "no problem"}; ${list().join(" ")})`,
        );
      }
    };
    const first = await runOf(before, {});
    must(first.status === "successful", "the first run did not go well", first);
    const begun = clock.now().getTime();
    const disturbed = await runOf(after, trouble);
    const seconds = (clock.now().getTime() - begun) / 1_000;
    const counted = { ...front.counted };
    const due = [...after, guest].toSorted().join();
    must(
      (disturbed.status === "successful") === expected.endsWell,
      "it ended otherwise than it should",
      disturbed,
    );
    must(
      list().includes(guest),
      "somebody was taken off whom the export did not put there",
      disturbed,
    );
    must(!expected.endsWell || list().join() === due, "the list is wrong", disturbed);
    must(
      after.slice(0, 5).every((email) => list().includes(email)),
      "a member is off the list",
      disturbed,
    );
    clock.advance(600_000);
    const next = await runOf(after, {});
    must(next.status === "successful", "the next run did not go well", next);
    must(
      next.warnings.length === 0,
      `it warns: ${next.warnings.map(({ code }) => code).join()}`,
      next,
    );
    must(list().join() === due, "the list is wrong after the next run", next);
    return { disturbed, next, wrong, front: counted, seconds };
  } finally {
    await simulator.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** Starts the export by its queue, and delivers messages until its run has ended and nothing is left. */
async function drive(system: SystemInProcess, front: Front): Promise<Run> {
  const { line, runs, exports, clock, safe } = system;
  const dead: { message: Message; receives: number }[] = [];
  const workers = createWorkers(system, front, (message) => dead.push({ message, receives: 0 }));
  const runId = safe.ids.next();
  line.put({ step: "start", runId, exportId: "export-1", connectionId: "connection-1" }, 0);
  for (let handled = 0; handled < MOST_MESSAGES; handled += 1) {
    const died = dead.shift();
    if (died !== undefined) {
      const { isDone } = await workers.settleDeadLetter(died.message, died.receives + 1);
      if (!isDone) {
        clock.advance(VISIBILITY_MILLISECONDS);
        dead.push({ ...died, receives: died.receives + 1 });
      }
      continue;
    }
    const held = line.next();
    if (held === undefined) {
      const run = runs.stored.get(runId);
      if (
        run !== undefined &&
        isTerminal(run.status) &&
        exports.stored.get("export-1")?.currentRun === undefined
      ) {
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
      dead.push({ message: held.message, receives: 0 });
      continue;
    }
    const { isDone, retryIn } = await workers.work(
      held.message,
      held.receives + 1,
      stepOf(system, held.message),
    );
    if (!isDone) {
      line.comeBack(held, retryIn === undefined ? VISIBILITY_MILLISECONDS : retryIn * 1_000);
    }
  }
  throw new Error(`the run does not end: ${JSON.stringify(runs.stored.get(runId))}`);
}

/** The step that a message is of, where removing is one of its own. */
function stepOf({ runs }: SystemInProcess, message: Message): string {
  if (message.step !== "push") {
    return message.step;
  }
  const chunks = runs.stored.get(message.runId)?.plan?.chunkSizes.length ?? 0;
  return message.chunk > chunks ? "remove" : "push";
}
