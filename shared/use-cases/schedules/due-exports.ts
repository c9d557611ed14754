import type { Export } from "../../domain/exports/export";
import { everyPage, type PageRequest } from "../../domain/paging/every-page";
import { hasSlot, type Slot } from "../../domain/schedules/recurrence";
import { recurrenceOf } from "../../domain/schedules/schedule";
import { keysDueAt } from "../../domain/schedules/schedule-key";
import type { Clock, ExportStore, SettingsStore } from "../../ports";

export interface DueExportsDependencies {
  readonly exports: Pick<ExportStore, "listFollowing" | "listMended">;
  readonly settings: Pick<
    SettingsStore,
    "getSystemSchedule" | "indexFoundWhole" | "noteIndexFoundWhole"
  >;
  readonly clock: Pick<Clock, "now">;
}

/** The index is trusted for so long. An earlier version that ran meanwhile may have made exports that it lacks. */
const TRUSTED_MILLISECONDS = 7 * 86_400_000;

/**
 * The exports that are due at a slot, as their schedules are now. Those alone are read that may be: by the index, if all
 * exports were in it when they were last looked through; else, and once a week, by looking through all of them.
 */
export async function dueExports(
  { exports, settings, clock }: DueExportsDependencies,
  slot: Slot,
): Promise<readonly Export[]> {
  const system = await settings.getSystemSchedule();
  const isDue = ({ schedule }: Export): boolean => hasSlot(recurrenceOf(schedule, system), slot);
  const foundWhole = await settings.indexFoundWhole();
  if (
    foundWhole !== undefined &&
    clock.now().getTime() - foundWhole.getTime() < TRUSTED_MILLISECONDS
  ) {
    const found: Export[] = [];
    for (const key of keysDueAt(slot, system)) {
      found.push(...(await exports.listFollowing(key)).items.filter(isDue));
    }
    return found;
  }
  const due: Export[] = [];
  const unreadable: string[] = [];
  let mended = 0;
  const listed = async (page: PageRequest) => {
    const found = await exports.listMended(page);
    mended += found.mended;
    return found;
  };
  for await (const one of everyPage(listed, { unreadable })) {
    if (isDue(one)) {
      due.push(one);
    }
  }
  // What was mended may have been made just now by an earlier version that is still at work: the next time shows it.
  if (mended === 0 && unreadable.length === 0) {
    await settings.noteIndexFoundWhole(clock.now());
  }
  return due;
}
