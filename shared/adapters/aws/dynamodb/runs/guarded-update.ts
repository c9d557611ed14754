import {
  UpdateCommand,
  type DynamoDBDocumentClient,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Change, Effects, Requirement } from "../../../../domain/runs/lifecycle/change";
import { conditionalWrite } from "../../aws-failure";

type Expressions = Required<
  Pick<
    UpdateCommandInput,
    | "ConditionExpression"
    | "UpdateExpression"
    | "ExpressionAttributeNames"
    | "ExpressionAttributeValues"
  >
>;

/**
 * Makes a change of one item, if what must hold of it does; undefined if it does not. Gives back the item as it then
 * is if it is asked for.
 */
export async function guardedUpdate<State extends string, Item>(
  client: DynamoDBDocumentClient,
  place: Pick<UpdateCommandInput, "TableName" | "Key">,
  { requires, effects }: Change<State, Item>,
  {
    alsoSet = {},
    returns = false,
  }: {
    /** What the table wants to know besides, such as when the item expires. */
    readonly alsoSet?: Readonly<Record<string, unknown>>;
    readonly returns?: boolean;
  } = {},
): Promise<{ readonly item: unknown } | undefined> {
  const changed = await conditionalWrite("UpdateItem", () =>
    client.send(
      new UpdateCommand({
        ...place,
        ...expressionsOf(requires, effects, alsoSet),
        ...(returns ? { ReturnValues: "ALL_NEW" } : {}),
      }),
    ),
  );
  return changed === undefined ? undefined : { item: changed.Attributes };
}

/** A change in DynamoDB's words. */
function expressionsOf<Item>(
  requires: readonly Requirement<Item>[],
  effects: Effects<Item>,
  alsoSet: Readonly<Record<string, unknown>>,
): Expressions {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  // Some of the names, such as `rows`, are reserved words.
  const nameOf = (attribute: string): string =>
    attribute
      .split(".")
      .map((part) => {
        names[`#${part}`] = part;
        return `#${part}`;
      })
      .join(".");
  const valueOf = (value: unknown): string => {
    const name = `:v${Object.keys(values).length}`;
    values[name] = value;
    return name;
  };
  const condition = (requirement: Requirement<Item>): string => {
    switch (requirement.is) {
      case "absent":
        return `attribute_not_exists(${nameOf(requirement.attribute)})`;
      case "present":
        return `attribute_exists(${nameOf(requirement.attribute)})`;
      case "equal":
        return `${nameOf(requirement.attribute)} = ${valueOf(requirement.to)}`;
      case "below":
        return `${nameOf(requirement.attribute)} < ${valueOf(requirement.than)}`;
      case "atMost":
        return `${nameOf(requirement.attribute)} <= ${valueOf(requirement.than)}`;
      case "without": {
        const set = nameOf(requirement.attribute);
        const member = valueOf(requirement.member);
        return `attribute_not_exists(${set}) OR NOT contains(${set}, ${member})`;
      }
      case "either":
        return requirement.of.map(condition).join(" OR ");
    }
  };
  // DynamoDB refuses parentheses that are not needed.
  const together = (conditions: readonly string[]): string =>
    conditions.length === 1
      ? conditions.join()
      : conditions.map((one) => (one.includes(" OR ") ? `(${one})` : one)).join(" AND ");
  const each = (
    part: Readonly<Record<string, unknown>> | undefined,
    clause: (name: string, value: string) => string,
  ): string[] =>
    Object.entries(part ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [clause(nameOf(name), valueOf(value))],
    );
  const { set, setWithin, setOnce, add, include, append, remove = [] } = effects;
  const members = Object.entries<readonly number[] | undefined>(include ?? {}).map(
    ([name, added]) => [name, new Set(added)] as const,
  );
  const clauses: Record<string, string[]> = {
    SET: [
      ...each({ ...set, ...setWithin, ...alsoSet }, (name, value) => `${name} = ${value}`),
      ...each(setOnce, (name, value) => `${name} = if_not_exists(${name}, ${value})`),
      ...each(append, (name, value) => `${name} = list_append(${name}, ${value})`),
    ],
    REMOVE: remove.map(nameOf),
    ADD: [
      ...each(add, (name, value) => `${name} ${value}`),
      ...each(Object.fromEntries(members), (name, value) => `${name} ${value}`),
    ],
  };
  return {
    ConditionExpression: together(requires.map(condition)),
    UpdateExpression: Object.entries(clauses)
      .filter(([, parts]) => parts.length > 0)
      .map(([verb, parts]) => `${verb} ${parts.join(", ")}`)
      .join(" "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
