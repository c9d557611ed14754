import * as z from "zod";

const inputSchema = z.object({
  Statement: z.string(),
  Parameters: z.array(z.unknown()).default([]),
});

/** An item that a PartiQL statement inserts. */
export interface PartiqlInsert {
  readonly TableName: string;
  readonly Item: Readonly<Record<string, unknown>>;
}

/**
 * Reads `INSERT INTO "table" VALUE {'name': ?, …}`, the one PartiQL statement that is known here. dynalite knows
 * none. Undefined for all others.
 */
export function readInsert(input: unknown): PartiqlInsert | undefined {
  const { Statement = "", Parameters = [] } = inputSchema.safeParse(input).data ?? {};
  const [, TableName, list] =
    /^\s*INSERT\s+INTO\s+"([\w.-]+)"\s+VALUE\s+\{(.*)\}\s*$/i.exec(Statement) ?? [];
  if (TableName === undefined || list === undefined) return undefined;
  const names = list.split(",").map((part) => /^\s*'([^']+)'\s*:\s*\?\s*$/.exec(part)?.[1]);
  if (names.length !== Parameters.length || names.includes(undefined)) return undefined;
  return {
    TableName,
    Item: Object.fromEntries(names.map((name, index) => [name ?? "", Parameters[index]])),
  };
}

/** The same as a put that fails when there is an item with the same key. */
export function putOf({ TableName, Item }: PartiqlInsert, partitionKey: string): Buffer {
  return Buffer.from(
    JSON.stringify({
      TableName,
      Item,
      ConditionExpression: "attribute_not_exists(#key)",
      ExpressionAttributeNames: { "#key": partitionKey },
    }),
  );
}
