import { randomUUID } from "node:crypto";
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  connectionSchema,
  savedConnectionSchema,
  type Connection,
} from "../../../../domain/connections/connection";
import { DomainError } from "../../../../domain/problems/problem";
import type { ConnectionStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { createConnectionNames, nameKey } from "./connection-names";
import { replaceAttributes, setAttributes, type AttributeUpdate } from "../replace-attributes";
import { scanPage } from "../scan-page";
import { readStored, reportToNobody, type ReportUnreadable } from "../stored-items";

/**
 * Items of the connections table, by `kind`:
 * - `creating`: a connection that has been announced and does not exist yet; only its id.
 * - `connection`: a connection, with the reservation under which it has its name.
 * - `name`: a display name that is taken; see {@link createConnectionNames}.
 */
const storedConnectionSchema = connectionSchema.extend({
  kind: z.literal("connection"),
  nameReservation: z.string(),
});

/** What is written whenever a person changes a connection. */
const SAVED = Object.keys(savedConnectionSchema.shape);

export function createConnectionStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  report: ReportUnreadable = reportToNobody,
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
  const names = createConnectionNames(client, tableName, read);

  async function getStored(connectionId: string) {
    const item = await read(connectionId);
    return isOfKind(item, "connection")
      ? readStored("connection", connectionId, () => storedConnectionSchema.parse(item))
      : undefined;
  }

  async function get(connectionId: string): Promise<Connection | undefined> {
    const stored = await getStored(connectionId);
    return stored === undefined ? undefined : connectionSchema.parse(stored);
  }

  async function deleteOfKind(key: string, kind: "creating" | "connection"): Promise<void> {
    await conditionalWrite("DeleteItem", () =>
      client.send(
        new DeleteCommand({
          TableName: tableName,
          Key: { connectionId: key },
          ConditionExpression: "kind = :kind",
          ExpressionAttributeValues: { ":kind": kind },
        }),
      ),
    );
  }

  /** Changes a connection as the condition says; tells whether it held. */
  async function change(
    connectionId: string,
    condition: string,
    { expression, names: attributes, values }: AttributeUpdate,
    compared: Readonly<Record<string, unknown>> = {},
  ): Promise<boolean> {
    const changed = await conditionalWrite("UpdateItem", () =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { connectionId },
          ConditionExpression: `kind = :kind${condition}`,
          UpdateExpression: expression,
          ExpressionAttributeNames: attributes,
          ExpressionAttributeValues: { ":kind": "connection", ...compared, ...values },
        }),
      ),
    );
    return changed !== undefined;
  }

  return {
    async create(connection) {
      const { connectionId, displayName } = connection;
      const reservation = randomUUID();
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { connectionId, kind: "creating" },
            ConditionExpression: "attribute_not_exists(connectionId)",
          }),
        ),
      );
      if (!(await names.take(displayName, connectionId, reservation))) {
        await deleteOfKind(connectionId, "creating");
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
      const created = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...connection, kind: "connection", nameReservation: reservation },
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
        { kind: "connection", read: (item) => connectionSchema.parse(item), report },
      );
    },

    async update(changed, expectedVersion) {
      const { connectionId, displayName } = changed;
      const before = await getStored(connectionId);
      if (before?.version !== expectedVersion) {
        return false;
      }
      const expected = { ":expected": expectedVersion };
      const renames = nameKey(displayName) !== nameKey(before.displayName);
      const reservation = renames ? randomUUID() : before.nameReservation;
      if (renames) {
        const announced = await change(
          connectionId,
          " AND version = :expected",
          setAttributes({ renaming: reservation }),
          expected,
        );
        if (!announced) {
          return false;
        }
        if (!(await names.take(displayName, connectionId, reservation))) {
          throw new DomainError("displayNameTaken", { displayName }, "/displayName");
        }
      }
      const written = await change(
        connectionId,
        ` AND version = :expected${renames ? " AND renaming = :own" : ""}`,
        replaceAttributes([...SAVED, "nameReservation", ...(renames ? ["renaming"] : [])], {
          ...changed,
          nameReservation: reservation,
        }),
        renames ? { ...expected, ":own": reservation } : expected,
      );
      if (!renames) {
        return written;
      }
      if (written) {
        await names.free(before.displayName, connectionId, before.nameReservation);
        return true;
      }
      const now = await getStored(connectionId);
      if (now?.nameReservation === reservation) {
        // It was written, with its answer lost, and refused only when tried again.
        await names.free(before.displayName, connectionId, before.nameReservation);
        return true;
      }
      await names.free(displayName, connectionId, reservation);
      if (now?.version === expectedVersion) {
        // Another writer of the same name withdrew the announcement and takes the name over.
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
      return false;
    },

    async noteFinding(connectionId, { keyFinding, account, scopes, revision, lastUsedAt }) {
      const found = { keyFinding, account, scopes, revision, lastUsedAt };
      await change(connectionId, "", setAttributes(found));
    },

    holdSecret: (connectionId, holder, { now, until }) =>
      change(
        connectionId,
        " AND (attribute_not_exists(secretHolder) OR secretHolder = :own OR secretHeldUntil < :now)",
        setAttributes({ secretHolder: holder, secretHeldUntil: until.toISOString() }),
        { ":own": holder, ":now": now.toISOString() },
      ),

    async releaseSecret(connectionId, holder) {
      await change(
        connectionId,
        " AND secretHolder = :own",
        replaceAttributes(["secretHolder", "secretHeldUntil"], {}),
        { ":own": holder },
      );
    },

    async delete(connectionId) {
      const stored = await getStored(connectionId);
      // A name whose connection is gone can be taken over, so a crash between the two blocks nothing.
      await deleteOfKind(connectionId, stored === undefined ? "creating" : "connection");
      if (stored !== undefined) {
        await names.free(stored.displayName, connectionId);
      }
    },
  };
}

function isOfKind(item: unknown, kind: string): boolean {
  return z.object({ kind: z.literal(kind) }).safeParse(item).success;
}
