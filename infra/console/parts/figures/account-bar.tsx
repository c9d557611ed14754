import type { RunAnswer } from "../../api/queries/runs";
import { useFormats, useTexts } from "../../texts/language";
import { StackedBar, type Tone } from "./stacked-bar";
import "./account-bar.css";

/** What may become of a run's members, and what it means. */
const parts = [
  ["imported", "good"],
  ["unchanged", "calm"],
  ["refused", "bad"],
  ["unsent", "warn"],
] as const satisfies readonly (readonly [keyof RunAnswer["numbers"], Tone])[];

/** What became of a run's members, as a small bar; its words say the same to those who don't see it. */
export function AccountBar({ numbers }: { readonly numbers: RunAnswer["numbers"] }) {
  const { runs } = useTexts();
  const formats = useFormats();
  const known = parts.reduce((sum, [name]) => sum + numbers[name], 0);
  const open = Math.max(0, numbers.members - known);
  const worded = (word: string, count: number) => `${word} ${formats.number(count)}`;
  if (numbers.members === 0) {
    return <>{runs.account.none}</>;
  }
  return (
    <div className="account-bar">
      <StackedBar
        parts={[
          ...parts.map(([name, tone]) => ({
            ...{ label: name, count: numbers[name], tone },
            text: worded(runs.numbers[name], numbers[name]),
          })),
          { label: "open", count: open, tone: "open", text: worded(runs.numbers.open, open) },
        ]}
      />
    </div>
  );
}
