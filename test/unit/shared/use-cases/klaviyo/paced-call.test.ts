import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterEach, describe, expect, it, jest, test } from "@jest/globals";
import { createRateLimiter } from "../../../../../shared/adapters/aws/dynamodb/rate-limiter";
import {
  endpointLimits,
  type EndpointFamily,
} from "../../../../../shared/domain/klaviyo/rate-limit";
import { pacedCall } from "../../../../../shared/use-cases/klaviyo/paced-call";
import { createRandom, type Random } from "../../../../chaos/random";
import { fakeLog } from "../../../../support/fakes/log";
import { virtualClock, type VirtualClock } from "../../../../support/fakes/virtual-clock";

/** Milliseconds, drawn for each call or request. */
type Delay = (random: Random) => number;

interface Conditions {
  readonly family?: EndpointFamily;
  readonly workers?: number;
  /** Calls that each worker has under way at a time, and that it makes in all. */
  readonly atOnce?: number;
  readonly callsEach?: number;
  /** How much later than it wants to a worker wakes. */
  readonly waking?: Delay;
  /** Between a call's beginning and the instant at which nothing is left to do but to send it. */
  readonly connecting?: Delay;
  /** Between its sending and its arrival at Klaviyo. */
  readonly onTheWay?: Delay;
  /** Between its arrival and its answer. */
  readonly answering?: Delay;
  /** Of a request to DynamoDB. */
  readonly storing?: Delay;
}

/** A table that others write too, under conditions as the limiter states them. */
function aTable(clock: VirtualClock, delay: () => number) {
  const items = new Map<string, Record<string, unknown>>();
  const writes = { count: 0 };
  const send = async ({ input }: { input: Record<string, Record<string, unknown>> }) => {
    await clock.sleep(delay());
    const { Key, Item, ExpressionAttributeValues: values } = input;
    if (Item === undefined) {
      return { Item: items.get(String(Key?.["endpoint"])) };
    }
    writes.count += 1;
    const endpoint = String(Item["endpoint"]);
    const stored = items.get(endpoint);
    if (stored !== undefined && stored["version"] !== values?.[":version"]) {
      throw new ConditionalCheckFailedException({ message: "version", $metadata: {} });
    }
    items.set(endpoint, structuredClone(Item));
    await clock.sleep(delay());
    return {};
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, writes };
}

/** Workers that call as fast as they are let; when their calls arrive, and how often they write. */
async function arrivalsOf(
  {
    family = "createImportJob",
    workers = 4,
    atOnce = 10,
    callsEach = 45,
    waking = () => 1,
    connecting = () => 2,
    onTheWay = (random) => random.between(1, 20),
    answering = (random) => random.between(20, 60),
    storing = (random) => random.between(1, 4),
  }: Conditions,
  seed = 1,
) {
  const clock = virtualClock();
  const random = createRandom(seed, 1);
  // The limiter draws how long it pauses when another worker came before it.
  jest.spyOn(Math, "random").mockImplementation(() => random.share());
  const table = aTable(clock, () => storing(random));
  const arrivals: number[] = [];
  const log = fakeLog();

  const work = Array.from({ length: workers }, async () => {
    const own = {
      now: clock.now,
      sleep: (milliseconds: number) => clock.sleep(Math.max(0, milliseconds) + waking(random)),
    };
    const limiter = createRateLimiter({ client: table.client, tableName: "limits", clock: own });
    let left = callsEach;
    const callOn = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await callOnce();
      }
    };
    const callOnce = async (): Promise<void> => {
      const deadline = new Date(clock.now().getTime() + 60_000);
      const result = await pacedCall(
        { limiter, clock: own, log },
        { quota: "account", family, party: "run-1" },
        deadline,
        async (turn) => {
          await clock.sleep(connecting(random));
          if (!(await turn())) {
            return { ok: false, failure: { kind: "unavailable", reason: "no turn" } };
          }
          await clock.sleep(onTheWay(random));
          arrivals.push(clock.now().getTime());
          await clock.sleep(answering(random));
          return { ok: true as const, value: undefined };
        },
      );
      if (result.kind === "later") {
        left += 1;
        await clock.sleep(result.at.getTime() - clock.now().getTime());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, callOn));
  });
  await clock.runUntil(Promise.all(work));
  arrivals.sort((one, other) => one - other);
  return { arrivals, writes: table.writes.count };
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** The most that any window of this length holds, whatever its phase. */
function mostWithin(arrivals: readonly number[], milliseconds: number): number {
  return Math.max(
    ...arrivals.map(
      (from) => arrivals.filter((at) => at >= from && at < from + milliseconds).length,
    ),
  );
}

const seconds = (arrivals: readonly number[]): number => (arrivals.at(-1)! - arrivals[0]!) / 1_000;

/** One in five is held up, by up to so many milliseconds. */
const heldUp =
  (most: number): Delay =>
  (random) =>
    random.chance(0.2) ? random.between(0, most) : random.between(1, 10);

const upTo =
  (most: number): Delay =>
  (random) =>
    random.between(0, most);

describe("calls of several workers keep Klaviyo's limits in every window", () => {
  const conditions: Record<string, Conditions> = {
    "when all goes well": {},
    "when connecting is held up by tenths of a second": { connecting: heldUp(300) },
    "when it is held up by seconds": { connecting: heldUp(2_500) },
    "when all calls are held up before they are sent, by how much varies": {
      connecting: upTo(800),
    },
    "when a worker wakes late now and then": { waking: heldUp(300) },
    "when it wakes seconds late": { waking: heldUp(2_500) },
    "when workers always wake late, by how much varies": { waking: upTo(400) },
    "when they do, and calls are as long on their way": { waking: upTo(200), onTheWay: upTo(80) },
    "when calls are held up after they are sent, and their answers too": {
      ...{ workers: 2, onTheWay: upTo(75), answering: upTo(150) },
    },
    "when four workers' calls are": { onTheWay: upTo(75), answering: upTo(150) },
    "when calls are long on their way, and all of them as long": {
      ...{ onTheWay: () => 400, answering: () => 400 },
    },
    "when the table is slow": { storing: heldUp(400), connecting: heldUp(400) },
    "when all is slow": { storing: heldUp(400), connecting: heldUp(400), waking: heldUp(400) },
    "when one call is all that a second allows": {
      ...{ family: "getListSize", callsEach: 8, atOnce: 2, waking: heldUp(400) },
    },
    "when many calls are made": {
      ...{ family: "listProfiles", callsEach: 200, atOnce: 25, waking: heldUp(300) },
    },
  };

  it.each(Object.entries(conditions))("%s", async (_name, one) => {
    const { burst, steady } = endpointLimits[one.family ?? "createImportJob"];
    for (const seed of [1, 2, 3]) {
      const { arrivals } = await arrivalsOf(one, seed);
      expect(arrivals).toHaveLength((one.workers ?? 4) * (one.callsEach ?? 45));
      expect(mostWithin(arrivals, 1_000)).toBeLessThanOrEqual(burst);
      expect(mostWithin(arrivals, 60_000)).toBeLessThanOrEqual(steady);
    }
  });
});

describe("workers that are in time", () => {
  // What calls lose on their way is not known at first, so that more is allowed for it.
  test("use at least 95 % of a second's calls, and write no more than their claims", async () => {
    const { arrivals, writes } = await arrivalsOf({ workers: 2, callsEach: 50 });
    expect(arrivals).toHaveLength(100);
    expect(seconds(arrivals)).toBeLessThan(9 / 0.95 + 0.6);
    expect(writes).toBeLessThanOrEqual(100);
  });

  test("do so too when opening a connection takes a quarter of a second", async () => {
    const { arrivals } = await arrivalsOf({ workers: 2, callsEach: 50, connecting: () => 240 });
    // Only those whose first slot is nearer miss it.
    expect(seconds(arrivals)).toBeLessThan(9 / 0.95 + 1.2);
  });
});

test("a worker that is late now and then costs the others little", async () => {
  const waking: Delay = (random) => (random.chance(0.03) ? 300 : 1);
  const { arrivals } = await arrivalsOf({ workers: 2, callsEach: 50, waking });
  expect(seconds(arrivals)).toBeLessThan(9 / 0.95 + 1.5);
});
