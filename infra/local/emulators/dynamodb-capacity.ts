import * as z from "zod";
import type { RequestCounter } from "../request-statistics";

/** Measures what requests to DynamoDB consume, in the request units of on-demand capacity. */
export interface CapacityMeter {
  /** The request's body, made to ask for what has to be known; requests that consume nothing stay as they are. */
  prepare(action: string, body: Buffer): Buffer;
  /** Counts a request by its own body and its answer's. */
  answered(action: string, request: Buffer, answer: string): void;
}

const itemSchema = z.record(z.string(), z.unknown());

const indexSchema = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string() })),
  Projection: z.object({
    ProjectionType: z.string().optional(),
    NonKeyAttributes: z.array(z.string()).default([]),
  }),
});
type Index = z.output<typeof indexSchema>;

const requestSchema = z.looseObject({
  TableName: z.string().optional(),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  ReturnValues: z.string().optional(),
  UpdateExpression: z.string().default(""),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  Item: itemSchema.optional(),
});
type Request = z.output<typeof requestSchema>;

const capacitySchema = z.object({ TableName: z.string(), CapacityUnits: z.number() });
const answerSchema = z.looseObject({
  ConsumedCapacity: z.union([capacitySchema, z.array(capacitySchema)]).optional(),
  Attributes: itemSchema.optional(),
  __type: z.string().optional(),
});

const READS = ["GetItem", "BatchGetItem", "Query", "Scan"];
const WRITES = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];

/** The least that a read consumes: 4 KB, eventually consistent. dynalite lets an empty query be free. */
const LEAST_READ = 0.5;

/**
 * Units are what dynalite computes from the sizes of items. It leaves out indexes and failed conditions, so
 * these are added here, as DynamoDB's developer guide describes them ("Capacity unit consumption for
 * writes", "Write capacity considerations for global secondary indexes"):
 *
 * - A write whose condition does not hold is charged; its answer does not say how much, so it counts one unit.
 * - An item that has all keys of an index is written there too: twice when the write may change such a key
 *   (the old entry is deleted), not at all when an update touches nothing that the index holds. What an entry
 *   takes is taken to be what the item takes when the index holds all of it, else one unit.
 *
 * `BatchWriteItem` counts without indexes.
 */
export function createCapacityMeter(counter: RequestCounter): CapacityMeter {
  const indexes = new Map<string, readonly Index[]>();
  return {
    prepare: (action, body) => {
      if (!READS.includes(action) && !WRITES.includes(action)) return body;
      const text = body.toString("utf8");
      const request = parse(requestSchema, text);
      if (request === undefined) return body;
      // What the item has become tells in which indexes it is.
      const wantsItem = action === "UpdateItem" && (request.ReturnValues ?? "NONE") === "NONE";
      return Buffer.from(
        JSON.stringify({
          ...z.looseObject({}).parse(JSON.parse(text)),
          ReturnConsumedCapacity: "TOTAL",
          ...(wantsItem ? { ReturnValues: "ALL_NEW" } : {}),
        }),
      );
    },
    answered: (action, body, text) => {
      const isWrite = WRITES.includes(action);
      const request = parse(requestSchema, body.toString("utf8"));
      if (request === undefined) return;
      const { TableName: table = "" } = request;
      if (action === "CreateTable") indexes.set(table, request.GlobalSecondaryIndexes ?? []);
      if (!isWrite && !READS.includes(action)) return;

      const answer = parse(answerSchema, text);
      for (const { TableName, CapacityUnits: units } of [answer?.ConsumedCapacity ?? []].flat()) {
        const held = action === "BatchWriteItem" ? [] : (indexes.get(TableName) ?? []);
        const item = request.Item ?? answer?.Attributes ?? {};
        const inIndexes = held
          .map((index) => indexUnits(index, action, request, item, units))
          .reduce((sum, written) => sum + written, 0);
        counter.consumed(
          TableName,
          isWrite ? { writeUnits: units + inIndexes } : { readUnits: Math.max(units, LEAST_READ) },
        );
      }
      if (answer?.__type?.endsWith("ConditionalCheckFailedException") === true) {
        counter.consumed(table, { writeUnits: 1 });
      }
    },
  };
}

function indexUnits(
  { KeySchema, Projection }: Index,
  action: string,
  request: Request,
  item: Readonly<Record<string, unknown>>,
  units: number,
): number {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName);
  if (!keys.every((key) => Object.hasOwn(item, key))) return 0;
  const holdsAll = (Projection.ProjectionType ?? "ALL") === "ALL";
  const entry = holdsAll ? units : 1;
  if (action !== "UpdateItem") return entry;
  const touched = (name: string): boolean =>
    Object.values(request.ExpressionAttributeNames).includes(name) ||
    new RegExp(`\\b${name}\\b`).test(request.UpdateExpression);
  if (keys.some(touched)) return 2 * entry;
  return holdsAll || Projection.NonKeyAttributes.some(touched) ? entry : 0;
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
