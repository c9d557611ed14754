import { DomainError } from "../../shared/domain/problems/problem";
import type { ApiEvent, ApiResult } from "./api-event";

/** No version is this one, so nothing matches it. */
const NO_VERSION = -1;

/**
 * The version that `If-Match` names; undefined without the header, and for `*`, which any version matches.
 * What is no ETag of this API matches nothing.
 */
export function expectedVersion({ headers }: Pick<ApiEvent, "headers">): number | undefined {
  const header = headers["if-match"]?.trim();
  if (header === undefined || header === "*") {
    return undefined;
  }
  const [, version] = /^"([1-9][0-9]{0,14})"$/.exec(header) ?? [];
  return version === undefined ? NO_VERSION : Number(version);
}

/** A change that was made under `If-Match` and came too late is answered as `versionStale`. */
export async function reportStale(
  ifMatch: number | undefined,
  change: () => Promise<ApiResult>,
): Promise<ApiResult> {
  try {
    return await change();
  } catch (error) {
    if (ifMatch !== undefined && error instanceof DomainError && isChanged(error)) {
      throw new DomainError("versionStale");
    }
    throw error;
  }
}

const changes: ReadonlySet<string> = new Set([
  "connectionChanged",
  "exportChanged",
  "scheduleChanged",
  "segmentSettingsChanged",
]);

function isChanged({ problem: { code } }: DomainError): boolean {
  return changes.has(code);
}

/** The `ETag` of a version. */
export function etagOf(version: number): string {
  return `"${String(version)}"`;
}
