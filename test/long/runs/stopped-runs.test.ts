import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import {
  aRunUnderWay,
  endOf,
  expectStopped,
  letKlaviyoGoOn,
  startSystemOfSmallChunks,
} from "../../e2e/trouble/run-under-way";
import { type RunAnswer, type System } from "../../support/system";

let system: System;
beforeAll(async () => {
  system = await startSystemOfSmallChunks();
});
afterEach(() => letKlaviyoGoOn(system));
afterAll(() => system.close());

describe("a run that is going", () => {
  it("ends canceled when its export is deleted", async () => {
    const { listId, exportId, runId } = await aRunUnderWay(system, "DeLeTe");
    await system.call("DELETE", `/exports/${exportId}`);
    expectStopped(system, await endOf(system, runId), listId, "exportDeleted");
  });

  it("ends canceled when its export is detached, which runs no more", async () => {
    const { listId, exportId, runId, jobs } = await aRunUnderWay(system, "DeTaCh");
    await system.call("DELETE", `/exports/${exportId}/connection`);
    expectStopped(system, await endOf(system, runId), listId, "connectionDetached");

    const sent = jobs();
    const skipped = await system.call<RunAnswer>("POST", `/exports/${exportId}/runs`, { body: {} });
    expect([skipped.status, skipped.body.status, skipped.body.problem?.code]).toEqual([
      202,
      "skipped",
      "noConnectionAttached",
    ]);
    expect(jobs()).toBe(sent);
  });
});
