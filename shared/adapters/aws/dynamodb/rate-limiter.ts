import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  claimSlot,
  emptyRateLimitState,
  endpointLimits,
  holdBack,
  type EndpointFamily,
  type RateLimitState,
  type SlotClaim,
} from "../../../domain/klaviyo/rate-limit";
import {
  latenessToAllow,
  notePunctuality,
  type Punctuality,
} from "../../../domain/klaviyo/punctuality";
import { noteAnswerTime, wayToAllow, type AnswerTimes } from "../../../domain/klaviyo/answer-times";
import type { Clock, RateLimiter } from "../../../ports";
import { servedTogether } from "./served-together";

const itemSchema = z.object({
  version: z.number().int(),
  recent: z.array(z.number()),
  /** Absent where an earlier version wrote. */
  rooms: z.array(z.number()).default([]),
  heldUntil: z.number(),
  buckets: z.array(z.tuple([z.number(), z.string(), z.number()])),
});

interface VersionedState {
  readonly version: number;
  readonly state: RateLimitState;
}

type Reservation = Awaited<ReturnType<RateLimiter["reserve"]>>;

interface Reserving {
  readonly family: EndpointFamily;
  readonly claim: SlotClaim;
}

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
  /** Of this worker, whatever it calls. */
  let punctuality: Punctuality = [];
  const answerTimes = new Map<EndpointFamily, AnswerTimes>();

  async function read(endpoint: string): Promise<VersionedState> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: { endpoint }, ConsistentRead: true }),
    );
    if (Item === undefined) {
      return { version: 0, state: emptyRateLimitState };
    }
    const { version, recent, rooms, heldUntil, buckets } = itemSchema.parse(Item);
    return {
      version,
      state: {
        recent,
        rooms,
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
            rooms: state.rooms,
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

  /** Reads, changes and writes until no other worker came in between. */
  async function change<Result>(
    endpoint: string,
    decide: (state: RateLimitState) => { state: RateLimitState; result: Result },
  ): Promise<Result> {
    for (;;) {
      const current = await read(endpoint);
      const { state, result } = decide(current.state);
      if (state === current.state || (await write(endpoint, current.version, state))) {
        return result;
      }
      await clock.sleep(Math.random() * CONFLICT_PAUSE_MILLISECONDS);
    }
  }

  function reserveFor(reserving: readonly Reserving[], before: RateLimitState) {
    const now = clock.now().getTime();
    const latenessMilliseconds = latenessToAllow(punctuality);
    let state = before;
    const result = reserving.map(({ family, claim }): Reservation => {
      const given = claimSlot(state, endpointLimits[family], now, {
        ...claim,
        latenessMilliseconds,
        wayMilliseconds: wayToAllow(answerTimes.get(family) ?? [], latenessMilliseconds),
      });
      state = given.state;
      return given.kind === "slot"
        ? { kind: "slot", ...given.slot }
        : { kind: "later", at: new Date(given.at) };
    });
    return { state, result };
  }

  const reserve = servedTogether((endpoint, reserving: readonly Reserving[]) =>
    change(endpoint, (state) => reserveFor(reserving, state)),
  );

  return {
    reserve: (quota, family, claim) => reserve(`${quota}#${family}`, { family, claim }),
    noteLateness(milliseconds) {
      punctuality = notePunctuality(punctuality, milliseconds);
    },
    noteAnswerTime(family, milliseconds) {
      answerTimes.set(family, noteAnswerTime(answerTimes.get(family) ?? [], milliseconds));
    },
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
