import type { NewFaultRule } from "../../infra/local/klaviyo/simulator";
import type { SyncMode } from "../../shared/domain/exports/export";
import { createRandom, type Random } from "../chaos/random";
import { changed, makePeople, makeRows, mappingForms, type Person, type Row } from "./segment-life";

/** One run of the export, and what has happened since the run before. */
export interface HistoryStep {
  /** The segment from now on. */
  readonly rows: readonly Row[];
  /** Which of `mappingForms`. */
  readonly mapping: number;
  /** To which of the account's lists and by which connection; see `destinations` of the system. */
  readonly destination: number;
  readonly syncMode: SyncMode;
  /** `rebuildable`: only the snapshot is lost or damaged; else all that its run had staged is gone too. */
  readonly loss: { how: "lost" | "damaged"; rebuildable: boolean } | undefined;
  /** An administrator has the list itself read, and everybody taken off it who is no member. */
  readonly reconcile: boolean;
  /** Addresses that Klaviyo refuses at once, and those that it refuses while it imports. */
  readonly refused: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly mode: "incremental" | "full";
  readonly allowMassRemoval: boolean;
  /** How often a call to a store, a queue or Klaviyo is where the worker dies; of a message, too. */
  readonly crashRate: number;
  /** How often a message is delivered twice. */
  readonly copyRate: number;
  /** Messages after which the run is canceled. */
  readonly cancelAfter: number | undefined;
  /** Messages after which Klaviyo refuses the key: what became of what was sent can't be asked any more. */
  readonly revokeKeyAfter: number | undefined;
  readonly faults: readonly NewFaultRule[];
  readonly awsTrouble: AwsTrouble;
}

/** What befalls AWS during a run, beyond what the SDK's own repetitions survive. */
export interface AwsTrouble {
  /** How often a call to any service is refused, and how often its answer is lost though it had its effect. */
  readonly refusalRate: number;
  readonly lostAnswerRate: number;
  /** A service that refuses everything for so many seconds, from so many messages on. */
  readonly outage: { service: AwsPart; afterMessages: number; seconds: number } | undefined;
}

/** The parts of AWS that a run works with. */
const awsParts = ["dynamodb", "s3", "sqs", "secretsmanager"] as const;
export type AwsPart = (typeof awsParts)[number];

/** A segment's life, and what befalls the runs that export it. The last step is an undisturbed mirror. */
export interface History {
  readonly seed: number;
  /** All addresses that anybody may have. */
  readonly addresses: readonly string[];
  /** People whom others put on every list. */
  readonly guests: readonly string[];
  readonly steps: readonly HistoryStep[];
  /** By how many seconds each worker's clock is ahead of the true time. */
  readonly clocks: readonly number[];
}

/** The first one is where the export begins; the second one is the same list by another connection. */
export const DESTINATIONS = 4;

export function makeHistory(seed: number): History {
  const random = createRandom(seed, 60);
  const awsRandom = createRandom(seed, 62);
  const awsTroubled = awsRandom.chance(0.5);
  let people: readonly Person[] = makePeople(random, random.between(1, 40));
  const addresses = [...new Set(people.flatMap(({ email, mail }) => [email, mail]))];
  const someAddresses = (share: number): Set<string> =>
    new Set(addresses.filter(() => random.chance(share)));
  const troubled = random.chance(0.7);
  const refuses = random.chance(0.4) ? 0.15 : 0;
  const fails = random.chance(0.4) ? 0.15 : 0;

  const insideShare = random.share();
  let inside = new Set(people.filter(() => random.chance(insideShare)).map(({ email }) => email));
  let refused = someAddresses(refuses);
  let failed = someAddresses(fails);
  let mapping = 0;
  let destination = 0;
  const steps: HistoryStep[] = [];
  for (let left = random.between(2, 6); left > 0; left -= 1) {
    const isLast = left === 1;
    if (steps.length > 0) {
      inside = nextMembers(random, people, inside);
      const changes = random.pick([0, 0.1, 0.5]);
      people = people.map((person) => (random.chance(changes) ? changed(random, person) : person));
      refused = random.chance(0.4) ? someAddresses(refuses) : refused;
      failed = random.chance(0.4) ? someAddresses(fails) : failed;
      mapping = random.chance(0.12) ? random.between(0, mappingForms.length - 1) : mapping;
      destination = random.chance(0.2) ? random.between(0, DESTINATIONS - 1) : destination;
    }
    const syncMode = !isLast && random.chance(0.2) ? "upsert" : "mirror";
    steps.push({
      rows: makeRows(
        random,
        people.filter(({ email }) => inside.has(email)),
      ),
      ...{ mapping, destination, refused, failed },
      syncMode,
      loss: random.chance(0.2)
        ? { how: random.pick(["lost", "damaged"]), rebuildable: random.chance(0.5) }
        : undefined,
      mode: random.chance(0.1) ? "full" : "incremental",
      reconcile: syncMode === "mirror" && random.chance(0.1),
      allowMassRemoval: isLast || random.chance(0.7),
      crashRate: troubled && !isLast && random.chance(0.6) ? random.share() * 0.12 : 0,
      copyRate: troubled && random.chance(0.3) ? random.share() * 0.3 : 0,
      cancelAfter: troubled && !isLast && random.chance(0.15) ? random.between(0, 12) : undefined,
      revokeKeyAfter: troubled && !isLast && random.chance(0.25) ? random.between(1, 9) : undefined,
      faults: troubled && !isLast ? makeFaults(random) : [],
      awsTrouble: awsTroubled && !isLast ? makeAwsTrouble(awsRandom) : noAwsTrouble,
    });
  }
  const guests = random.chance(0.3) ? ["guest@example.net", "second.guest@example.net"] : [];
  return { seed, addresses, guests, steps, clocks: makeClocks(createRandom(seed, 63)) };
}

const noAwsTrouble: AwsTrouble = { refusalRate: 0, lostAnswerRate: 0, outage: undefined };

function makeAwsTrouble(random: Random): AwsTrouble {
  return {
    refusalRate: random.chance(0.5) ? random.share() * 0.1 : 0,
    lostAnswerRate: random.chance(0.5) ? random.share() * 0.1 : 0,
    outage: random.chance(0.3)
      ? {
          service: random.pick(awsParts),
          afterMessages: random.between(0, 10),
          seconds: random.between(5, 90),
        }
      : undefined,
  };
}

/** In every other history all clocks are right; in the others they are up to 20 seconds apart. */
function makeClocks(random: Random): number[] {
  return random.chance(0.5) ? [0] : [-10, 10, random.between(-10, 10)];
}

function nextMembers(
  random: Random,
  people: readonly Person[],
  before: ReadonlySet<string>,
): Set<string> {
  if (random.chance(0.08)) {
    return new Set();
  }
  const leaves = random.pick([0, 0.1, 0.3, 0.9]);
  const joins = random.pick([0, 0.1, 0.3, 0.9]);
  return new Set(
    people
      .map(({ email }) => email)
      .filter((email) => random.chance(before.has(email) ? 1 - leaves : joins)),
  );
}

function makeFaults(random: Random): NewFaultRule[] {
  const rate = (): number => random.share() * 0.25;
  const sometimes = (rule: NewFaultRule): NewFaultRule[] => (random.chance(0.25) ? [rule] : []);
  return [
    ...sometimes({ kind: "throttle", rate: rate(), limit: 8 }),
    ...sometimes({ kind: "serverError", rate: rate(), limit: 8 }),
    ...sometimes({ kind: "serverError", rate: rate(), limit: 8, when: "after" }),
    ...sometimes({ kind: "reset", rate: rate(), limit: 8, when: "after" }),
    ...sometimes({
      kind: "withoutId",
      rate: rate(),
      limit: 4,
      operations: ["bulk_import_profiles"],
    }),
    ...sometimes({ kind: "cancelJob", rate: rate(), limit: 2, afterShare: random.share() }),
    // Down for good: the run ends with what it could not do.
    ...(random.chance(0.06)
      ? [
          {
            kind: "firewall" as const,
            rate: 1,
            operations: [
              random.pick([
                "remove_profiles_from_list" as const,
                "get_profiles_for_list" as const,
                "bulk_import_profiles" as const,
              ]),
            ],
          },
        ]
      : []),
  ];
}
