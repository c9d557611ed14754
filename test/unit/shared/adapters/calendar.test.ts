import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createCalendar } from "../../../../shared/adapters/croner-calendar";
import {
  recurrenceSchema,
  weekdays,
  type Recurrence,
} from "../../../../shared/domain/schedules/recurrence";
import { draws } from "../../../support/seeds/seed-of-draws";

const calendar = createCalendar();

/** Zones whose clocks change in different ways: by an hour or half of one, at midnight, in the south, never. */
const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kathmandu",
  "UTC",
];

const MINUTE = 60_000;
const yearStart = Date.UTC(2026, 0, 1);
const yearEnd = Date.UTC(2027, 0, 1);

interface WallMinute {
  readonly instant: number;
  readonly weekday: string;
  /** False when the clock showed the same minute before, on the same day. */
  readonly first: boolean;
}

/** What the wall clock of a zone shows in each minute of a year, asked of Intl and of nobody else. */
function wallClockOf(timeZone: string): Map<string, WallMinute[]> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const byTime = new Map<string, WallMinute[]>();
  const seen = new Set<string>();
  // Zones differ from each other by whole quarters of an hour, so their minutes begin together.
  for (let instant = yearStart - 1440 * MINUTE; instant < yearEnd; instant += MINUTE * 15) {
    const shown = format.format(instant);
    const time = shown.slice(-5);
    const entry = {
      instant,
      weekday: shown.split(",")[0]!.toLowerCase(),
      first: !seen.has(shown),
    };
    seen.add(shown);
    const entries = byTime.get(time);
    if (entries === undefined) {
      byTime.set(time, [entry]);
    } else {
      entries.push(entry);
    }
  }
  return byTime;
}

const clocks = new Map(zones.map((zone) => [zone, wallClockOf(zone)]));

/** Every instant of the year at which the recurrence is due. */
function expectedInstants(recurrence: Recurrence): number[] {
  const clock = clocks.get(recurrence.timeZone)!;
  const days: readonly string[] = recurrence.frequency === "daily" ? weekdays : recurrence.days;
  return recurrence.times
    .flatMap((time) => clock.get(time) ?? [])
    .filter(({ first, weekday, instant }) => first && days.includes(weekday) && instant > yearStart)
    .map(({ instant }) => instant)
    .sort((one, other) => one - other);
}

const quarterHour = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) =>
    [Math.floor(quarter / 4), (quarter % 4) * 15]
      .map((part) => String(part).padStart(2, "0"))
      .join(":"),
  );
const times = fc.uniqueArray(
  // Half of the times lie where clocks change.
  fc.oneof(
    quarterHour,
    fc.constantFrom("00:00", "00:30", "01:30", "01:45", "02:00", "02:15", "02:30"),
  ),
  { minLength: 1, maxLength: 4 },
);
const timeZone = fc.constantFrom(...zones);
const aRecurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({ frequency: fc.constant("daily" as const), times, timeZone }),
  fc.record({
    frequency: fc.constant("weekly" as const),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    times,
    timeZone,
  }),
);

describe("the instants of a recurrence", () => {
  it("over a year are those at which the zone's wall clock shows its times, each once", () => {
    fc.assert(
      fc.property(aRecurrence, (recurrence) => {
        const expected = expectedInstants(recurrence);

        const found = calendar.nextInstants(recurrence, new Date(yearStart), expected.length);

        expect(found.map((instant) => instant.getTime())).toEqual(expected);
      }),
      { numRuns: draws(8, 30) },
    );
  });

  it("come after the instant given, also when that is one of them or lies in a second pass", () => {
    fc.assert(
      fc.property(aRecurrence, fc.nat({ max: 365 * 96 }), (recurrence, quarter) => {
        const after = yearStart + quarter * 15 * MINUTE;
        const next = expectedInstants(recurrence).find((instant) => instant > after);
        fc.pre(next !== undefined);

        const [found] = calendar.nextInstants(recurrence, new Date(after), 1);

        expect(found?.getTime()).toBe(next);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      "keeps to the wall clock when summer time begins",
      "06:00",
      "2026-03-28T12:00Z",
      "2026-03-29T04:00Z",
    ],
    ["leaves out a time that does not exist", "02:30", "2026-03-28T12:00Z", "2026-03-30T00:30Z"],
    ["takes the first of two", "02:30", "2026-10-24T12:00Z", "2026-10-25T00:30Z"],
    ["and not the second", "02:30", "2026-10-25T00:30Z", "2026-10-26T01:30Z"],
  ])("in Berlin: %s", (_what, time, after, expected) => {
    const recurrence: Recurrence = { frequency: "daily", times: [time], timeZone: "Europe/Berlin" };

    expect(calendar.nextInstants(recurrence, new Date(after), 1)).toEqual([new Date(expected)]);
  });
});

describe("a recurrence", () => {
  const valid = {
    frequency: "weekly",
    days: ["monday"],
    times: ["06:00"],
    timeZone: "Europe/Berlin",
  };

  it.each([
    ["five times a day", { times: ["01:00", "02:00", "03:00", "04:00", "05:00"] }],
    ["no time", { times: [] }],
    ["a time twice", { times: ["06:00", "06:00"] }],
    ["a time that no clock shows", { times: ["24:00"] }],
    ["no day", { days: [] }],
    ["a day twice", { days: ["monday", "monday"] }],
    ["a day that is none", { days: ["Monday"] }],
    ["a zone that is none", { timeZone: "Europe/Atlantis" }],
    ["an offset", { timeZone: "+02:00" }],
    ["a zone in small letters", { timeZone: "europe/berlin" }],
  ])("is refused with %s", (_what, part) => {
    expect(recurrenceSchema.safeParse(valid).success).toBe(true);
    expect(recurrenceSchema.safeParse({ ...valid, ...part }).success).toBe(false);
  });
});
