import { setTimeout as sleep } from "node:timers/promises";
import { awaitJob, postJob, postProfile, type KlaviyoAccount } from "./klaviyo-account";
import type { PeerProfiles } from "./profiles";

/** What came of sending profiles in some way. */
interface Sending {
  /** Profiles that the sender was done with, however; all, unless it was stopped. */
  readonly tried: number;
  readonly requests: number;
  readonly throttled: number;
  /** Good profiles that a refusal because of the bad one took along. */
  readonly lostToBadEmail: number;
  /** Good profiles that were given up because of 429s. */
  readonly lostToThrottling: number;
  /** Profiles accepted in the last minute, when it was stopped. */
  readonly lastMinute: number;
}

/** A way in which profiles are sent. */
export interface Pattern {
  readonly name: string;
  /** Whether it asks what became of what Klaviyo accepted. */
  readonly confirms: boolean;
  /** One profile a request: a million take most of a day, so it is stopped and projected. */
  readonly isSampled: boolean;
  readonly send: (
    account: KlaviyoAccount,
    profiles: PeerProfiles,
    stop: AbortSignal,
  ) => Promise<Sending>;
}

const MINUTE = 60_000;

class Tally {
  tried = 0;
  requests = 0;
  throttled = 0;
  lostToBadEmail = 0;
  lostToThrottling = 0;
  readonly acceptedAt: number[] = [];

  result(): Sending {
    const { tried, requests, throttled, lostToBadEmail, lostToThrottling } = this;
    const since = Date.now() - MINUTE;
    const lastMinute = this.acceptedAt.filter((at) => at > since).length;
    return { tried, requests, throttled, lostToBadEmail, lostToThrottling, lastMinute };
  }
}

/** Several workers that take the next position until there is none. */
async function workers(
  number: number,
  positions: number,
  stop: AbortSignal,
  work: (position: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: number }, async () => {
      while (next < positions && !stop.aborted) {
        next += 1;
        await work(next - 1);
      }
    }),
  );
}

/** Ends early when the sender is stopped. */
const pause = (milliseconds: number, stop: AbortSignal): Promise<unknown> =>
  sleep(Math.max(0, milliseconds), undefined, { signal: stop }).catch(() => undefined);

/** One upsert a profile, as fast as the endpoint allows (75 a second, 750 a minute), waiting at each 429. */
export const singleUpserts: Pattern = {
  name: "one upsert a profile",
  confirms: false,
  isSampled: true,
  send: async (account, profiles, stop) => {
    const tally = new Tally();
    await workers(10, profiles.count, stop, async (position) => {
      while (!stop.aborted) {
        tally.requests += 1;
        const answer = await postProfile(account, profiles.emailAt(position));
        if (answer.kind !== "throttled") {
          tally.tried += 1;
          if (answer.kind === "accepted") tally.acceptedAt.push(Date.now());
          return;
        }
        tally.throttled += 1;
        await pause(1_000 * answer.retryAfterSeconds, stop);
      }
    });
    return tally.result();
  },
};

/** One record at a time at a fixed 600 a minute; what is refused or throttled is lost. */
export const streaming: Pattern = {
  name: "one record at a time, 600 a minute",
  confirms: false,
  isSampled: true,
  send: async (account, profiles, stop) => {
    const tally = new Tally();
    const started = Date.now();
    for (let position = 0; position < profiles.count && !stop.aborted; position += 1) {
      await pause(started + position * 100 - Date.now(), stop);
      tally.requests += 1;
      tally.tried += 1;
      const answer = await postProfile(account, profiles.emailAt(position));
      if (answer.kind === "accepted") tally.acceptedAt.push(Date.now());
      if (answer.kind === "throttled") {
        tally.throttled += 1;
        if (!profiles.isBad(position)) tally.lostToThrottling += 1;
      }
    }
    return tally.result();
  },
};

const PROFILES_A_JOB = 10_000;
const WORKERS = 4;
const ATTEMPTS = 3;

/** Jobs by several workers that know nothing of each other: three attempts each, all or nothing on a refusal. */
export const unpacedJobs = (profilesPerJob = PROFILES_A_JOB): Pattern => ({
  name: "jobs of 10,000, no shared pace",
  confirms: false,
  isSampled: false,
  send: async (account, profiles, stop) => {
    const tally = new Tally();
    await workers(WORKERS, Math.ceil(profiles.count / profilesPerJob), stop, async (job) => {
      const { emails, good } = jobOf(profiles, job, profilesPerJob);
      tally.tried += emails.length;
      for (let attempt = 1; ; attempt += 1) {
        tally.requests += 1;
        const answer = await postJob(account, emails);
        if (answer.kind === "accepted") return;
        if (answer.kind === "refused") {
          tally.lostToBadEmail += good;
          return;
        }
        tally.throttled += 1;
        if (attempt === ATTEMPTS) {
          tally.lostToThrottling += good;
          return;
        }
        await pause(1_000 * answer.retryAfterSeconds, stop);
      }
    });
    return tally.result();
  },
});

const INTERVAL_MILLISECONDS = 400;
const BURST = 10;

/**
 * Jobs at one every 400 ms after a burst of ten. What a refusal names is taken out, and the rest sent once
 * more; a 429 is waited for; every job is asked for until it is complete.
 */
export const fixedPace = (profilesPerJob = PROFILES_A_JOB): Pattern => ({
  name: "jobs of 10,000, one per 400 ms",
  confirms: true,
  isSampled: false,
  send: async (account, profiles, stop) => {
    const tally = new Tally();
    const jobs = Math.ceil(profiles.count / profilesPerJob);
    let free = Date.now() - BURST * INTERVAL_MILLISECONDS;
    const turn = async (): Promise<void> => {
      free = Math.max(free, Date.now() - BURST * INTERVAL_MILLISECONDS) + INTERVAL_MILLISECONDS;
      await pause(free - Date.now(), stop);
    };
    const ids: string[] = [];
    const sendOne = async (job: number): Promise<void> => {
      const whole = jobOf(profiles, job, profilesPerJob);
      let { emails } = whole;
      let resent = false;
      tally.tried += emails.length;
      while (!stop.aborted) {
        await turn();
        tally.requests += 1;
        const answer = await postJob(account, emails);
        if (answer.kind === "accepted") {
          if (answer.id !== undefined) ids.push(answer.id);
          return;
        }
        if (answer.kind === "throttled") {
          tally.throttled += 1;
          await pause(1_000 * answer.retryAfterSeconds, stop);
        } else if (resent || answer.badPositions.length === 0) {
          tally.lostToBadEmail += whole.good;
          return;
        } else {
          resent = true;
          emails = emails.filter((_, at) => !answer.badPositions.includes(at));
        }
      }
    };
    await workers(WORKERS, jobs, stop, sendOne);
    for (const id of ids) await awaitJob(account, id);
    return tally.result();
  },
});

function jobOf(
  profiles: PeerProfiles,
  job: number,
  profilesPerJob: number,
): { emails: string[]; good: number } {
  const first = job * profilesPerJob;
  const length = Math.min(profilesPerJob, profiles.count - first);
  const positions = Array.from({ length }, (_, at) => first + at);
  return {
    emails: positions.map((position) => profiles.emailAt(position)),
    good: positions.filter((position) => !profiles.isBad(position)).length,
  };
}
