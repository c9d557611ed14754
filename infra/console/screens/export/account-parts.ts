import { isTerminal } from "../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../api/queries/runs";
import type { Tone } from "../../parts/figures/stacked-bar";

const order = [
  "imported",
  "unchanged",
  "refused",
  "unsent",
  "invalid",
  "blank",
  "duplicates",
] as const;
type PartName = (typeof order)[number] | "open";

const tones: Readonly<Record<PartName, Tone>> = {
  ...{ imported: "good", unchanged: "calm", refused: "bad", unsent: "bad", invalid: "bad" },
  ...{ blank: "warn", duplicates: "neutral", open: "open" },
};

/** A run's account as parts of its rows; whether they add up. */
export interface AccountParts {
  readonly rows: number;
  readonly parts: readonly {
    readonly name: PartName;
    readonly count: number;
    readonly tone: Tone;
  }[];
  readonly adds: boolean;
}

/** Takes a run's numbers apart. What is not settled yet, of a run that is going, is a part too. */
export function accountParts({
  numbers,
  status,
}: Pick<RunAnswer, "numbers" | "status">): AccountParts {
  const { rows } = numbers;
  const sum = order.reduce((all, name) => all + numbers[name], 0);
  const open = isTerminal(status) ? 0 : Math.max(0, rows - sum);
  const parts = [
    ...order.map((name) => ({ name, count: numbers[name], tone: tones[name] })),
    { name: "open" as const, count: open, tone: tones.open },
  ].filter(({ count }) => count > 0);
  return { rows, parts, adds: sum + open === rows };
}
