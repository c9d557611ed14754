/** Addresses of the screens about runs. Every filter is a part of its screen's address, so that it can be shared. */

export const runAddress = (runId: string): string => `/runs/${encodeURIComponent(runId)}`;

/** @param filter of the rows, by the names of the API */
export const rejectionsAddress = (
  runId: string,
  filter: Readonly<Record<string, string | undefined>> = {},
): string => `${runAddress(runId)}/rejections${queryOf(filter)}`;

export const comparisonAddress = (a: string, b?: string): string =>
  `/runs/compare${queryOf({ a, b })}`;

export const exportAddress = (exportId: string): string =>
  `/exports/${encodeURIComponent(exportId)}`;

export const explainAddress = (exportId: string): string => `${exportAddress(exportId)}/explain`;

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? "" : `?${given.join("&")}`;
}
