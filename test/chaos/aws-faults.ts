import type { NewAwsFaultRule } from "../../infra/local/faults/fault-rules";
import type { Random } from "./random";

/** The services that a run can't do without, and those that only tell of its end. */
const NEEDED = ["dynamodb", "s3", "sqs", "secretsmanager"] as const;
const TELLING = ["events", "sns"] as const;

/** What befalls AWS while runs are going. An outage begins and ends within their first seconds. */
export function makeAwsFaults(random: Random): NewAwsFaultRule[] {
  if (random.chance(0.3)) {
    return [];
  }
  const sometimes = (probability: number, make: () => NewAwsFaultRule): NewAwsFaultRule[] =>
    random.chance(probability) ? [make()] : [];
  const rate = (most: number): number => random.share() * most;
  return [
    ...NEEDED.flatMap((service) => [
      ...sometimes(0.35, () => ({ kind: "throttle", service, rate: rate(0.2) })),
      ...sometimes(0.25, () => ({ kind: "serverError", service, rate: rate(0.15) })),
      ...sometimes(0.4, () => ({ kind: "lostAnswer", service, rate: rate(0.2) })),
      ...sometimes(0.2, () => ({
        kind: "slow",
        service,
        rate: rate(0.2),
        leastMilliseconds: 20,
        mostMilliseconds: 400,
      })),
    ]),
    ...TELLING.flatMap((service) =>
      sometimes(0.2, () => ({
        kind: random.pick(["throttle", "serverError", "lostAnswer"] as const),
        service,
        rate: rate(0.5),
      })),
    ),
    // Each is noticed after seconds only.
    ...sometimes(0.2, () => ({
      kind: "stall",
      service: "s3",
      actions: ["GetObject"],
      rate: rate(0.2),
      limit: random.between(1, 2),
    })),
    ...sometimes(0.1, () => ({ kind: "stall", service: "dynamodb", rate: rate(0.05), limit: 1 })),
    ...sometimes(0.35, () => ({
      kind: "outage",
      service: random.pick(NEEDED),
      afterMilliseconds: random.between(0, 2_500),
      milliseconds: random.between(300, 4_000),
    })),
  ];
}
