import {
  DeleteCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { conditionalWrite } from "../../aws-failure";

/**
 * Display names, kept unique without transactions, as items `name#<normalised name>` beside the
 * connections. A writer announces itself, reserves the name and only then brings the connection to have
 * it, each with one conditional write. The announcement is an item of kind `creating`, or, of a connection
 * that is renamed, its attribute `renaming`.
 *
 * Whoever finds a name reserved by a connection that does not have it withdraws the announcement first.
 * That either fails, because the connection has come to have the name meanwhile, or makes sure that this
 * reservation never leads to it; then the name is free to take over. So a crash after any of the writes
 * blocks nothing, and no clock is needed to tell a crash from a slow writer.
 */
const nameItemSchema = z.object({
  kind: z.literal("name"),
  heldBy: z.string(),
  reservation: z.string(),
});

/** What is known of whoever holds a name. */
const holderSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("creating") }),
  z.object({ kind: z.literal("connection"), displayName: z.string() }),
]);

/** Rounds of taking over a name from writers that crashed, or that race for it, before giving up. */
const TAKEOVER_ATTEMPTS = 5;

export interface ConnectionNames {
  /** Reserves a name; false if another connection has it. The reservation is one writer's own. */
  take(displayName: string, connectionId: string, reservation: string): Promise<boolean>;
  /** Frees a name that the connection holds, if need be only under one reservation. */
  free(displayName: string, connectionId: string, reservation?: string): Promise<void>;
}

export function createConnectionNames(
  client: DynamoDBDocumentClient,
  tableName: string,
  read: (key: string) => Promise<unknown>,
): ConnectionNames {
  /** Makes sure that whoever holds the name never comes to have it; false if it has it. */
  async function withdraw(holder: string, key: string): Promise<boolean> {
    const found = holderSchema.safeParse(await read(holder)).data;
    if (found === undefined) {
      return true;
    }
    if (found.kind === "creating") {
      return succeeded(
        conditionalWrite("DeleteItem", () =>
          client.send(
            new DeleteCommand({
              TableName: tableName,
              Key: { connectionId: holder },
              ConditionExpression: "attribute_not_exists(connectionId) OR kind = :kind",
              ExpressionAttributeValues: { ":kind": "creating" },
            }),
          ),
        ),
      );
    }
    if (nameKey(found.displayName) === key) {
      return false;
    }
    return succeeded(
      conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { connectionId: holder },
            ConditionExpression: "kind = :kind AND displayName = :displayName",
            UpdateExpression: "REMOVE renaming",
            ExpressionAttributeValues: {
              ":kind": "connection",
              ":displayName": found.displayName,
            },
          }),
        ),
      ),
    );
  }

  /** Writes the reservation if the name is free, or still reserved as `from`. */
  async function reserve(
    key: string,
    connectionId: string,
    reservation: string,
    from: string | undefined,
  ): Promise<boolean> {
    return succeeded(
      conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { connectionId: key, kind: "name", heldBy: connectionId, reservation },
            ConditionExpression:
              from === undefined ? "attribute_not_exists(connectionId)" : "reservation = :from",
            ...(from === undefined ? {} : { ExpressionAttributeValues: { ":from": from } }),
          }),
        ),
      ),
    );
  }

  return {
    async take(displayName, connectionId, reservation) {
      const key = nameKey(displayName);
      for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt += 1) {
        const held = nameItemSchema.safeParse(await read(key)).data;
        if (held?.reservation === reservation) {
          // The reservation was written, but its answer got lost and the SDK tried again.
          return true;
        }
        // What the connection itself left of an earlier rename is simply written over.
        const foreign = held !== undefined && held.heldBy !== connectionId;
        if (foreign && !(await withdraw(held.heldBy, key))) {
          return false;
        }
        if (await reserve(key, connectionId, reservation, held?.reservation)) {
          return true;
        }
      }
      return false;
    },

    async free(displayName, connectionId, reservation) {
      await conditionalWrite("DeleteItem", () =>
        client.send(
          new DeleteCommand({
            TableName: tableName,
            Key: { connectionId: nameKey(displayName) },
            ConditionExpression:
              "heldBy = :holder" + (reservation === undefined ? "" : " AND reservation = :own"),
            ExpressionAttributeValues: {
              ":holder": connectionId,
              ":own": reservation,
            },
          }),
        ),
      );
    },
  };
}

/** A name typed with composed or with decomposed accents is the same name (NFC). */
export function nameKey(displayName: string): string {
  return `name#${displayName.trim().normalize("NFC").toLowerCase()}`;
}

async function succeeded(write: Promise<unknown>): Promise<boolean> {
  return (await write) !== undefined;
}
