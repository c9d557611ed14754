import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { connectionSchema, type Connection } from "../../domain/connection";
import { DomainError } from "../../domain/problem";
import type { ConnectionStore } from "../../ports";
import { awsCall, conditionalWrite } from "./aws-failure";
import { scanPage } from "./scan-page";

/**
 * Items of the connections table, by `kind`:
 * - `creating`: a connection that has been announced and does not exist yet; only its id.
 * - `connection`: a connection.
 * - `name`: a display name and the connection that holds it, under the key `name#<normalised name>`.
 *
 * Without transactions, a name is kept unique by the order of three conditional writes: announce the
 * connection, reserve its name for it, turn the announcement into the connection. Whoever finds a name
 * reserved for a connection that is only announced withdraws the announcement first. That either fails,
 * because the connection has come to exist meanwhile, or makes sure that it never will; then the name is
 * free to take over. So a crash after any of the writes blocks nothing, and no clock is needed to tell a
 * crash from a slow writer.
 */
const storedConnectionSchema = connectionSchema.extend({ kind: z.literal("connection") });
const storedNameSchema = z.object({ kind: z.literal("name"), heldBy: z.string() });

/** Rounds of taking over a name from writers that crashed, or that race for it, before giving up. */
const TAKEOVER_ATTEMPTS = 5;

export function createConnectionStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): ConnectionStore {
  async function read(key: string): Promise<unknown> {
    const answer = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({
          TableName: tableName,
          Key: { connectionId: key },
          ConsistentRead: true,
        }),
      ),
    );
    return answer.Item;
  }

  async function get(connectionId: string): Promise<Connection | undefined> {
    const item = await read(connectionId);
    return isOfKind(item, "connection") ? readConnection(item) : undefined;
  }

  /** Deletes an item if it is of the kind expected; tells whether it is gone now. */
  async function deleteOfKind(
    key: string,
    kind: "creating" | "connection" | "name",
    heldBy?: string,
  ): Promise<boolean> {
    const deleted = await conditionalWrite("DeleteItem", () =>
      client.send(
        new DeleteCommand({
          TableName: tableName,
          Key: { connectionId: key },
          ConditionExpression:
            "attribute_not_exists(connectionId) OR (kind = :kind" +
            (heldBy === undefined ? ")" : " AND heldBy = :holder)"),
          ExpressionAttributeValues: {
            ":kind": kind,
            ...(heldBy === undefined ? {} : { ":holder": heldBy }),
          },
        }),
      ),
    );
    return deleted !== undefined;
  }

  /** Reserves the name if it is free, or if it is still held by `from`; tells whether it did. */
  async function reserveName(
    key: string,
    connectionId: string,
    from: string | undefined,
  ): Promise<boolean> {
    const written = await conditionalWrite("PutItem", () =>
      client.send(
        new PutCommand({
          TableName: tableName,
          Item: { connectionId: key, kind: "name", heldBy: connectionId },
          ConditionExpression:
            from === undefined ? "attribute_not_exists(connectionId)" : "heldBy = :from",
          ...(from === undefined ? {} : { ExpressionAttributeValues: { ":from": from } }),
        }),
      ),
    );
    return written !== undefined;
  }

  /** Reserves the name, if need be from a writer that can no longer bring its connection to exist. */
  async function takeName(key: string, connectionId: string): Promise<boolean> {
    for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt += 1) {
      const held = storedNameSchema.safeParse(await read(key));
      const holder = held.success ? held.data.heldBy : undefined;
      if (holder === connectionId) {
        // The reservation was written, but its answer got lost and the SDK tried again.
        return true;
      }
      if (holder !== undefined && !(await deleteOfKind(holder, "creating"))) {
        return false;
      }
      if (await reserveName(key, connectionId, holder)) {
        return true;
      }
    }
    return false;
  }

  return {
    async create(connection) {
      const { connectionId, displayName } = connection;
      const key = nameKey(displayName);
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { connectionId, kind: "creating" },
            ConditionExpression: "attribute_not_exists(connectionId)",
          }),
        ),
      );
      if (!(await takeName(key, connectionId))) {
        await deleteOfKind(connectionId, "creating");
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
      const created = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...connection, kind: "connection" },
            ConditionExpression: "kind = :creating",
            ExpressionAttributeValues: { ":creating": "creating" },
          }),
        ),
      );
      // The write may have succeeded with its answer lost, and was refused only when tried again.
      if (created === undefined && (await get(connectionId)) === undefined) {
        // Another writer of the same name withdrew the announcement and takes the name over.
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
    },

    get,

    async list(page) {
      return scanPage(
        client,
        {
          TableName: tableName,
          FilterExpression: "kind = :kind",
          ExpressionAttributeValues: { ":kind": "connection" },
        },
        "connectionId",
        page,
        readConnection,
      );
    },

    async delete(connectionId) {
      const connection = await get(connectionId);
      // A name whose connection is gone can be taken over, so a crash between the two blocks nothing.
      await deleteOfKind(connectionId, connection === undefined ? "creating" : "connection");
      if (connection !== undefined) {
        await deleteOfKind(nameKey(connection.displayName), "name", connectionId);
      }
    },
  };
}

function isOfKind(item: unknown, kind: string): boolean {
  return z.object({ kind: z.literal(kind) }).safeParse(item).success;
}

function readConnection(item: unknown): Connection {
  // Parsed twice so that the storage's own attribute does not leave the adapter.
  return connectionSchema.parse(storedConnectionSchema.parse(item));
}

/** A name typed with composed or with decomposed accents is the same name (NFC). */
function nameKey(displayName: string): string {
  return `name#${displayName.trim().normalize("NFC").toLowerCase()}`;
}
