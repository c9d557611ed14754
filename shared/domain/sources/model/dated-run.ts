/** What lies in a run's folder, as the files of a table. */
export type RunFiles<Found> =
  | { readonly kind: "whole"; readonly files: readonly Found[] }
  /** A partition is not there whose neighbours are. */
  | { readonly kind: "gap"; readonly missing: string }
  | { readonly kind: "none" };

/** The levels of a run's folder, `yyyy/MM/dd/HHmm`, as patterns of their names. */
export const runLevels = [
  /^\d{4}$/,
  /^(?:0[1-9]|1[0-2])$/,
  /^(?:0[1-9]|[12]\d|3[01])$/,
  /^(?:[01]\d|2[0-3])[0-5]\d$/,
] as const;

/**
 * The partitions of a table in one run's folder, `<table>_<n>.csv`, in their order. They are numbered from 1, or from 0,
 * without a gap; whether the last are missing, nothing says.
 */
export function filesOfRun<Found extends { readonly path: string }>(
  table: string,
  found: readonly Found[],
): RunFiles<Found> {
  const byNumber = new Map<number, Found>();
  for (const object of found) {
    const name = object.path.split("/").at(-1) ?? "";
    const number = name.startsWith(`${table}_`)
      ? /^(\d{1,6})\.csv$/.exec(name.slice(table.length + 1))?.[1]
      : undefined;
    if (number !== undefined) {
      byNumber.set(Number(number), object);
    }
  }
  const numbers = [...byNumber.keys()].toSorted((one, other) => one - other);
  const last = numbers.at(-1);
  if (last === undefined) {
    return { kind: "none" };
  }
  const first = Math.min(1, numbers[0] ?? 1);
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const missing = all.find((number) => !byNumber.has(number));
  return missing === undefined
    ? { kind: "whole", files: all.flatMap((number) => byNumber.get(number) ?? []) }
    : { kind: "gap", missing: `${table}_${missing}.csv` };
}
