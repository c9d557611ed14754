import { distinctSlots, slotName, type Slot } from "../domain/recurrence";
import { recurrenceOf, systemRecurrence } from "../domain/schedule";
import type { Export } from "../domain/export";
import type { ExportStore, SettingsStore, Timetable } from "../ports";

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
  const used = await usedSlots(dependencies);
  const isUsed = (slot: Slot): boolean => used.has(slotName(slot));
  await Promise.all(slots.filter(isUsed).map((slot) => timetable.ensure(slot)));
  const unused = slots.filter((slot) => !isUsed(slot));
  if (unused.length === 0) {
    return;
  }
  await Promise.all(unused.map((slot) => timetable.remove(slot)));
  const usedNow = await usedSlots(dependencies);
  await Promise.all(
    unused.filter((slot) => usedNow.has(slotName(slot))).map((slot) => timetable.ensure(slot)),
  );
}

async function usedSlots({
  exports,
  settings,
}: KeepTimetableDependencies): Promise<ReadonlySet<string>> {
  const system = await settings.getSystemSchedule();
  const recurrences = [systemRecurrence(system)];
  for await (const { schedule } of everyExport(exports)) {
    recurrences.push(recurrenceOf(schedule, system));
  }
  return new Set(distinctSlots(recurrences).map(slotName));
}

/** All exports there are. */
export async function* everyExport(exports: Pick<ExportStore, "list">): AsyncGenerator<Export> {
  let after: string | undefined;
  do {
    const page = await exports.list({ limit: 100, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
