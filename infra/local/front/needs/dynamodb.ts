import * as z from "zod";
import { localAccountId, localRegion } from "../../aws-identity";
import type { Need, RequestContext, UnderstoodRequest } from "../aws-request";
import { textOf } from "./json-input";

type Input = Readonly<Record<string, unknown>>;

/** The partition keys' names of the tables that there are and of their indexes. */
export interface TableKeys {
  /** Takes note of a table that is being made. */
  learn(createTable: Input): void;
  partitionKeyOf(table: string, index?: string): string | undefined;
}

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const tableSchema = z.object({
  TableName: z.string(),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema }))
    .default([]),
});

export function createTableKeys(): TableKeys {
  const keys = new Map<string, string | undefined>();
  const nameOf = (table: string, index = ""): string => `${table.split("/").at(-1)} ${index}`;
  const partitionKey = (schema: z.output<typeof keySchema>): string | undefined =>
    schema.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
  return {
    learn: (createTable) => {
      const table = tableSchema.safeParse(createTable).data;
      if (table === undefined) return;
      keys.set(nameOf(table.TableName), partitionKey(table.KeySchema));
      for (const { IndexName, KeySchema } of table.GlobalSecondaryIndexes) {
        keys.set(nameOf(table.TableName, IndexName), partitionKey(KeySchema));
      }
    },
    partitionKeyOf: (table, index) => keys.get(nameOf(table, index)),
  };
}

/** A request to DynamoDB. */
export function understandDynamoDb(
  action: string,
  input: Input,
  keys: TableKeys,
): UnderstoodRequest {
  return { service: "dynamodb", action, needs: needsOf(action, input, keys) };
}

/** A PartiQL statement that inserts an item is allowed by an action of its own, and replaces nothing. */
export function understandInsert(
  { TableName, Item }: { readonly TableName: string; readonly Item: Input },
  keys: TableKeys,
): UnderstoodRequest {
  return {
    service: "dynamodb",
    action: "ExecuteStatement",
    needs: [need("PartiQLInsert", TableName, { Item }, keys)],
  };
}

function needsOf(action: string, input: Input, keys: TableKeys): Need[] {
  switch (action) {
    case "BatchGetItem":
      return Object.entries(recordOf(input["RequestItems"])).map(([table, request]) => {
        const asked = recordOf(request);
        return need(action, table, { ...asked, items: listOf(asked["Keys"]) }, keys);
      });
    case "BatchWriteItem":
      return Object.entries(recordOf(input["RequestItems"])).map(([table, requests]) =>
        need(action, table, { items: listOf(requests).map(writtenItem) }, keys),
      );
    case "TransactGetItems":
    case "TransactWriteItems":
      return listOf(input["TransactItems"]).flatMap((item) =>
        Object.entries(recordOf(item)).map(([kind, part]) =>
          transactionNeed(action, kind, recordOf(part), keys),
        ),
      );
    default:
      return [need(action, textOf(input["TableName"]) ?? "*", input, keys)];
  }
}

/** A part of a transaction is allowed by the action that it would be alone (developer guide, "Transactions"). */
function transactionNeed(enclosing: string, kind: string, part: Input, keys: TableKeys): Need {
  const alone = kind === "ConditionCheck" ? "ConditionCheckItem" : `${kind}Item`;
  const own = need(alone, textOf(part["TableName"]) ?? "*", part, keys);
  return { ...own, context: { ...own.context, "dynamodb:EnclosingOperation": [enclosing] } };
}

function need(action: string, table: string, input: Input, keys: TableKeys): Need {
  const index = textOf(input["IndexName"]);
  const resource = index === undefined ? tableArn(table) : `${tableArn(table)}/index/${index}`;
  const partitionKey = keys.partitionKeyOf(table, index);
  return {
    action: `dynamodb:${action}`,
    resource,
    context: {
      ...several("dynamodb:LeadingKeys", leadingKeys(partitionKey, input)),
      ...several("dynamodb:Attributes", attributesIn(input)),
      ...requestSettings(action, input),
    },
  };
}

/** Items that a request names by their keys or whole. */
function itemsIn(input: Input): Input[] {
  return [input["Key"], input["Item"], ...listOf(input["items"])].map(recordOf);
}

function leadingKeys(partitionKey: string | undefined, input: Input): string[] {
  if (partitionKey === undefined) return [];
  const named = itemsIn(input).flatMap((item) => valueOf(item[partitionKey]) ?? []);
  const asked = valueOf(conditionOn(partitionKey, input));
  return asked === undefined ? named : [...named, asked];
}

/** The value that a query's key condition asks a key to equal. */
function conditionOn(key: string, input: Input): unknown {
  const names = recordOf(input["ExpressionAttributeNames"]);
  const expression = textOf(input["KeyConditionExpression"]) ?? "";
  for (const [, name = "", value = ""] of expression.matchAll(/([#\w.-]+)\s*=\s*(:[\w.-]+)/g)) {
    if ((names[name] ?? name) === key) return recordOf(input["ExpressionAttributeValues"])[value];
  }
  return undefined;
}

/** An attribute's value as text: keys are strings, numbers or bytes. */
function valueOf(attribute: unknown): string | undefined {
  return Object.values(recordOf(attribute)).find((value) => typeof value === "string");
}

/** Top-level attributes that a request names: whole items, keys, and what its expressions name. */
function attributesIn(input: Input): string[] {
  const names = recordOf(input["ExpressionAttributeNames"]);
  const expressions = [
    ...["ConditionExpression", "FilterExpression", "KeyConditionExpression"],
    ...["ProjectionExpression", "UpdateExpression"],
  ].map((name) => textOf(input[name]) ?? "");
  const written = expressions
    .flatMap((expression) => expression.match(/(?<![:\w.#])#?[A-Za-z_]\w*(?!\w*\s*\()/g) ?? [])
    .filter((word) => !RESERVED.has(word.toUpperCase()))
    .map((word) => textOf(names[word]) ?? word);
  return [...new Set([...itemsIn(input).flatMap((item) => Object.keys(item)), ...written])];
}

/** Words of expressions that name no attribute. */
const RESERVED = new Set(["SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN"]);

function requestSettings(action: string, input: Input): RequestContext {
  const reads = ["Query", "Scan"].includes(action);
  const writes = ["PutItem", "UpdateItem", "DeleteItem"].includes(action);
  const implied = (): string => {
    if (input["ProjectionExpression"] !== undefined) return "SPECIFIC_ATTRIBUTES";
    return input["IndexName"] === undefined ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
  };
  return {
    ...(reads ? { "dynamodb:Select": [textOf(input["Select"]) ?? implied()] } : {}),
    ...(writes ? { "dynamodb:ReturnValues": [textOf(input["ReturnValues"]) ?? "NONE"] } : {}),
    ...several("dynamodb:ReturnConsumedCapacity", [
      ...(textOf(input["ReturnConsumedCapacity"]) === undefined
        ? []
        : [String(input["ReturnConsumedCapacity"])]),
    ]),
  };
}

function several(key: string, values: readonly string[]): RequestContext {
  return values.length === 0 ? {} : { [key]: values };
}

function writtenItem(request: unknown): Input {
  const { PutRequest, DeleteRequest } = recordOf(request);
  return { ...recordOf(recordOf(PutRequest)["Item"]), ...recordOf(recordOf(DeleteRequest)["Key"]) };
}

const recordSchema = z.record(z.string(), z.unknown());

function recordOf(value: unknown): Input {
  return recordSchema.safeParse(value).data ?? {};
}

function listOf(value: unknown): unknown[] {
  return z.array(z.unknown()).safeParse(value).data ?? [];
}

/** A table may be named by its ARN too. */
function tableArn(table: string): string {
  if (table === "*" || table.startsWith("arn:")) return table;
  return `arn:aws:dynamodb:${localRegion}:${localAccountId}:table/${table}`;
}
