import type { Handling } from "../../domain/runs/patience";
import type { RunMessage } from "../../domain/runs/messages";
import type { Role } from "../../domain/access/identity";

/**
 * Messages to the steps after a run's preparation. They carry ids only. `group`, the connection's id, keeps the queues
 * fair between connections.
 */
export interface PreparedRunQueues {
  /** `attempt` counts from 0 how often the chunk was put off for a fault. */
  push(
    group: string,
    messages: readonly {
      runId: string;
      chunk: number;
      attempt: number;
      dueAt?: number | undefined;
      handling?: Handling | undefined;
      delaySeconds?: number;
    }[],
  ): Promise<void>;
  /** Has a worker of the push queue start, which then has nothing to do. */
  wake(group: string, runId: string): Promise<void>;
  confirm(
    group: string,
    message: { runId: string; round: number },
    delaySeconds: number,
  ): Promise<void>;
  subscribe(
    group: string,
    message: { runId: string; done: number; attempt: number },
    delaySeconds: number,
  ): Promise<void>;
  settle(group: string, runId: string): Promise<void>;
  /** Has the run's result written ahead of its time. */
  rehearse(group: string, runId: string, delaySeconds: number): Promise<void>;
}

/** The same to all steps of a run that has been started. */
export interface RunQueues extends PreparedRunQueues {
  /** Sends a message about a run that is going once more, as it is. */
  again(
    group: string,
    message: Exclude<RunMessage, { step: "start" | "wake" }>,
    delaySeconds: number,
  ): Promise<void>;
  prepare(
    group: string,
    runId: string,
    putOff?: { attempt: number; delaySeconds: number },
  ): Promise<void>;
  preview(group: string, message: { exportId: string; previewId: string }): Promise<void>;
}

/** Starts that wait for a worker. */
export interface StartQueue {
  /** Any number; sent in batches. */
  start(messages: readonly StartRequest[]): Promise<void>;
}

export interface StartRequest {
  readonly exportId: string;
  /** The id that the run gets: a start that is told twice makes one run. */
  readonly runId: string;
  /** The export's; keeps the queue fair between connections. */
  readonly connectionId: string;
  /** When the schedule says that the run starts; without it the run is on demand. */
  readonly scheduledFor?: string;
  /** Who asked; scheduled runs are under the connection's export user. */
  readonly requestedBy?: string;
  /** The role in which they asked. */
  readonly role?: Role;
}
