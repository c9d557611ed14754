import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  arrivedBy,
  clearedFrom,
  learnTravel,
  type Travel,
} from "../../../domain/klaviyo/clearance";
import {
  claimSlot,
  endpointLimits,
  type EndpointFamily,
  type SlotClaim,
} from "../../../domain/klaviyo/rate-limit";
import {
  emptyRateLimitState,
  holdBack,
  noteArrival,
  type RateLimitState,
} from "../../../domain/klaviyo/rate-limit-state";
import type { Clock, RateLimiter } from "../../../ports";

const itemSchema = z.object({
  version: z.number().int(),
  recent: z.array(z.number()),
  /** Absent where a version wrote that does not note arrivals. */
  lateness: z.array(z.number().nullable()).default([]),
  heldUntil: z.number(),
  buckets: z.array(z.tuple([z.number(), z.string(), z.number()])),
});

interface VersionedState {
  readonly version: number;
  readonly state: RateLimitState;
}

interface Waiter {
  readonly claim: SlotClaim;
  readonly resolve: (reservation: Awaited<ReturnType<RateLimiter["reserve"]>>) => void;
  readonly reject: (reason: unknown) => void;
}

interface Arrival {
  readonly slot: number;
  readonly party?: string | undefined;
  readonly by: number;
}

/** How long arrivals are collected before they are written, if no slot is claimed meanwhile. */
const COLLECTING_MILLISECONDS = 100;

/** An endpoint's item is of no use once its windows have passed. */
const ITEM_LIFETIME_SECONDS = 3_600;

/** Longest pause between two tries to write an item that other workers write too. */
const CONFLICT_PAUSE_MILLISECONDS = 25;

/**
 * A rate limiter whose state is one DynamoDB item per account and endpoint, written under a version so
 * that workers never take the same slot. Callers of one process that wait at the same time share a write.
 */
export function createRateLimiter(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
  clock: Clock;
}): RateLimiter {
  const { client, tableName, clock } = options;
  const waitersByEndpoint = new Map<string, Waiter[]>();
  /** Arrivals that this worker knows and has not written. */
  const arrivalsByEndpoint = new Map<string, Arrival[]>();
  /** Endpoints of which arrivals will be written soon. */
  const collecting = new Set<string>();
  const travelByEndpoint = new Map<string, Travel>();

  async function read(endpoint: string): Promise<VersionedState> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: { endpoint }, ConsistentRead: true }),
    );
    if (Item === undefined) {
      return { version: 0, state: emptyRateLimitState };
    }
    const { version, recent, lateness, heldUntil, buckets } = itemSchema.parse(Item);
    return {
      version,
      state: {
        recent,
        lateness,
        heldUntil,
        buckets: buckets.map(([second, party, slots]) => ({ second, party, slots })),
      },
    };
  }

  /** False if another worker wrote in between. */
  async function write(endpoint: string, version: number, state: RateLimitState): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            endpoint,
            version: version + 1,
            recent: state.recent,
            lateness: state.lateness,
            heldUntil: state.heldUntil,
            buckets: state.buckets.map(({ second, party, slots }) => [second, party, slots]),
            expiresAt: Math.ceil(clock.now().getTime() / 1_000) + ITEM_LIFETIME_SECONDS,
          },
          ConditionExpression: "attribute_not_exists(endpoint) OR version = :version",
          ExpressionAttributeValues: { ":version": version },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return false;
      }
      throw error;
    }
  }

  /** A state with what this worker alone knows, or has not written yet. */
  function withArrivals(endpoint: string, state: RateLimitState): RateLimitState {
    return (arrivalsByEndpoint.get(endpoint) ?? []).reduce(noteArrival, state);
  }

  /** Reads, changes and writes until no other worker came in between; arrivals are written with it. */
  async function change<Result>(
    endpoint: string,
    decide: (state: RateLimitState) => { state: RateLimitState; result: Result },
  ): Promise<Result> {
    for (;;) {
      const current = await read(endpoint);
      const arrivals = arrivalsByEndpoint.get(endpoint) ?? [];
      const { state, result } = decide(withArrivals(endpoint, current.state));
      if (state === current.state || (await write(endpoint, current.version, state))) {
        const rest =
          arrivalsByEndpoint.get(endpoint)?.filter((one) => !arrivals.includes(one)) ?? [];
        arrivalsByEndpoint.set(endpoint, rest);
        return result;
      }
      await clock.sleep(Math.random() * CONFLICT_PAUSE_MILLISECONDS);
    }
  }

  async function serve(endpoint: string, family: EndpointFamily): Promise<void> {
    for (;;) {
      const waiters = waitersByEndpoint.get(endpoint) ?? [];
      if (waiters.length === 0) {
        waitersByEndpoint.delete(endpoint);
        return;
      }
      waitersByEndpoint.set(endpoint, []);
      try {
        const reservations = await change(endpoint, (state) => reserveFor(waiters, state, family));
        reservations.forEach((answer) => {
          answer();
        });
      } catch (error) {
        waiters.forEach(({ reject }) => {
          reject(error);
        });
      }
    }
  }

  function reserveFor(waiters: readonly Waiter[], before: RateLimitState, family: EndpointFamily) {
    const now = clock.now().getTime();
    let state = before;
    const result = waiters.map(({ claim, resolve }) => {
      const given = claimSlot(state, endpointLimits[family], now, claim);
      state = given.state;
      const at = new Date(given.at);
      const from = clearedFrom(given.state, endpointLimits[family], given.at, now);
      const isClear = from !== undefined && from <= given.at;
      return () => {
        resolve(given.kind === "slot" ? { kind: "slot", at, isClear } : { kind: "later", at });
      };
    });
    return { state, result };
  }

  /** Does nothing if they went with a claim meanwhile. */
  async function writeArrivals(endpoint: string): Promise<void> {
    if ((arrivalsByEndpoint.get(endpoint) ?? []).length > 0) {
      await change(endpoint, (state) => ({ state, result: undefined }));
    }
  }

  /** Writes arrivals from time to time until there are none. */
  async function collectArrivals(endpoint: string): Promise<void> {
    try {
      do {
        await clock.sleep(COLLECTING_MILLISECONDS);
        await writeArrivals(endpoint);
      } while ((arrivalsByEndpoint.get(endpoint) ?? []).length > 0);
    } catch {
      // They go with the next ones; until then they cost others a place for some seconds, and nothing else.
    } finally {
      collecting.delete(endpoint);
    }
  }

  return {
    clearedFrom: async (quota, family, slot) => {
      const endpoint = `${quota}#${family}`;
      const { state } = await read(endpoint);
      const from = clearedFrom(
        withArrivals(endpoint, state),
        endpointLimits[family],
        slot.getTime(),
        clock.now().getTime(),
      );
      return from === undefined ? undefined : new Date(from);
    },
    answered: async (quota, family, { slot, party, made, answered }) => {
      const endpoint = `${quota}#${family}`;
      const travel = travelByEndpoint.get(endpoint);
      const times = { made: made.getTime(), answered: answered.getTime() };
      travelByEndpoint.set(endpoint, learnTravel(travel, times.answered - times.made));
      const known = arrivalsByEndpoint.get(endpoint) ?? [];
      arrivalsByEndpoint.set(endpoint, [
        ...known,
        { slot: slot.getTime(), party, by: arrivedBy(times, travel) },
      ]);
      if (endpointLimits[family].burst === 1) {
        // Others wait for this one, and this process may sleep from now on.
        await writeArrivals(endpoint);
      } else if (!collecting.has(endpoint)) {
        collecting.add(endpoint);
        void collectArrivals(endpoint);
      }
    },
    reserve: (quota, family, claim) =>
      new Promise((resolve, reject) => {
        const endpoint = `${quota}#${family}`;
        const waiter = { claim, resolve, reject };
        const waiting = waitersByEndpoint.get(endpoint);
        if (waiting === undefined) {
          waitersByEndpoint.set(endpoint, [waiter]);
          void serve(endpoint, family);
        } else {
          waiting.push(waiter);
        }
      }),
    holdBack: (quota, family, until) =>
      change(`${quota}#${family}`, (state) => ({
        state: holdBack(state, until.getTime()),
        result: undefined,
      })),
    look: async (quota, family) => (await read(`${quota}#${family}`)).state,
    forget: async (quota) => {
      for (const family of Object.keys(endpointLimits)) {
        await client.send(
          new DeleteCommand({ TableName: tableName, Key: { endpoint: `${quota}#${family}` } }),
        );
      }
    },
  };
}
