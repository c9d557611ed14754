import type { NewFaultRule } from "../../infra/local/klaviyo/simulator";
import { createRandom, type Random } from "../chaos/random";

/** What happens between two runs of an export. */
export type Change =
  | "loseSnapshot"
  | "damageSnapshot"
  | "changeMapping"
  | "attachElsewhere"
  | "becomeUpsert"
  | "becomeMirror";

export interface HistoryStep {
  /** The segment's cells from now on: valid addresses of people, disguised, and invalid or blank ones. */
  readonly cells: readonly string[];
  /** Who is a valid member by these cells, in lower case. */
  readonly members: ReadonlySet<string>;
  readonly changes: readonly Change[];
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
}

/** A segment's life, and what befalls the runs that export it. The last step is undisturbed. */
export interface History {
  readonly seed: number;
  /** People who never reach the list: Klaviyo refuses them, at once or later. */
  readonly refused: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  /** People whom others put on the list. */
  readonly outsiders: readonly string[];
  readonly steps: readonly HistoryStep[];
}

const disguises = [
  (email: string) => email,
  (email: string) => email.toUpperCase(),
  (email: string) => `  ${email} `,
];

export function makeHistory(seed: number): History {
  const random = createRandom(seed, 60);
  const people = Array.from(
    { length: random.between(1, 40) },
    (_, index) => `p${String(index)}@${random.pick(["example.org", "mail.example.com"])}`,
  );
  const some = (share: number): Set<string> => new Set(people.filter(() => random.chance(share)));
  const troubled = random.chance(0.7);
  const steps: HistoryStep[] = [];
  let inside = some(random.share());
  for (let left = random.between(2, 6); left > 0; left -= 1) {
    const isLast = left === 1;
    steps.push({
      ...makeSegment(random, [...inside]),
      changes: makeChanges(random, steps.length === 0, isLast),
      mode: random.chance(0.1) ? "full" : "incremental",
      allowMassRemoval: isLast || random.chance(0.7),
      crashRate: troubled && !isLast && random.chance(0.6) ? random.share() * 0.12 : 0,
      copyRate: troubled && random.chance(0.3) ? random.share() * 0.3 : 0,
      cancelAfter: troubled && !isLast && random.chance(0.15) ? random.between(0, 12) : undefined,
      revokeKeyAfter: troubled && !isLast && random.chance(0.25) ? random.between(1, 9) : undefined,
      faults: troubled && !isLast ? makeFaults(random) : [],
    });
    inside = nextMembers(random, people, inside);
  }
  const refused = some(random.chance(0.4) ? 0.15 : 0);
  const failed = some(random.chance(0.4) ? 0.15 : 0);
  return {
    seed,
    refused,
    failed,
    outsiders: random.chance(0.3) ? ["guest@example.net", "second.guest@example.net"] : [],
    steps,
  };
}

function nextMembers(random: Random, people: readonly string[], before: Set<string>): Set<string> {
  if (random.chance(0.08)) {
    return new Set();
  }
  const leaves = random.pick([0, 0.1, 0.3, 0.9]);
  const joins = random.pick([0, 0.1, 0.3, 0.9]);
  return new Set(people.filter((one) => random.chance(before.has(one) ? 1 - leaves : joins)));
}

function makeSegment(
  random: Random,
  inside: readonly string[],
): Pick<HistoryStep, "cells" | "members"> {
  const members = new Set<string>();
  const cells: string[] = [];
  for (const email of inside) {
    if (random.chance(0.05)) {
      // The person is there, but by no address that can be one.
      cells.push(random.pick(["", " ", email.replace("@", " at "), `${email}.`]));
      continue;
    }
    members.add(email);
    cells.push(random.pick(disguises)(email));
    if (random.chance(0.1)) {
      cells.push(random.pick(disguises)(email));
    }
  }
  return { cells, members };
}

function makeChanges(random: Random, isFirst: boolean, isLast: boolean): Change[] {
  const changes: Change[] = [];
  if (!isFirst && random.chance(0.12)) {
    changes.push(random.pick(["loseSnapshot", "damageSnapshot"]));
  }
  if (!isFirst && random.chance(0.1)) {
    changes.push("changeMapping");
  }
  if (!isFirst && random.chance(0.1)) {
    changes.push("attachElsewhere");
  }
  changes.push(!isLast && random.chance(0.2) ? "becomeUpsert" : "becomeMirror");
  return changes;
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
