import { crc32 } from "node:zlib";
import * as z from "zod";

const writeSchema = z.object({
  ReturnValuesOnConditionCheckFailure: z.literal("ALL_OLD"),
  TableName: z.string(),
  Key: z.record(z.string(), z.unknown()).optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
});
type Write = z.output<typeof writeSchema>;

const failureSchema = z.looseObject({ __type: z.string() });
const foundSchema = z.object({ Item: z.record(z.string(), z.unknown()).optional() });
const tableSchema = z.object({
  Table: z.object({ KeySchema: z.array(z.object({ AttributeName: z.string() })) }),
});

/** Asks the same service for something: an action and its input to its answer. */
export type AskDynamoDb = (action: string, input: object) => Promise<unknown>;

/**
 * `ReturnValuesOnConditionCheckFailure`, which dynalite takes and ignores: a write that asks for it and whose
 * condition fails is told the item that is there. Undefined for all other requests and answers.
 */
export async function showFailedItem(
  request: string,
  answer: string,
  ask: AskDynamoDb,
): Promise<string | undefined> {
  if (!answer.includes("ConditionalCheckFailedException")) return undefined;
  const write = parse(writeSchema, request);
  const failure = parse(failureSchema, answer);
  if (write === undefined || failure === undefined) return undefined;
  const Key = await keyOf(write, ask);
  const input = { TableName: write.TableName, Key, ConsistentRead: true };
  const { Item } = foundSchema.parse(await ask("GetItem", input));
  return JSON.stringify({ ...failure, Item });
}

/** The headers that depend on what an answer holds. */
export function headersOf(answer: string): Record<string, string | number> {
  return { "x-amz-crc32": crc32(answer), "content-length": Buffer.byteLength(answer) };
}

async function keyOf({ TableName, Key, Item = {} }: Write, ask: AskDynamoDb): Promise<object> {
  if (Key !== undefined) return Key;
  const { Table } = tableSchema.parse(await ask("DescribeTable", { TableName }));
  return Object.fromEntries(
    Table.KeySchema.map(({ AttributeName }) => [AttributeName, Item[AttributeName]]),
  );
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): z.output<Schema> | undefined {
  return schema.safeParse(JSON.parse(text)).data;
}
