import { createRandom } from "../chaos/random";
import { refusals, services, type Death, type Outage, type Refusal, type Service } from "./front";
import { playOutage } from "./play-outage";

/** The steps that a run of a mirror takes, in their order. */
export const steps = ["start", "prepare", "push", "confirm", "remove", "settle"] as const;

/** Services that a step calls; a start reads no file and no secret, a chunk that is taken sends no message. */
const called: Readonly<Record<(typeof steps)[number], readonly Service[]>> = {
  start: ["dynamodb", "sqs"],
  prepare: services,
  push: ["dynamodb", "s3", "secretsmanager"],
  confirm: ["dynamodb", "sqs", "secretsmanager"],
  remove: ["dynamodb", "s3", "secretsmanager"],
  settle: ["dynamodb", "s3"],
};

export interface Case {
  readonly name: string;
  readonly outage?: Outage;
  readonly death?: Death;
}

/** Each service, and all at once, refusing in each way from each step on. */
export function outages(seconds: number, ways = Object.keys(refusals) as Refusal[]): Case[] {
  return steps.flatMap((step) =>
    [...called[step].map((service): readonly Service[] => [service]), services].flatMap((some) =>
      ways.map((refusal) => ({
        name: `${some.length > 1 ? "all services" : some.join()} ${refusal} for ${String(seconds)} s from ${step} on`,
        outage: { services: some, step, milliseconds: seconds * 1_000, refusal },
      })),
    ),
  );
}

/** A worker that dies before and after each write of a run; every `stride`-th of them. */
export async function deaths(stride = 1): Promise<Case[]> {
  const { front } = await playOutage({});
  return Array.from(
    { length: Math.floor(front.writes / stride) },
    (_, index) => (index + 1) * stride,
  ).flatMap((write) =>
    (["before", "after"] as const).map((when) => ({
      name: `a worker killed ${when} write ${String(write)}`,
      death: { write, when },
    })),
  );
}

/** So many cases of both, drawn at random; outages last up to five minutes. */
export async function drawCases(count: number, seed: number): Promise<Case[]> {
  const random = createRandom(seed, 1);
  const everyDeath = await deaths();
  return Array.from({ length: count }, () =>
    random.pick(random.chance(0.5) ? outages(random.between(1, 300)) : everyDeath),
  );
}

/** Plays a case; returns what is wrong, a sentence each. */
export async function judgeCase({ name, outage, death }: Case): Promise<readonly string[]> {
  const { wrong, front } = await playOutage({ outage, death });
  const happened = death === undefined ? front.refused > 0 : front.deaths > 0;
  return [...wrong, ...(happened ? [] : ["it did not come to pass"])].map(
    (sentence) => `${name}: ${sentence}`,
  );
}
