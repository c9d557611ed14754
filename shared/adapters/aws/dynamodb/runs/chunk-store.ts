import {
  GetCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { outcomeOf, type Chunk, type ChunkOutcome } from "../../../../domain/runs/chunk";
import type { Run } from "../../../../domain/runs/run";
import type { RunStore } from "../../../../ports";
import { awsCall, AwsFailure, conditionalWrite } from "../../aws-failure";
import {
  CHUNK_ITEM_PREFIX,
  chunkKey,
  OPEN,
  expiryOf,
  readChunk,
  readRun,
  runKey,
} from "./run-items";

/** Rounds of looking again when a claim was refused but the chunk is free to take when it is read. */
const CLAIM_ATTEMPTS = 5;

export type ChunkStore = Pick<
  RunStore,
  | "getChunk"
  | "listChunks"
  | "claimChunk"
  | "releaseChunk"
  | "markSent"
  | "reopenChunk"
  | "settleChunk"
  | "settleUnlessSent"
>;

/** The chunk's part of the run store. Whatever makes a chunk's item also says when it expires. */
export function createChunkStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  keptDays: number,
  runs: Pick<RunStore, "get" | "touch">,
): ChunkStore {
  async function getChunk(runId: string, chunk: number): Promise<Chunk | undefined> {
    const answer = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({
          TableName: tableName,
          Key: chunkKey(runId, chunk),
          ConsistentRead: true,
        }),
      ),
    );
    return answer.Item === undefined ? undefined : readChunk(answer.Item);
  }

  /** Changes a chunk's item if the condition holds; returns the item as it then is. */
  async function change(
    runId: string,
    chunk: number,
    update: Pick<UpdateCommandInput, "ConditionExpression" | "UpdateExpression"> & {
      names?: Record<string, string>;
      values: Record<string, unknown>;
    },
  ): Promise<Chunk | undefined> {
    const changed = await conditionalWrite("UpdateItem", () =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: chunkKey(runId, chunk),
          ConditionExpression: update.ConditionExpression,
          UpdateExpression: update.UpdateExpression,
          ExpressionAttributeNames: { "#state": "state", ...update.names },
          ExpressionAttributeValues: update.values,
          ReturnValues: "ALL_NEW",
        }),
      ),
    );
    return changed === undefined ? undefined : readChunk(changed.Attributes);
  }

  /** Settles a chunk that has no record or of which `when` holds; undefined if it is not settled then. */
  async function settle(
    runId: string,
    chunk: number,
    outcome: ChunkOutcome,
    at: Date,
    { when, values = {} }: { when: string; values?: Record<string, unknown> },
  ): Promise<Extract<Chunk, { state: "settled" }> | undefined> {
    const stored =
      (await change(runId, chunk, {
        ConditionExpression: `attribute_not_exists(#state) OR ${when}`,
        UpdateExpression:
          "SET #state = :settled, #chunk = :chunk, outcome = :outcome, " +
          "jobs = if_not_exists(jobs, :none), expiresAt = :expiry " +
          "REMOVE leaseUntil, claims, jobId, sentAt, profiles, refused, upTo, leftOut",
        names: { "#chunk": "chunk" },
        values: {
          ...values,
          ":expiry": expiryOf(at, keptDays),
          ":settled": "settled",
          ":chunk": chunk,
          ":outcome": outcome,
          ":none": 0,
        },
      })) ?? (await getChunk(runId, chunk));
    return stored?.state === "settled" ? stored : undefined;
  }

  /** Counts a settled chunk in its run: the outcome that was written first, whoever comes to count it. */
  async function count(settled: Extract<Chunk, { state: "settled" }>, at: Date): Promise<Run> {
    const { runId, chunk } = settled;
    const outcome = outcomeOf(settled);
    const counted = await conditionalWrite("UpdateItem", () =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: runKey(runId),
          ConditionExpression:
            "#open = :open AND (attribute_not_exists(settledChunkNumbers) " +
            "OR NOT contains(settledChunkNumbers, :chunk))",
          UpdateExpression:
            "SET movedAt = :at, #phase = :phase ADD imported :imported, " +
            "refused :refused, unsent :unsent, removed :removed, notFound :notFound, " +
            "unremoved :unremoved, settledChunkNumbers :chunkSet",
          ExpressionAttributeNames: { "#open": "open", "#phase": "phase" },
          ExpressionAttributeValues: {
            ":open": OPEN,
            ":at": at.toISOString(),
            // Chunks may still be pushed; the first one whose fate is known begins the phase.
            ":phase": outcome.removals === undefined ? "confirming" : "removing",
            ":imported": outcome.imported,
            ":refused": outcome.refused,
            ":unsent": outcome.unsent,
            ":removed": outcome.removals?.removed ?? 0,
            ":notFound": outcome.removals?.notFound ?? 0,
            ":unremoved": outcome.removals?.unremoved ?? 0,
            ":chunk": chunk,
            ":chunkSet": new Set([chunk]),
          },
          ReturnValues: "ALL_NEW",
        }),
      ),
    );
    const run = counted === undefined ? await runs.get(runId) : readRun(counted.Attributes);
    if (run === undefined) {
      throw new AwsFailure("UpdateItem", "a chunk's run is not there");
    }
    return run;
  }

  return {
    getChunk,

    async listChunks(runId) {
      const chunks: Chunk[] = [];
      let startKey: Record<string, unknown> | undefined;
      do {
        const answer = await awsCall("Query", () =>
          client.send(
            new QueryCommand({
              TableName: tableName,
              KeyConditionExpression: "runId = :run AND begins_with(#item, :chunk)",
              ExpressionAttributeNames: { "#item": "item" },
              ExpressionAttributeValues: { ":run": runId, ":chunk": CHUNK_ITEM_PREFIX },
              ConsistentRead: true,
              ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
            }),
          ),
        );
        chunks.push(...(answer.Items ?? []).map(readChunk));
        startKey = answer.LastEvaluatedKey;
      } while (startKey !== undefined);
      return chunks;
    },

    async claimChunk(runId, chunk, now, leaseUntil) {
      for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt += 1) {
        const claimed = await change(runId, chunk, {
          ConditionExpression:
            "attribute_not_exists(#state) OR (#state = :sending AND leaseUntil <= :now)",
          UpdateExpression:
            "SET #state = :sending, #chunk = :chunk, leaseUntil = :until, " +
            "jobs = if_not_exists(jobs, :none), expiresAt = :expiry ADD claims :one",
          names: { "#chunk": "chunk" },
          values: {
            ":one": 1,
            ":expiry": expiryOf(now, keptDays),
            ":sending": "sending",
            ":chunk": chunk,
            ":now": now.getTime(),
            ":until": leaseUntil.getTime(),
            ":none": 0,
          },
        });
        if (claimed !== undefined) {
          const { jobs, parts } = claimed;
          const again = jobs > 0 || (claimed.state === "sending" && (claimed.claims ?? 1) > 1);
          return { kind: "claimed", jobs, again, parts };
        }
        const stored = await getChunk(runId, chunk);
        const free =
          stored === undefined ||
          (stored.state === "sending" && stored.leaseUntil <= now.getTime());
        if (!free) {
          return { kind: "held", chunk: stored };
        }
      }
      throw new AwsFailure("UpdateItem", "the chunk changes too fast to be claimed");
    },

    async releaseChunk(runId, chunk, leaseUntil) {
      await change(runId, chunk, {
        ConditionExpression: "#state = :sending AND leaseUntil = :until",
        UpdateExpression: "SET leaseUntil = :past",
        values: { ":sending": "sending", ":until": leaseUntil.getTime(), ":past": 0 },
      });
    },

    async markSent(sent) {
      // A chunk that was sent or settled meanwhile stays so: the first job's outcome is waited for.
      await change(sent.runId, sent.chunk, {
        ConditionExpression: "attribute_not_exists(#state) OR #state = :sending",
        UpdateExpression:
          "SET #state = :sent, #chunk = :chunk, jobs = :jobs, jobId = :job, sentAt = :at, " +
          "profiles = :profiles, refused = :refused, expiresAt = :expiry" +
          (sent.upTo === undefined ? "" : ", upTo = :upTo") +
          (sent.leftOut === undefined ? "" : ", leftOut = :leftOut") +
          " REMOVE leaseUntil, claims",
        names: { "#chunk": "chunk" },
        values: {
          ...(sent.upTo === undefined ? {} : { ":upTo": sent.upTo }),
          ...(sent.leftOut === undefined ? {} : { ":leftOut": sent.leftOut }),
          ":expiry": expiryOf(new Date(sent.sentAt), keptDays),
          ":sending": "sending",
          ":sent": "sent",
          ":chunk": sent.chunk,
          ":jobs": sent.jobs,
          ":job": sent.jobId,
          ":at": sent.sentAt,
          ":profiles": sent.profiles,
          ":refused": sent.refused,
        },
      });
      await runs.touch(sent.runId, new Date(sent.sentAt));
    },

    async reopenChunk(runId, chunk, jobId, parts) {
      const reopened = await change(runId, chunk, {
        ConditionExpression: "#state = :sent AND jobId = :job",
        UpdateExpression:
          `SET #state = :sending, leaseUntil = :past ${parts === undefined ? "" : ", parts = :parts"} ` +
          "REMOVE jobId, sentAt, profiles, refused, upTo, leftOut",
        values: {
          ...(parts === undefined ? {} : { ":parts": parts }),
          ":sent": "sent",
          ":sending": "sending",
          ":job": jobId,
          ":past": 0,
        },
      });
      return reopened !== undefined;
    },

    async settleChunk(runId, chunk, outcome, at) {
      const settled = await settle(runId, chunk, outcome, at, { when: "#state <> :settled" });
      if (settled === undefined) {
        throw new AwsFailure("UpdateItem", "a settled chunk is settled no more");
      }
      return count(settled, at);
    },

    async settleUnlessSent(runId, chunk, outcome, at, spare) {
      const settled = await settle(
        runId,
        chunk,
        outcome,
        at,
        spare === "sent"
          ? { when: "#state = :sending", values: { ":sending": "sending" } }
          : {
              when: "(#state = :sending AND leaseUntil <= :now)",
              values: { ":sending": "sending", ":now": at.getTime() },
            },
      );
      return settled === undefined ? undefined : count(settled, at);
    },
  };
}
