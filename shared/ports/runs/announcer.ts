import type { RunEndedEvent } from "../../domain/runs/run-ended-event";

/** Tells others about runs. */
export interface Announcer {
  /** For programs: one event on the bus. */
  publish(event: RunEndedEvent): Promise<void>;
  /** For administrators: one mail. The subject has at most 100 characters. */
  mail(message: { subject: string; body: string }): Promise<void>;
}
