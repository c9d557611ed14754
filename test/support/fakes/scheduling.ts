import { slotName, type Slot } from "../../../shared/domain/schedules/recurrence";
import type { RunEndedEvent } from "../../../shared/domain/runs/run-ended-event";
import type * as z from "zod";
import { systemScheduleOff, systemScheduleSchema } from "../../../shared/domain/schedules/schedule";
import type {
  Announcer,
  Metrics,
  SettingsStore,
  StartQueue,
  StartRequest,
  Timetable,
} from "../../../shared/ports";

export function fakeSettingsStore(
  given: z.input<typeof systemScheduleSchema> = systemScheduleOff,
): SettingsStore {
  let schedule = systemScheduleSchema.parse(given);
  let foundWhole: Date | undefined;
  return {
    getSystemSchedule: async () => schedule,
    putSystemSchedule: async (changed, expectedVersion) => {
      const isExpected = schedule.version === expectedVersion;
      if (isExpected) {
        schedule = changed;
      }
      return isExpected;
    },
    indexFoundWhole: async () => foundWhole,
    noteIndexFoundWhole: async (at) => {
      foundWhole = at;
    },
  };
}

/** A timetable in memory; `slots` holds the names of those that are there. */
export function fakeTimetable(...given: Slot[]): Timetable & { readonly slots: Set<string> } {
  const slots = new Set(given.map(slotName));
  return {
    slots,
    ensure: async (slot) => {
      slots.add(slotName(slot));
    },
    remove: async (slot) => {
      slots.delete(slotName(slot));
    },
  };
}

export function fakeStartQueue(): StartQueue & { readonly sent: StartRequest[] } {
  const sent: StartRequest[] = [];
  return {
    sent,
    start: async (requests) => {
      sent.push(...requests);
    },
  };
}

export function fakeAnnouncer(): Announcer & {
  readonly events: RunEndedEvent[];
  readonly mails: { subject: string; body: string }[];
} {
  const events: RunEndedEvent[] = [];
  const mails: { subject: string; body: string }[] = [];
  return {
    events,
    mails,
    publish: async (event) => {
      events.push(event);
    },
    mail: async (message) => {
      mails.push(message);
    },
  };
}

/** Keeps what is measured. */
export function fakeMetrics(): Metrics & {
  readonly lines: {
    values: Record<string, number>;
    dimensions?: Record<string, string> | undefined;
  }[];
} {
  const lines: {
    values: Record<string, number>;
    dimensions?: Record<string, string> | undefined;
  }[] = [];
  return {
    lines,
    put: (values, dimensions) => {
      lines.push({ values: { ...values }, dimensions });
    },
  };
}
