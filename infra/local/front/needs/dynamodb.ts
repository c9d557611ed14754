import { localAccountId, localRegion } from "../../aws-identity";
import type { Need, UnderstoodRequest } from "../aws-request";
import { textOf } from "./json-input";

/** A request to DynamoDB. */
export function understandDynamoDb(
  action: string,
  input: Readonly<Record<string, unknown>>,
): UnderstoodRequest {
  return { service: "dynamodb", action, needs: needsOf(action, input) };
}

function needsOf(action: string, input: Readonly<Record<string, unknown>>): Need[] {
  const tables = tablesIn(input["RequestItems"]);
  const named = tables.length > 0 ? tables : [textOf(input["TableName"]) ?? "*"];
  const index = textOf(input["IndexName"]);
  return named.map((table) => ({
    action: `dynamodb:${action}`,
    resource: index === undefined ? tableArn(table) : `${tableArn(table)}/index/${index}`,
    context: {},
  }));
}

function tablesIn(requestItems: unknown): string[] {
  return typeof requestItems === "object" && requestItems !== null ? Object.keys(requestItems) : [];
}

/** A table may be named by its ARN too. */
function tableArn(table: string): string {
  if (table === "*" || table.startsWith("arn:")) return table;
  return `arn:aws:dynamodb:${localRegion}:${localAccountId}:table/${table}`;
}
