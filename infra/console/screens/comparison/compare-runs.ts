import type { RunAnswer } from "../../api/queries/runs";

/** A number that two runs have. */
export interface ComparedNumber {
  readonly name: ComparedName;
  readonly a: number;
  readonly b: number;
}
type ComparedName = keyof RunAnswer["numbers"] | keyof RunAnswer["removals"];

const numberNames = [
  "rows",
  "blank",
  "invalid",
  "duplicates",
  "members",
  "unchanged",
  "imported",
  "refused",
  "unsent",
] as const satisfies readonly (keyof RunAnswer["numbers"])[];
const removalNames = [
  "leaving",
  "removed",
  "notFound",
  "unremoved",
] as const satisfies readonly (keyof RunAnswer["removals"])[];

/** The numbers of two runs in the order in which they add up; those of removing where either run removes. */
export function comparedNumbers(
  a: Pick<RunAnswer, "numbers" | "removals">,
  b: Pick<RunAnswer, "numbers" | "removals">,
): readonly ComparedNumber[] {
  const removes = a.removals.leaving > 0 || b.removals.leaving > 0;
  return [
    ...numberNames.map((name) => ({ name, a: a.numbers[name], b: b.numbers[name] })),
    ...(removes
      ? removalNames.map((name) => ({ name, a: a.removals[name], b: b.removals[name] }))
      : []),
  ];
}

/** A setting whose values differ, each as it is written in JSON; undefined where a run has none. */
export interface DifferingSetting {
  /** The setting's path, such as `mapping.FirstName`. */
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** The settings in which two runs differ, whose mappings are compared field by field. */
export function differingSettings(
  a: RunAnswer["settings"],
  b: RunAnswer["settings"],
): readonly DifferingSetting[] {
  const ofA = writtenSettings(a);
  const ofB = writtenSettings(b);
  return [...new Set([...ofA.keys(), ...ofB.keys()])]
    .filter((path) => ofA.get(path) !== ofB.get(path))
    .map((path) => ({ path, a: ofA.get(path), b: ofB.get(path) }));
}

function writtenSettings({ mapping, ...others }: RunAnswer["settings"]): Map<string, string> {
  return new Map(
    [
      ...Object.entries(others),
      ...Object.entries(mapping).flatMap(([name, value]): [string, unknown][] =>
        isGroup(value)
          ? Object.entries(value).map(([inner, each]) => [`mapping.${name}.${inner}`, each])
          : [[`mapping.${name}`, value]],
      ),
    ]
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** Properties and other groups of a mapping hold a value for each name. */
function isGroup(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !("field" in value)
  );
}

/** A warning, and which of two runs have it. */
export interface ComparedWarning {
  readonly warning: RunAnswer["warnings"][number];
  readonly inA: boolean;
  readonly inB: boolean;
}

/** The warnings of two runs; those of the same words are one. */
export function comparedWarnings(
  a: Pick<RunAnswer, "warnings">,
  b: Pick<RunAnswer, "warnings">,
): readonly ComparedWarning[] {
  const inA = new Map(a.warnings.map((warning) => [warning.message, warning]));
  const inB = new Map(b.warnings.map((warning) => [warning.message, warning]));
  return [...new Map([...inA, ...inB])].map(([message, warning]) => ({
    warning,
    inA: inA.has(message),
    inB: inB.has(message),
  }));
}
