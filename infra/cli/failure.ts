import type { ExitReason } from "./exit-codes";

export interface FailureDetails {
  /** Stable name of what went wrong: the API's problem code, or one of the command's own. */
  readonly code: string;
  /** What happened, and what to do. */
  readonly message: string;
  readonly exit: ExitReason;
  /** JSON pointer of the request's field at fault, or the place in a file. */
  readonly field?: string | undefined;
  /** By which the operators find the request in the logs. */
  readonly requestId?: string | undefined;
  /** What the API's problem is about, by its code: for the command to go on with, not to be shown. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Ends the command with a sentence for its user and an exit code for their scripts. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly details: FailureDetails;

  constructor(details: FailureDetails) {
    super(details.message);
    this.details = details;
  }
}

/** The command line asks for something that can't be. */
export function usageFailure(message: string): Failure {
  return new Failure({ code: "usage", message, exit: "usage" });
}
