import { beforeEach, describe, expect, it } from "@jest/globals";
import { createRequestLedger } from "../../../../shared/adapters/aws/dynamodb/request-ledger";
import type { RequestLedger } from "../../../../shared/ports";
import { fakeRequestLedger } from "../../../support/fakes/stores/request-ledger";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const backends = {
  fake: async () => fakeRequestLedger(),
  DynamoDB: async () =>
    createRequestLedger(dynamoDb.client(), await dynamoDb.makeTable("requests")),
  "DynamoDB that loses answers": async () =>
    createRequestLedger(dynamoDb.losingAnswers(), await dynamoDb.makeTable("requests")),
};
const start = Date.parse("2026-11-02T08:00:00.000Z");
const at = (seconds: number, newSeed: string) => ({
  now: new Date(start + seconds * 1_000),
  seconds: 30,
  newSeed,
});
const answer = { status: 201, headers: { location: "/exports/1" }, body: "{}" };

describe.each(Object.entries(backends))("the ledger of requests (%s)", (_name, make) => {
  let ledger: RequestLedger;
  beforeEach(async () => {
    ledger = await make();
  });

  it("begins a request once, and gives its answer to the repetitions", async () => {
    expect(await ledger.begin("r", "content", at(0, "a"))).toEqual({ kind: "begun", seed: "a" });
    expect(await ledger.begin("r", "content", at(1, "b"))).toEqual({ kind: "busy" });
    await ledger.complete("r", "a", answer);
    expect(await ledger.begin("r", "content", at(2, "c"))).toEqual({ kind: "answered", answer });
    expect(await ledger.begin("r", "other", at(2, "d"))).toEqual({ kind: "other" });
  });

  it("hands a request that broke off on, with its seed, to one of those that repeat it", async () => {
    await ledger.begin("r", "content", at(0, "a"));

    const repeated = await Promise.all(
      ["b", "c", "d"].map((seed) => ledger.begin("r", "content", at(31, seed))),
    );

    expect(repeated.filter(({ kind }) => kind === "begun")).toEqual([{ kind: "begun", seed: "a" }]);
  });

  it("lets a failed request be repeated at once, and a refused one be another", async () => {
    await ledger.begin("r", "content", at(0, "a"));
    await ledger.release("r", "a", "seed");
    expect(await ledger.begin("r", "content", at(1, "b"))).toEqual({ kind: "begun", seed: "a" });
    await ledger.release("r", "a", "nothing");
    expect(await ledger.begin("r", "other", at(2, "c"))).toEqual({ kind: "begun", seed: "c" });
  });

  it("does nothing for who no longer holds the request", async () => {
    await ledger.begin("r", "content", at(0, "a"));
    await ledger.complete("r", "stranger", answer);
    await ledger.release("r", "stranger", "nothing");
    expect(await ledger.begin("r", "content", at(1, "b"))).toEqual({ kind: "busy" });
  });

  it("forgets after a day", async () => {
    await ledger.begin("r", "content", at(0, "a"));
    await ledger.complete("r", "a", answer);
    expect(await ledger.begin("r", "other", at(24 * 3_600 + 1, "b"))).toEqual({
      kind: "begun",
      seed: "b",
    });
  });
});
