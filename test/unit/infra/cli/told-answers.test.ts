import { expect, test } from "@jest/globals";
import pc from "picocolors";
import type { PreviewAnswer, RunAnswer } from "../../../../infra/cli/api/answers";
import { describePreview } from "../../../../infra/cli/output/preview";
import { readingTexts } from "../../../../infra/cli/output/fields/readings";
import { describeRun } from "../../../../infra/cli/output/runs";

const terminal = { colors: pc.createColors(false), columns: 80 };
const widest = (text: string): number => Math.max(...text.split("\n").map(({ length }) => length));

test.each([
  [{ decimal: "," }, ["1.234,50 with a decimal comma"]],
  [{ decimal: "." }, ["1,234.50 with a decimal point"]],
  [{ dateOrder: "dayFirst" }, ["dates with the day before the month"]],
  [{ dateOrder: "monthFirst" }, ["dates with the month before the day"]],
  [
    { countryCode: "49", empty: ["NULL", "n/a"] },
    ["phone numbers with 49 in front as +49…", "NULL, n/a as empty"],
  ],
  [
    { unclear: ["decimal", "format"] },
    [
      "decimal comma or point is unclear: say decimal in the mapping",
      "day or month first is unclear: say format in the mapping",
    ],
  ],
  [
    { withoutCountry: true },
    ["phone numbers without a country's code: say defaultCountry in the mapping"],
  ],
  [{}, []],
] as const)("how a column is read is said in words: %j", (reading, texts) => {
  expect(readingTexts(reading)).toEqual(texts);
});

test("a preview says how it has read the columns that could be read in several ways", () => {
  const text = describePreview(terminal, {
    readings: [
      { field: "Spent", decimal: "," },
      { field: "Joined", unclear: ["format"] },
    ],
  } as unknown as PreviewAnswer);
  expect(text).toContain("Field “Spent” is read so: 1.234,50 with a decimal comma.");
  expect(text).toMatch(/Field “Joined” is read so: day or month first is unclear/);
  expect(widest(text)).toBeLessThanOrEqual(80);
});

test("a preview says what changes of profiles, old and new, each address once", () => {
  const fields = [
    { attribute: "first_name", before: "Anna", after: "Ann" },
    { attribute: "properties.Tier", before: "gold", after: null },
  ];
  const text = describePreview(terminal, {
    changes: [{ email: "ann@example.org", fields }],
  } as unknown as PreviewAnswer);
  expect(text).toMatch(/^ann@example\.org +first_name +“Anna” +“Ann”$/m);
  expect(text).toMatch(/^ +properties\.Tier +“gold” +–$/m);
});

const numbers = { rows: 3, blank: 0, invalid: 0, duplicates: 0, members: 3 };
const aRun = {
  ...{ runId: "01M84KSTQVRD05QHBZK6VTEBKV", exportId: "e1", status: "running", phase: "pushing" },
  ...{ trigger: "onDemand", mode: "incremental", warnings: [], removals: { unremoved: 0 } },
  ...{
    settings: { displayName: "Newsletter", syncMode: "upsert" },
    progress: { chunks: null, profiles: null },
  },
  phases: [],
  ...{ numbers: { ...numbers, refused: 0, unsent: 0 }, links: {} },
  timings: { requestedAt: "2026-11-02T08:00:00.000Z", movedAt: "2026-11-02T08:00:00.000Z" },
};
const described = (more: object): string =>
  describeRun(terminal, { ...aRun, ...more } as unknown as RunAnswer);

test("a run that waits says for whom, since when, and until when it is tried", () => {
  const waiting = { code: "segmentUnfinished", message: "No marker.", culprit: "user", params: {} };
  const since = "2026-11-02T08:00:00.000Z";
  const until = "2026-11-02T09:00:00.000Z";
  expect(described({ waiting: { ...waiting, for: "segment", since, until } })).toMatch(
    /^Waiting +segmentUnfinished: No marker\. \(since \S.*, tried until\s+\S.*\)$/m,
  );
  expect(described({ waiting: { ...waiting, for: "aws", since } })).not.toContain("tried until");
  expect(described({})).not.toContain("Waiting");
});

test("a run that is going says how far it is, how fast it gets on, and how long it will take", () => {
  const from = "2026-11-02T08:00:00.000Z";
  const text = described({
    phases: [
      { phase: "queued", from, until: "2026-11-02T08:00:01.500Z" },
      { phase: "preparing", from },
    ],
    progress: {
      ...{ chunks: 3, settledChunks: 1, percent: 33 },
      profiles: { toSend: 30_000, prepared: 30_000, sent: 20_000, confirmed: 10_000 },
    },
    pace: { from, sentPerSecond: 2_000, confirmedPerSecond: 1_000.5 },
    timeLeft: { seconds: 20, restsOn: "pace" },
  });
  expect(text).toMatch(/^Phases +queued 1\.5 s, preparing …$/m);
  expect(text).toMatch(/^Profiles +of 30,000: 30,000 prepared, 20,000 sent, 10,000\s+confirmed$/m);
  expect(text).toMatch(/^Pace +2,000 profiles a second sent, 1,000\.5 confirmed$/m);
  expect(text).toMatch(/^Time left +about 20\.0 s$/m);
  expect(described({ timeLeft: { seconds: 3, restsOn: "limits" } })).toMatch(
    /^Time left +3\.0 s at least, by Klaviyo's limits$/m,
  );
  expect(described({})).not.toMatch(/Profiles|Pace|Time left/);
});

test("a run some of whose profiles went without a value leads to which", () => {
  const warnings = [{ code: "valuesDropped", message: "Some go without." }];
  const text = described({ warnings, links: { rejections: "/" } });
  expect(text).toMatch(/^ {2}klaviyo-export rejections \w+ --dropped-values$/m);
  expect(text).not.toContain("Which rows");
});
