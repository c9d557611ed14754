import type { DetailTable } from "../json";
import type { Measure } from "../measure";
import { comparePatterns, type Compared } from "../peers/compare";

export const peerHeaders = [
  "Way of sending",
  "Time",
  "429s",
  "Lost to a bad email",
  "Lost to 429s",
  "Asks what became",
] as const;

function peerTable(profiles: number, compared: readonly Compared[]): DetailTable {
  const number = (value: number): string => value.toLocaleString("en");
  return {
    title: `${number(profiles)} profiles, one of them with a bad email`,
    headers: [...peerHeaders],
    rows: compared.map((one) => [
      one.pattern,
      `${one.isProjected ? "≈ " : ""}${duration(one.seconds)}`,
      number(one.throttled),
      number(one.lostToBadEmail),
      number(one.lostToThrottling),
      one.confirms ? "yes" : "no",
    ]),
  };
}

function duration(seconds: number): string {
  if (seconds < 600) return `${seconds.toFixed(1)} s`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

/** The request patterns of others against the same simulator, limits and profiles. */
export const peers: Measure = {
  name: "peers",
  description:
    "other ways of sending the same profiles: time, 429s, profiles lost to one bad email",
  onRequest: true,
  measure: async ({ sizes, progress }) => {
    const profiles = sizes.at(-1) ?? 1_000_000;
    const compared = await comparePatterns(profiles, progress);
    return {
      rows: [],
      details: [peerTable(profiles, compared)],
      notes: [
        "≈: projected from the last minute of a sample of 130 seconds, whose 429s are counted. The ways are " +
          "driven from one process over HTTP, with nothing before them: no reading of files, no checks.",
      ],
    };
  },
};
