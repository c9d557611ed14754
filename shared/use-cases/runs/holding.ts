import { retryDelaySeconds, type Tuning } from "../../domain/runs/tuning";
import type { Problem } from "../../domain/problems/problem";
import type { Clock } from "../../ports";
import type { Hopeless } from "../klaviyo/call-result";

/**
 * What came of work that was held. `over`: what it came to is written down, and nobody need hold it any more. `later`
 * and `faulty`: it is let go and called for again; `advanced` when this attempt got on before, so that attempts are
 * counted anew from here. `hopeless`: it is given up.
 */
export type Outcome =
  | { readonly kind: "over" }
  | { readonly kind: "later"; readonly at: Date; readonly advanced?: boolean }
  | { readonly kind: "faulty"; readonly problem: Problem; readonly advanced?: boolean }
  | Hopeless;

/** Work that one worker at a time may do, which a message calls for. */
export interface Holdable<Hold, Holder> {
  /** How often the work has failed before, by the message. */
  readonly attempt: number;
  /** Takes the work for a time after which a worker that has not finished is taken for dead. */
  claim(now: Date): Promise<{ kind: "claimed"; hold: Hold } | { kind: "held"; holder: Holder }>;
  /** Leaves the work to whoever has it. */
  leave(holder: Holder): Promise<void>;
  /** Lets the work go, so that the next may claim it; nothing happens if somebody else has it by now. */
  release(hold: Hold): Promise<void>;
  /** Sends the message anew, to come so much later. */
  again(hold: Hold, next: { attempt: number; delaySeconds: number }): Promise<void>;
  /** Logs that the work failed. */
  logFault(details: { attempt: number; code: string }): void;
  /** Writes down that nothing becomes of the work. */
  giveUp(hold: Hold, reason: Omit<Hopeless, "kind">): Promise<void>;
}

export interface HoldingDependencies {
  readonly clock: Pick<Clock, "now">;
  readonly tuning: Tuning;
}

/**
 * Does work while holding it: claims it for a time, and then is done with it, calls for it again or gives it up, by
 * what came of it. It is let go also when something is thrown: the message comes back then, and must find it free.
 */
export async function holding<Hold, Holder>(
  dependencies: HoldingDependencies,
  held: Holdable<Hold, Holder>,
  work: (hold: Hold) => Promise<Outcome>,
): Promise<void> {
  const claim = await held.claim(dependencies.clock.now());
  if (claim.kind === "held") {
    await held.leave(claim.holder);
    return;
  }
  const { hold } = claim;
  try {
    await conclude(dependencies, held, hold, await work(hold));
  } catch (error) {
    await held.release(hold);
    throw error;
  }
}

async function conclude<Hold, Holder>(
  { clock, tuning }: HoldingDependencies,
  held: Holdable<Hold, Holder>,
  hold: Hold,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.kind) {
    case "over":
      return;
    case "later": {
      const attempt = outcome.advanced === true ? 0 : held.attempt;
      await held.release(hold);
      await held.again(hold, { attempt, delaySeconds: secondsUntil(clock, outcome.at) });
      return;
    }
    case "faulty": {
      const attempt = outcome.advanced === true ? 0 : held.attempt;
      held.logFault({ attempt, code: outcome.problem.code });
      if (attempt >= tuning.attempts) {
        await held.giveUp(hold, { problem: outcome.problem, stopsRun: false });
        return;
      }
      await held.release(hold);
      const delaySeconds = retryDelaySeconds(attempt, tuning);
      await held.again(hold, { attempt: attempt + 1, delaySeconds });
      return;
    }
    case "hopeless":
      await held.giveUp(hold, outcome);
      return;
  }
}

/** Whole seconds until an instant, for a message to be put off by; one at least. */
export function secondsUntil(clock: Pick<Clock, "now">, instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - clock.now().getTime()) / 1_000));
}
