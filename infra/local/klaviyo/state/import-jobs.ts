import type { ImportJobInput } from "../input/import-job-input";
import type { ListStore } from "./lists";
import type { ProfileInput } from "../input/profile-input";
import type { ProfileStore } from "./profiles";
import { draw } from "../faults/seeded-random";

/** Klaviyo's states of an import job; there is no "failed". */
export type ImportJobStatus = "queued" | "processing" | "complete" | "cancelled";

/** How long a job takes, in milliseconds. Klaviyo documents nothing about it. */
export interface ProcessingTime {
  /** From acceptance until the job is being processed. */
  readonly queued: number;
  /** From then on, whatever the number of profiles. */
  readonly fixed: number;
  readonly perProfile: number;
}

/** A profile that Klaviyo accepted at first and refused while it processed the job. */
export interface ImportError {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly pointer: string;
  readonly originalPayload: Readonly<Record<string, unknown>> | null;
}

export interface ImportJob {
  readonly id: string;
  readonly serial: number;
  readonly listId: string | undefined;
  readonly total: number;
  readonly duplicates: number;
  readonly createdAt: number;
  readonly startAt: number;
  readonly completeAt: number;
  readonly expiresAt: number;
  status: ImportJobStatus;
  completed: number;
  readonly errors: ImportError[];
  /** Numbers of the imported profiles, in order; `imported` of them are filled. */
  readonly profiles: Uint32Array;
  imported: number;
}

/** What faults make of a job; both are asked when the job is accepted. */
export interface JobFaults {
  /** Share of the profiles after which the job is cancelled; undefined lets it complete. */
  readonly cancelledAfter: (serial: number) => number | undefined;
  readonly failure: () => ProfileFailure | undefined;
}

/** The error that a profile ends with while its job is processed, if any. */
export type ProfileFailure = (
  email: string,
  position: number,
  profile: ProfileInput,
) => ImportError | undefined;

export interface ImportJobStore {
  readonly all: readonly ImportJob[];
  get(id: string, now: number): ImportJob | undefined;
  accept(input: ImportJobInput, now: number): ImportJob;
  /** Does what is due until now. Returns whether jobs are still going. */
  advance(now: number): boolean;
}

interface Work {
  readonly job: ImportJob;
  readonly input: ImportJobInput;
  readonly cancelAt: number | undefined;
  readonly failure: ProfileFailure | undefined;
  done: number;
}

/** Klaviyo's recorded answers: a job expires seven days after its creation. */
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

/**
 * The import jobs of one account. A job's effect comes bit by bit while time passes, as in
 * Klaviyo: when the job has been accepted, nothing is on the list yet.
 */
export function createImportJobStore(
  seed: number,
  parts: { profiles: ProfileStore; lists: ListStore; time: ProcessingTime; faults: JobFaults },
): ImportJobStore {
  const all: ImportJob[] = [];
  const byId = new Map<string, ImportJob>();
  let going: Work[] = [];

  const importProfile = (work: Work, index: number, now: number): void => {
    const { job, input } = work;
    const profile = input.profiles[index];
    if (profile === undefined) return;
    const failure = work.failure?.(profile.email ?? "", input.positions?.[index] ?? index, profile);
    if (failure !== undefined) {
      job.errors.push(failure);
      return;
    }
    const number = parts.profiles.upsert(profile, "ignored", now);
    job.profiles[job.imported] = number;
    job.imported += 1;
    // A list that was deleted after the job had been accepted takes no members.
    if (job.listId !== undefined) parts.lists.get(job.listId)?.members.add(number, now);
  };

  const progress = (work: Work, now: number): void => {
    const { job, input } = work;
    if (now < job.startAt) return;
    job.status = "processing";
    const share =
      now >= job.completeAt ? 1 : (now - job.startAt) / Math.max(1, job.completeAt - job.startAt);
    const due = Math.min(Math.floor(share * input.profiles.length), work.cancelAt ?? Infinity);
    // What is done late, because nobody asked earlier, still counts as done in time.
    const at = Math.min(now, job.completeAt);
    for (; work.done < due; work.done += 1) importProfile(work, work.done, at);
    job.completed = job.imported;
    if (share < 1) return;
    job.status = work.cancelAt === undefined ? "complete" : "cancelled";
    // Dropped duplicates count as done: their profile was imported.
    if (job.status === "complete") job.completed = job.total - job.errors.length;
  };

  return {
    all,
    get(id, now) {
      const job = byId.get(id);
      return job === undefined || now >= job.expiresAt ? undefined : job;
    },
    accept(input, now) {
      const serial = all.length;
      const startAt = now + parts.time.queued;
      const cancelledAfter = parts.faults.cancelledAfter(serial);
      const job: ImportJob = {
        id: jobId(seed, serial),
        serial,
        listId: input.listId,
        total: input.total,
        duplicates: input.duplicates,
        createdAt: now,
        startAt,
        completeAt: startAt + parts.time.fixed + parts.time.perProfile * input.total,
        expiresAt: now + LIFETIME,
        status: "queued",
        completed: 0,
        errors: [],
        profiles: new Uint32Array(input.profiles.length),
        imported: 0,
      };
      all.push(job);
      byId.set(job.id, job);
      const cancelAt =
        cancelledAfter === undefined
          ? undefined
          : Math.floor(cancelledAfter * input.profiles.length);
      going.push({ job, input, cancelAt, failure: parts.faults.failure(), done: 0 });
      return job;
    },
    advance(now) {
      if (going.length === 0) return false;
      for (const work of going) progress(work, now);
      going = going.filter(({ job }) => job.status === "queued" || job.status === "processing");
      return going.length > 0;
    },
  };
}

/** Opaque text in the manner of the recorded ids: base64, and no ULID. */
function jobId(seed: number, serial: number): string {
  const random = [0, 1, 2].map((word) => draw(seed, serial, word).toString(36)).join("");
  return Buffer.from(`bulk-import:${serial}:${random}`).toString("base64url");
}
