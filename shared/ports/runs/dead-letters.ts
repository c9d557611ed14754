/** A message that no worker could handle, or that the scheduler could not deliver. */
export interface DeadLetter {
  readonly messageId: string;
  /** As it was sent, whatever version sent it. */
  readonly body: string;
  /** How often it has been received since it became one, this time included. */
  readonly receiveCount: number;
  /** What it is removed by. */
  readonly receipt: string;
}

/** The one queue of all dead letters. Nothing polls it: it is looked into. */
export interface DeadLetters {
  /** Up to ten that nobody is looking at; none when the queue is empty. Each comes back unless it is removed. */
  receive(): Promise<readonly DeadLetter[]>;
  remove(letter: DeadLetter): Promise<void>;
}
