import { distinctSlots, slotName, type Slot } from "../../domain/schedules/recurrence";
import { recurrenceOf, systemRecurrence } from "../../domain/schedules/schedule";
import { everyPage } from "../../domain/paging/every-page";
import type { ExportStore, SettingsStore, Timetable } from "../../ports";

export interface KeepTimetableDependencies {
  readonly exports: Pick<ExportStore, "list">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly timetable: Timetable;
}

/**
 * Makes the timetable tell the truth about these slots: one that some schedule uses is there, any other is
 * not. To be called after a schedule was written. Several callers at once do no harm: whoever removes a slot
 * looks again afterwards, and whoever needs one asks for it after having written down the need; so one of
 * the two sees the other.
 */
export async function keepTimetable(
  dependencies: KeepTimetableDependencies,
  slots: readonly Slot[],
): Promise<void> {
  const { timetable } = dependencies;
  if (slots.length === 0) {
    return;
  }
  const { used, unreadable } = await usedSlots(dependencies);
  const isUsed = (slot: Slot): boolean => used.has(slotName(slot));
  await Promise.all(slots.filter(isUsed).map((slot) => timetable.ensure(slot)));
  // An export that can't be read may need any slot: when it can be read again, it must find its own.
  const unused = unreadable.length > 0 ? [] : slots.filter((slot) => !isUsed(slot));
  if (unused.length === 0) {
    return;
  }
  await Promise.all(unused.map((slot) => timetable.remove(slot)));
  const { used: usedNow } = await usedSlots(dependencies);
  await Promise.all(
    unused.filter((slot) => usedNow.has(slotName(slot))).map((slot) => timetable.ensure(slot)),
  );
}

async function usedSlots({ exports, settings }: KeepTimetableDependencies): Promise<{
  readonly used: ReadonlySet<string>;
  readonly unreadable: readonly string[];
}> {
  const system = await settings.getSystemSchedule();
  const recurrences = [systemRecurrence(system)];
  const unreadable: string[] = [];
  for await (const { schedule } of everyPage((page) => exports.list(page), {
    unreadable,
  })) {
    recurrences.push(recurrenceOf(schedule, system));
  }
  return { used: new Set(distinctSlots(recurrences).map(slotName)), unreadable };
}
