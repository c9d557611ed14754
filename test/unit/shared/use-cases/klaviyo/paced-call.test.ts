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
  /** Between a call's turn and its arrival at Klaviyo. */
  readonly onTheWay?: Delay;
  /** Between its arrival and its answer. */
  readonly answering?: Delay;
  /** Of a request to DynamoDB. */
  readonly storing?: Delay;
  /** The share of calls whose worker dies as it makes them: they never arrive. */
  readonly dying?: number;
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
async function arrivalsOf({
  family = "createImportJob",
  workers = 4,
  atOnce = 10,
  callsEach = 45,
  onTheWay = () => 3,
  answering = () => 20,
  storing = (random) => random.between(1, 4),
  dying = 0,
}: Conditions) {
  const clock = virtualClock();
  const random = createRandom(1, 1);
  // The limiter draws how long it pauses when another worker came before it.
  jest.spyOn(Math, "random").mockImplementation(() => random.share());
  const table = aTable(clock, () => storing(random));
  const arrivals: number[] = [];
  const log = fakeLog();

  const work = Array.from({ length: workers }, async () => {
    const limiter = createRateLimiter({ client: table.client, tableName: "limits", clock });
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
        { limiter, clock, log },
        { quota: "account", family, party: "run-1" },
        deadline,
        async () => {
          if (random.chance(dying)) {
            throw new Error("died");
          }
          await clock.sleep(onTheWay(random));
          arrivals.push(clock.now().getTime());
          await clock.sleep(answering(random));
          return { ok: true as const, value: undefined };
        },
      ).catch(() => ({ kind: "died" as const }));
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

describe("calls of several workers keep Klaviyo's limits in every window", () => {
  const conditions: Record<string, Conditions> = {
    "when all goes well": {},
    "when workers stall between their turn and their call": { onTheWay: heldUp(300) },
    "when they stall for seconds": { onTheWay: heldUp(2_500) },
    "when all calls are late, by how much varies": {
      onTheWay: (random) => random.between(0, 800),
    },
    "when the table is slow": { storing: heldUp(400), onTheWay: heldUp(400) },
    "when Klaviyo answers slowly": {
      callsEach: 20,
      answering: (random) => random.between(900, 2_400),
      onTheWay: heldUp(400),
    },
    "when workers die between their turn and their call": {
      ...{ dying: 0.05, onTheWay: heldUp(300) },
    },
    "when one call is all that a second allows": {
      ...{ family: "getListSize", callsEach: 8, atOnce: 2, onTheWay: heldUp(1_000) },
    },
    "when many calls are made": {
      ...{ family: "listProfiles", callsEach: 200, atOnce: 25, onTheWay: heldUp(300) },
    },
  };

  it.each(Object.entries(conditions))("%s", async (_name, one) => {
    const { burst, steady } = endpointLimits[one.family ?? "createImportJob"];
    const { arrivals } = await arrivalsOf(one);
    expect(arrivals.length).toBeGreaterThan(burst * 3);
    expect(mostWithin(arrivals, 1_000)).toBeLessThanOrEqual(burst);
    expect(mostWithin(arrivals, 60_000)).toBeLessThanOrEqual(steady);
  });
});

describe("workers that are in time", () => {
  test("use at least 95 % of a second's calls, and write little more than their claims", async () => {
    const { arrivals, writes } = await arrivalsOf({ workers: 2, callsEach: 50 });
    expect(arrivals).toHaveLength(100);
    expect(seconds(arrivals)).toBeLessThan(9 / 0.95 + 0.5);
    expect(writes).toBeLessThan(100);
  });

  test("do so too when Klaviyo takes most of a second to answer", async () => {
    const answering: Delay = (random) => random.between(600, 640);
    const { arrivals } = await arrivalsOf({ workers: 2, callsEach: 50, answering });
    // In the first two seconds it is not known yet how long all answers take.
    expect(seconds(arrivals)).toBeLessThan(9 / 0.95 + 2);
  });
});

test("a worker that dies costs the others one place, and that for some seconds only", async () => {
  const { arrivals } = await arrivalsOf({ callsEach: 35, dying: 0.05 });
  expect(arrivals.length).toBeLessThan(140);
  expect(seconds(arrivals)).toBeLessThan(20);
});
