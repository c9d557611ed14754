import { describe, expect, it } from "@jest/globals";
import { createRateLimiter } from "../../../shared/adapters/aws/dynamodb/rate-limiter";
import { endpointLimits } from "../../../shared/domain/klaviyo/rate-limit";
import { fakeClock } from "../../support/fakes/clock-and-ids";
import { useDynamoDb } from "./backends";

const dynamoDb = useDynamoDb();
const start = Date.parse("2026-11-02T08:00:00.000Z");
const { burst } = endpointLimits.createImportJob;

describe("workers whose clocks are 20 seconds apart", () => {
  it("keep the account's limit together", async () => {
    const tableName = await dynamoDb.makeTable("rateLimits");
    const workers = [-10, 0, 10].map((ahead) => {
      const clock = fakeClock(new Date(start + ahead * 1_000).toISOString());
      const limiter = createRateLimiter({ client: dynamoDb.client(), tableName, clock });
      return { ahead: ahead * 1_000, clock, limiter };
    });

    // Every second each of them wants as many calls as one of them may make.
    const calls: number[] = [];
    for (let second = 0; second < 3; second += 1) {
      for (const { ahead, clock, limiter } of workers) {
        for (let call = 0; call < burst; call += 1) {
          const slot = await limiter.reserve("account-1", "createImportJob", {
            patienceMilliseconds: 900,
          });
          // Whose clock is ahead has been there then: the others take no slots before its own.
          if (slot.kind === "slot" && second > 0) {
            calls.push(slot.at.getTime() - ahead);
          }
        }
        clock.advance(1_000);
      }
    }

    expect(calls.length).toBeGreaterThanOrEqual(burst);
    for (const from of calls) {
      const inWindow = calls.filter((at) => at >= from && at < from + 1_000);
      expect(inWindow.length).toBeLessThanOrEqual(burst);
    }
  });
});
