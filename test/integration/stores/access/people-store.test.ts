import { describe, expect, it } from "@jest/globals";
import { createPeople } from "../../../../shared/adapters/aws/dynamodb/settings/people-store";
import { fakeClock } from "../../../support/fakes/clock-and-ids";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();

/** Two functions with the same table. */
async function twoOfThem() {
  const table = await dynamoDb.makeTable("settings");
  const clock = fakeClock();
  return { clock, ...{ one: create(), other: create() } };
  function create() {
    return createPeople(dynamoDb.client(), table, clock);
  }
}

describe("the names of users", () => {
  it("are the latest that were noted; of others there is none", async () => {
    const { one } = await twoOfThem();
    await one.note("user-1", "Ann");
    await one.note("user-2", "Ben");
    await one.note("user-1", "Ann Example");
    expect([...(await one.namesOf(["user-1", "user-2", "user-3"]))]).toEqual([
      ["user-1", "Ann Example"],
      ["user-2", "Ben"],
    ]);
  });

  it("reach other functions, of which each remembers what it has read for some minutes", async () => {
    const { one, other, clock } = await twoOfThem();
    expect((await other.namesOf(["user-1"])).size).toBe(0);
    await one.note("user-1", "Ann");
    expect((await other.namesOf(["user-1"])).size).toBe(0);
    clock.advance(5 * 60_000);
    expect((await other.namesOf(["user-1"])).get("user-1")).toBe("Ann");
  });
});
