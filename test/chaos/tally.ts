import type { StruckFaults } from "../../infra/local/faults/aws-faults";

/** What the runs have survived. */
const meanings = {
  schedules: "schedules",
  runs: "runs, disturbed and undisturbed",
  mirrors: "of these, disturbed runs in sync mode mirror with leavers",
  crashes: "processes killed, busy or idle",
  redeliveries: "deliveries of messages that had been delivered before",
  copies: "messages sent by nobody, late, early or twice",
  lost: "messages lost",
  deadLetters: "messages sent straight to the dead letters",
  throttled: "answers 429",
  serverErrors: "answers 5xx",
  lostAnswers: "answers lost or without an id",
  firewalled: "answers 403 of a firewall",
  refused: "profiles refused at once",
  failed: "profiles failed later",
  cancelledJobs: "import jobs cancelled by Klaviyo",
  cancels: "runs canceled",
  deletions: "exports deleted while they ran",
  keysReplaced: "keys replaced",
} as const;
type Survived = keyof typeof meanings;

export interface Tally {
  add(what: Survived, count?: number): void;
  /** Faults of AWS's services, by service and kind, that struck between the two. */
  addAws(before: StruckFaults, after: StruckFaults): void;
  /** Something on a queue that should not be there. */
  leak(text: string): void;
  readonly leaks: readonly string[];
  counts(): Readonly<Record<Survived, number>>;
  awsCounts(): Readonly<Record<string, number>>;
  /** For a person, a line each. */
  describe(): string;
}

export function createTally(): Tally {
  const counts = Object.fromEntries(Object.keys(meanings).map((name) => [name, 0])) as Record<
    Survived,
    number
  >;
  const leaks: string[] = [];
  const aws: Record<string, number> = {};
  return {
    add: (what, count = 1) => {
      counts[what] += count;
    },
    addAws: (before, after) => {
      for (const [service, kinds] of Object.entries(after)) {
        for (const [kind, count] of Object.entries(kinds)) {
          const more = count - (before[service]?.[kind] ?? 0);
          aws[`${service} ${kind}`] = (aws[`${service} ${kind}`] ?? 0) + more;
        }
      }
    },
    awsCounts: () => ({ ...aws }),
    leak: (text) => leaks.push(text),
    leaks,
    counts: () => ({ ...counts }),
    describe: () =>
      [
        ...Object.entries(meanings).map(
          ([name, meaning]) => [counts[name as Survived], meaning] as const,
        ),
        ...Object.entries(aws)
          .filter(([, count]) => count > 0)
          .sort()
          .map(([what, count]) => [count, `AWS: ${what}`] as const),
      ]
        .map(([count, meaning]) => `${String(count).padStart(8)}  ${meaning}`)
        .join("\n"),
  };
}
