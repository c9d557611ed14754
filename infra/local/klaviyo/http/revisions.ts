import { ApiFailure, invalidBody, invalidAt } from "./errors";

/**
 * Klaviyo's stable releases. The simulator answers all of them as {@link LATEST}, the newest whose document is
 * published; of 2026-10-15 Klaviyo's reference names two changes (brands, text messaging), in nothing that is simulated.
 */
const RELEASES = [
  "2022-10-17",
  "2022-12-15",
  "2023-01-24",
  "2023-02-22",
  "2023-06-15",
  "2023-07-15",
  "2023-08-15",
  "2023-09-15",
  "2023-10-15",
  "2023-12-15",
  "2024-02-15",
  "2024-05-15",
  "2024-06-15",
  "2024-07-15",
  "2024-10-15",
  "2025-01-15",
  "2025-04-15",
  "2025-07-15",
  "2025-10-15",
  "2026-01-15",
  "2026-04-15",
  "2026-07-15",
  "2026-10-15",
] as const;

/** The revision whose behaviour is simulated. */
const LATEST = "2026-07-15";
/** Klaviyo's versioning policy: a revision is retired two years after its release. */
const YEARS_OF_LIFE = 2;

export interface Revision {
  /** The revision that answers: the one asked for, or the oldest that is still supported. */
  readonly effective: string;
  readonly retiresOn: string;
}

/**
 * Reads the `revision` header.
 *
 * @throws ApiFailure 400 when it is missing or names no release; 410 when it is retired and the
 *   caller doesn't want to fall forward
 */
export function readRevision(
  header: string | undefined,
  refusesFallForward: boolean,
  now: number,
): Revision {
  const detail =
    header === undefined
      ? "The revision header is required."
      : "The revision header must name an API revision, for example 2026-07-15.";
  const asked = RELEASES.find((release) => release === header);
  if (asked === undefined) throw invalidBody([invalidAt("/data/", detail)]);
  if (now < Date.parse(retirementOf(asked))) {
    return { effective: asked, retiresOn: retirementOf(asked) };
  }
  if (refusesFallForward) {
    throw new ApiFailure(410, [
      {
        code: "gone",
        title: "Gone.",
        detail: `The API revision ${asked} has been retired.`,
        source: { pointer: "/data/" },
      },
    ]);
  }
  const effective = RELEASES.find((release) => now < Date.parse(retirementOf(release))) ?? LATEST;
  return { effective, retiresOn: retirementOf(effective) };
}

function retirementOf(release: string): string {
  return `${Number(release.slice(0, 4)) + YEARS_OF_LIFE}${release.slice(4)}`;
}
