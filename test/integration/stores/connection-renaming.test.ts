import { describe, expect, it } from "@jest/globals";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createConnectionStore } from "../../../shared/adapters/aws/dynamodb/connections/connection-store";
import { aConnection } from "../../support/builders";
import { useDynamoDb } from "./backends";
import { breakingOff } from "./breaking-off";

const dynamoDb = useDynamoDb();

describe("renaming a connection on DynamoDB", () => {
  it.each(
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) =>
      (["before", "after"] as const).map((when) => ({ at, when })),
    ),
  )(
    "renaming that breaks off $when call $at leaves one name, and frees every other",
    async ({ at, when }) => {
      const table = await dynamoDb.makeTable("connections");
      const broken = createConnectionStore(breakingOff(dynamoDb.client(), at, when), table);
      const store = createConnectionStore(dynamoDb.client(), table);
      await store.create(aConnection({ displayName: "Old" }));
      const renamed = aConnection({ displayName: "New", version: 2 });

      await broken.update(renamed, 1).catch(() => undefined);
      const name = (await store.get("connection-1"))?.displayName;
      const attempt = (displayName: string) =>
        store.create(aConnection({ connectionId: displayName, displayName })).then(
          () => "created",
          () => "refused",
        );

      expect({ Old: await attempt("Old"), New: await attempt("New") }).toEqual({
        Old: name === "Old" ? "refused" : "created",
        New: name === "New" ? "refused" : "created",
      });
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7])(
    "does not let a slow renaming have a name that was taken before its call %i",
    async (at) => {
      const table = await dynamoDb.makeTable("connections");
      const store = createConnectionStore(dynamoDb.client(), table);
      await store.create(aConnection({ displayName: "Old" }));
      let calls = 0;
      const send = async (command: never): Promise<unknown> => {
        calls += 1;
        if (calls === at) {
          await store
            .create(aConnection({ connectionId: "fast", displayName: "New" }))
            .catch(() => undefined);
        }
        return dynamoDb.client().send(command);
      };
      const slow = createConnectionStore({ send } as unknown as DynamoDBDocumentClient, table);

      await slow.update(aConnection({ displayName: "New", version: 2 }), 1).catch(() => undefined);

      const { items } = await store.list({ limit: 10 });
      expect(items.filter(({ displayName }) => displayName === "New")).toHaveLength(1);
    },
  );
});
