import { idsOf, namesIn, readMessage, type Message } from "../../../domain/runs/messages";
import type { Announcer, Clock, DeadLetter, DeadLetters, Log } from "../../../ports";
import { settleDeadLetter, type SettleDeadLetterDependencies } from "../settle/settle-dead-letter";

export interface SettleDeadLettersDependencies extends SettleDeadLetterDependencies {
  readonly deadLetters: DeadLetters;
  readonly announcer: Pick<Announcer, "mail">;
  readonly clock: Clock;
  readonly log: Log;
  /** Named in mails. */
  readonly stage: string;
}

/** In one round. What is left is there in the next. */
const MOST_LETTERS = 200;

/** Named in one mail; of the others it says how many there are. */
const MOST_NAMED = 20;

/**
 * Looks for dead letters, and settles each: what it was about ends. A run that ends failing is told as every such run
 * is; a start that is lost has no run to tell of it, so administrators get a mail. A letter that can't be settled comes
 * back, keeps nobody from the others, and what was thrown for it is thrown at the end.
 */
export async function settleDeadLetters(
  dependencies: SettleDeadLettersDependencies,
): Promise<void> {
  const { deadLetters } = dependencies;
  const lost: string[] = [];
  const settled: DeadLetter[] = [];
  const failures: unknown[] = [];
  for (let looked = 0; looked < MOST_LETTERS;) {
    const letters = await deadLetters.receive();
    if (letters.length === 0) {
      break;
    }
    looked += letters.length;
    await Promise.all(
      letters.map(async (letter) => {
        try {
          lost.push(...(await settle(dependencies, letter)));
          settled.push(letter);
        } catch (error) {
          failures.push(error);
        }
      }),
    );
  }
  if (lost.length > 0) {
    await mailLost(dependencies, lost);
  }
  // Only now: a letter that nobody could be told of is told of in the next round.
  for (const letter of settled) {
    await deadLetters.remove(letter);
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** Settles one letter. Returns what nobody hears of but by a mail. */
async function settle(
  dependencies: SettleDeadLettersDependencies,
  { messageId, body, receiveCount }: DeadLetter,
): Promise<readonly string[]> {
  const log = dependencies.log.with({ messageId });
  const message = readMessage(body);
  if (message === undefined) {
    // Nobody else would take it off the queue. A run that it was about is found by the watch.
    const names = namesIn(body);
    log.error("messageUnreadable", names);
    return [`a message that can't be read: ${JSON.stringify(names)}`];
  }
  try {
    await settleDeadLetter({ ...dependencies, log: log.with(idsOf(message)) }, message);
  } catch (error) {
    log.error("messageFailed", { error, receiveCount });
    throw error;
  }
  return lostWith(message);
}

function lostWith(message: Message): readonly string[] {
  switch (message.step) {
    case "due":
      return [`the exports that were due at ${message.scheduledFor}`];
    case "start":
      return [`the export ${message.exportId} (run ${message.runId})`];
    case "prepare":
    case "preview":
    case "push":
    case "wake":
    case "confirm":
    case "subscribe":
    case "settle":
    case "rehearse":
      return [];
  }
}

async function mailLost(
  { announcer, log, stage }: SettleDeadLettersDependencies,
  lost: readonly string[],
): Promise<void> {
  const more = lost.length - MOST_NAMED;
  await announcer.mail({
    subject: `Segment export (${stage}): exports did not start`,
    body: [
      "These could not be started, however often it was tried:",
      "",
      ...lost.slice(0, MOST_NAMED).map((one) => `- ${one}`),
      ...(more > 0 ? [`- and ${more} more`] : []),
      "",
      "Find the cause in the log of start-runs, correct it, and start the exports (POST /runs). They run again at " +
        "their next time, also without you.",
    ].join("\n"),
  });
  log.info("lostStartsMailed", { starts: lost.length });
}
