import type { Export, ExportHealth, SnapshotReference } from "../domain/exports/export";
import type { Following } from "../domain/schedules/refresh-decision";
import type { ExportSchedule } from "../domain/schedules/schedule";
import type { ScheduleKey } from "../domain/schedules/schedule-key";
import type { Page, PageRequest } from "../domain/paging/every-page";
import type { KlaviyoList } from "./klaviyo";

export interface ExportStore {
  create(created: Export): Promise<void>;
  get(exportId: string): Promise<Export | undefined>;
  list(page: PageRequest): Promise<Page<Export>>;
  /** All exports of a connection, on one page. */
  listByConnection(connectionId: string): Promise<Page<Export>>;
  /**
   * Writes the settings if the stored version is still `expectedVersion`; the other fields (current run,
   * snapshot) are left as they are stored. Returns false if the export changed meanwhile or is gone.
   */
  updateSettings(changed: Export, expectedVersion: number): Promise<boolean>;
  /**
   * Replaces the schedule and counts up the version, whatever it is, or only if it is still
   * `expectedVersion`. Returns the new version; undefined if the export changed meanwhile or is gone.
   */
  setSchedule(
    exportId: string,
    schedule: ExportSchedule,
    by: { updatedAt: string; updatedBy: string },
    expectedVersion?: number,
  ): Promise<number | undefined>;
  /**
   * All exports that run by themselves under a key. An index is read: one that was changed just now may be missing, or
   * still there.
   */
  listFollowing(key: ScheduleKey): Promise<Page<Export>>;
  /**
   * As `list`; each export on the page that {@link listFollowing} does not find as its schedule wants it is found so
   * from then on. `mended` counts these: another version has made them.
   */
  listMended(page: PageRequest): Promise<Page<Export> & { readonly mended: number }>;
  /**
   * Keeps what an export waits for, and the run that its refreshes have led to, if that is still the run `before`, or
   * none. Returns false when it is not, or when the export is gone.
   */
  noteFollowing(
    exportId: string,
    following: Following,
    before: string | undefined,
  ): Promise<boolean>;
  /** Keeps what Klaviyo calls the list, if it is still the export's; leaves the version as it is. */
  noteListName(exportId: string, list: KlaviyoList): Promise<void>;
  /** Keeps how the export fares, unless a newer run was accounted for already. */
  noteHealth(exportId: string, health: ExportHealth): Promise<void>;
  /** Forgets what a run has confirmed, if nothing newer is stored. */
  forgetSnapshot(exportId: string, runId: string): Promise<void>;
  /** Deleting what is not there succeeds. */
  delete(exportId: string): Promise<void>;
  /** Makes a run the export's current one; tells the run that is in its place, or that the export is gone. */
  claimRun(
    exportId: string,
    runId: string,
    at: Date,
  ): Promise<
    | { kind: "claimed"; claimed: Export }
    | { kind: "running"; runId: string; claimedAt: string }
    | { kind: "gone" }
  >;
  /** Ends a run's claim, keeping what it confirmed; does nothing when another run holds the claim. */
  releaseRun(exportId: string, runId: string, snapshot?: SnapshotReference): Promise<void>;
}
