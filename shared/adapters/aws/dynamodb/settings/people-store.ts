import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Clock, People } from "../../../../ports";
import { awsCall } from "../../aws-failure";

const itemSchema = z.object({ name: z.string() });

/** What was read is not asked for again so long, also that there is no name. */
const KEPT_MILLISECONDS = 5 * 60_000;

/** Names that are kept in memory; then all are forgotten. */
const MOST_KEPT = 1_000;

/** The item of the settings table that holds a user's name. */
function keyOf(userId: string): { setting: string } {
  return { setting: `person#${userId}` };
}

/** Keeps users' names in the settings table, one item a user. A name that stays what it is is not written again. */
export function createPeople(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: Pick<Clock, "now">,
): People {
  const known = new Map<string, { readonly name: string | undefined; readonly until: number }>();

  function keep(userId: string, name: string | undefined): void {
    if (known.size >= MOST_KEPT) {
      known.clear();
    }
    known.set(userId, { name, until: clock.now().getTime() + KEPT_MILLISECONDS });
  }

  async function nameOf(userId: string): Promise<string | undefined> {
    const before = known.get(userId);
    if (before !== undefined && before.until > clock.now().getTime()) {
      return before.name;
    }
    const { Item } = await awsCall("GetItem", () =>
      client.send(new GetCommand({ TableName: tableName, Key: keyOf(userId) })),
    );
    const name = itemSchema.safeParse(Item).data?.name;
    keep(userId, name);
    return name;
  }

  return {
    async note(userId, name) {
      if ((await nameOf(userId)) === name) {
        return;
      }
      await awsCall("PutItem", () =>
        client.send(new PutCommand({ TableName: tableName, Item: { ...keyOf(userId), name } })),
      );
      keep(userId, name);
    },

    async namesOf(userIds) {
      const found = await Promise.all(
        userIds.map(async (userId) => [userId, await nameOf(userId)] as const),
      );
      return new Map(
        found.flatMap(([userId, name]): [string, string][] =>
          name === undefined ? [] : [[userId, name]],
        ),
      );
    },
  };
}
