import * as z from "zod";

/**
 * How a message has fared that could not be handled, and travels on with it: receive counts of SQS also count what
 * Lambda throttles, and begin anew with each message that is put off.
 */
export const handlingSchema = z.object({
  /** Milliseconds since 1970: from when on AWS has kept it from being handled, without a success in between. */
  troubledSince: z.number().optional(),
  /** Times that it was put off for that. */
  troubles: z.number().int().nonnegative().default(0),
  /** Times that handling it failed for a reason of our own. */
  faults: z.number().int().nonnegative().default(0),
  /** Why no worker tries it any more. */
  givenUp: z.enum(["trouble", "fault"]).optional(),
  /** What AWS last did not do, such as `PutItem: ThrottlingException`. */
  what: z.string().optional(),
});
export type Handling = z.infer<typeof handlingSchema>;

/** AWS did not do what was asked of it, which is no fault of ours and is waited out. */
export interface AwsTrouble {
  /** `denied`: a right is missing just now, which an operator can mend. */
  readonly kind: "throttled" | "unavailable" | "denied";
  /** What was asked, and the name of the error. */
  readonly what: string;
}

/** What becomes of a message that could not be handled. */
export type Verdict =
  | { readonly kind: "again"; readonly handling: Handling; readonly delaySeconds: number }
  | { readonly kind: "giveUp"; readonly handling: Handling };

type Step =
  | "due"
  | "start"
  | "prepare"
  | "preview"
  | "push"
  | "wake"
  | "confirm"
  | "subscribe"
  | "settle"
  | "rehearse";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** For how long AWS's trouble is waited out: a settlement holds what is written nowhere else. */
const patience: Readonly<Record<Step, number>> = {
  due: 6 * HOUR,
  start: 6 * HOUR,
  prepare: 6 * HOUR,
  push: 6 * HOUR,
  confirm: 6 * HOUR,
  subscribe: 6 * HOUR,
  settle: 24 * HOUR,
  // Somebody waits for a preview; a run goes on without a rehearsal, or a worker that was woken.
  preview: 5 * MINUTE,
  rehearse: 5 * MINUTE,
  wake: 5 * MINUTE,
};

/** What is refused for want of a right is waited for until somebody may have seen it. */
const PATIENCE_WHEN_DENIED = HOUR;

/**
 * Longest pause between two tries. Shorter than the time after which a run that does not move is given a push, which
 * would have it tried twice.
 */
const LONGEST_PAUSE_SECONDS = 300;

/** Tries of a message that fails for a reason of our own; long steps fail in the same way again. */
const MOST_FAULTS = { long: 3, short: 5 } as const;
const LONGEST_PAUSE_AFTER_FAULT_SECONDS = 120;

/** Whether AWS's trouble, met since then, is still waited out. */
export function isPatient(
  step: Step,
  since: number,
  now: Date,
  kind?: AwsTrouble["kind"],
): boolean {
  const most =
    kind === "denied" && step !== "settle"
      ? Math.min(patience[step], PATIENCE_WHEN_DENIED)
      : patience[step];
  return now.getTime() - since < most;
}

/** What becomes of a message that AWS kept from being handled. */
export function afterTrouble(
  step: Step,
  before: Handling,
  { kind, what }: AwsTrouble,
  now: Date,
): Verdict {
  const troubledSince = before.troubledSince ?? now.getTime();
  const handling = { ...before, troubledSince, troubles: before.troubles + 1, what };
  return isPatient(step, troubledSince, now, kind)
    ? { kind: "again", handling, delaySeconds: growing(before.troubles, LONGEST_PAUSE_SECONDS) }
    : { kind: "giveUp", handling: { ...handling, givenUp: "trouble" } };
}

/** What becomes of a message whose handling failed for a reason of our own. */
export function afterFault(step: Step, before: Handling): Verdict {
  const faults = before.faults + 1;
  const handling = { ...before, faults };
  const most = step === "prepare" || step === "settle" ? MOST_FAULTS.long : MOST_FAULTS.short;
  return faults < most
    ? {
        ...{ kind: "again", handling },
        delaySeconds: growing(before.faults, LONGEST_PAUSE_AFTER_FAULT_SECONDS),
      }
    : { kind: "giveUp", handling: { ...handling, givenUp: "fault" } };
}

/** Doubled each time up to the longest; half of it is random, so that what failed together comes back apart. */
function growing(times: number, longest: number): number {
  const ceiling = Math.min(2 ** (times + 1), longest);
  return Math.ceil(ceiling / 2 + (Math.random() * ceiling) / 2);
}
