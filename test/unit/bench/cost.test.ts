import { describe, expect, it } from "@jest/globals";
import type { EnvironmentStatistics } from "../../../infra/local/environment";
import { noStatistics, withLogLine } from "../../../infra/local/functions/function-statistics";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { itemize, readBytes, sumOf, writtenBytes } from "../../bench/cost/itemize";
import { usedBetween } from "../../bench/cost/usage";

/** A usage made by counting, as the embedded services count. */
function usage(
  count: (counter: ReturnType<typeof createRequestCounter>) => void,
): EnvironmentStatistics {
  const counter = createRequestCounter();
  count(counter);
  return { requests: counter.statistics(), capacities: counter.capacities(), functions: {} };
}

describe("the bill of a run", () => {
  const bill = (used: EnvironmentStatistics, sentBytes = 0) =>
    new Map(
      itemize({ usage: used, sentBytes, keptDays: 15 }).map(({ item, quantity, dollars }) => [
        item,
        { quantity, dollars },
      ]),
    );

  it("charges a known sequence of requests at list prices", () => {
    const items = bill(
      usage((counter) => {
        // 100 KB are two requests of 64 KB, on the way in and on the way out.
        counter.count("sqs", "SendMessage", 100 * 1024);
        counter.count("sqs", "ReceiveMessage", 100);
        counter.answered("sqs", "ReceiveMessage", 100 * 1024);
        counter.count("s3", "PutObject", 2e9);
        counter.count("s3", "ListObjectsV2", 0);
        counter.count("s3", "GetObject", 0);
        counter.count("s3", "DeleteObject", 0);
        counter.consumed("runs", { writeUnits: 3 });
        counter.consumed("exports", { writeUnits: 1, readUnits: 0.5 });
      }),
      5e9,
    );
    expect(items.get("SQS")).toEqual({ quantity: 4, dollars: expect.closeTo(4 * 0.4e-6, 12) });
    expect(items.get("S3 PUT, POST, LIST")).toEqual({
      quantity: 2,
      dollars: expect.closeTo(1e-5, 12),
    });
    expect(items.get("S3 GET, HEAD")).toEqual({ quantity: 1, dollars: expect.closeTo(4e-7, 12) });
    expect(items.get("DynamoDB writes")).toEqual({
      quantity: 4,
      dollars: expect.closeTo(2.5e-6, 12),
    });
    expect(items.get("DynamoDB reads")?.quantity).toBe(0.5);
    expect(items.get("out to Klaviyo")?.dollars).toBeCloseTo(0.45);
    // 2 GB for half a month.
    expect(items.get("objects in S3")?.dollars).toBeCloseTo(0.023);
  });

  it("charges functions by GB-seconds, requests, disk and logs", () => {
    const items = bill({
      ...usage(() => undefined),
      functions: {
        Prepare: {
          ...noStatistics,
          ...{ invocations: 1, gigabyteSeconds: 100, storageGigabyteSeconds: 1_000, logBytes: 1e9 },
        },
      },
    });
    expect(items.get("Lambda duration")?.dollars).toBeCloseTo(0.00166667, 8);
    expect(items.get("Lambda disk")?.dollars).toBeCloseTo(0.0000309, 8);
    expect(items.get("Lambda requests")?.dollars).toBeCloseTo(2e-7, 12);
    expect(items.get("CloudWatch Logs")?.dollars).toBeCloseTo(0.5);
  });

  it("charges each custom metric for the hour, however often and by however many functions it is measured", () => {
    const line = JSON.stringify({
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [
          {
            Namespace: "Tests",
            Dimensions: [["service"]],
            Metrics: [{ Name: "Sent" }, { Name: "Rejected" }],
          },
        ],
      },
      ...{ service: "local", Sent: 1, Rejected: 0 },
    });
    const logged = withLogLine(withLogLine(noStatistics, line), line);
    const items = bill({ ...usage(() => undefined), functions: { Push: logged, Settle: logged } });
    expect(items.get("custom metrics")).toEqual({
      quantity: 2,
      dollars: expect.closeTo((2 * 0.3) / 720, 9),
    });
  });

  it("keeps what leaves AWS and what is stored apart from requests and compute", () => {
    const items = itemize({
      usage: usage((counter) => counter.count("s3", "PutObject", 1e9)),
      sentBytes: 1e9,
      keptDays: 30,
    });
    expect(sumOf(items, "requests and compute")).toBeCloseTo(5e-6, 12);
    expect(sumOf(items, "transfer")).toBeCloseTo(0.09);
    expect(sumOf(items, "storage")).toBeCloseTo(0.023);
  });
});

it("what a run used is the difference, but of memory the peak", () => {
  const counter = createRequestCounter();
  const now = (invocations: number, peakMemoryMegabytes: number): EnvironmentStatistics => ({
    requests: counter.statistics(),
    capacities: counter.capacities(),
    functions: { Push: { ...noStatistics, invocations, peakMemoryMegabytes } },
  });
  counter.count("s3", "PutObject", 10);
  counter.consumed("runs", { readUnits: 1 });
  const before = now(2, 100);
  counter.count("s3", "PutObject", 5);
  counter.count("s3", "GetObject", 0);
  counter.answered("s3", "GetObject", 7);
  counter.consumed("runs", { readUnits: 2, writeUnits: 1 });
  const used = usedBetween(before, now(5, 90));
  expect(used.requests["s3"]?.["PutObject"]?.requests).toBe(1);
  expect(writtenBytes(used)).toBe(5);
  expect(readBytes(used)).toBe(7);
  expect(used.capacities).toEqual({ runs: { readUnits: 2, writeUnits: 1 } });
  expect(used.functions["Push"]).toMatchObject({ invocations: 3, peakMemoryMegabytes: 90 });
});
