import { describe, expect, it, jest } from "@jest/globals";
import { deaths, judgeCase, outages, steps } from "../outages/matrix";
import { playOutage } from "../outages/play-outage";

jest.setTimeout(240_000);

const HOUR = 3_600_000;

/** A fixed part of what `npm run outages` plays: each service from each step on, and some of the deaths. */
describe("a mirror with AWS in trouble", () => {
  it.each(steps)(
    "ends well, its list right and nobody else off it, whatever refuses from %s on",
    async (step) => {
      const cases = outages(60, ["unavailable"]).filter(({ outage }) => outage?.step === step);
      expect(cases.length).toBeGreaterThan(2);
      expect((await Promise.all(cases.map(judgeCase))).flat()).toEqual([]);
    },
  );

  it("bears workers that are killed before and after a write", async () => {
    const some = await deaths(18);
    const wrong = await Promise.all(some.map(judgeCase));
    expect(wrong.flat()).toEqual([]);
    expect(some.length).toBeGreaterThan(3);
  });

  it("waits for hours, and shows what for", async () => {
    const { wrong, disturbed, seconds } = await playOutage({
      outage: { services: ["s3"], step: "push", milliseconds: 3 * HOUR, refusal: "throttled" },
    });
    expect(wrong).toEqual([]);
    expect(seconds).toBeGreaterThan(3 * 3_600);
    expect(disturbed.trouble?.what).toContain("ThrottlingException");
  });

  it.each([
    ["push", 8],
    ["settle", 26],
  ] as const)(
    "gives %s up after its hours as AWS's trouble, and loses track of nobody",
    async (step, hours) => {
      const { wrong, disturbed, next } = await playOutage(
        { outage: { services: ["s3"], step, milliseconds: hours * HOUR, refusal: "unavailable" } },
        { endsWell: false },
      );
      expect(wrong).toEqual([]);
      expect(disturbed).toMatchObject({
        status: "failed",
        problem: { culprit: "external", code: "awsUnavailable" },
      });
      // Whom Klaviyo had confirmed by then is known, though the run could write no snapshot.
      expect(next.numbers.unchanged).toBe(step === "settle" ? 6 : 5);
    },
  );
});
