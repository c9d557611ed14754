import type { RunAnswer } from "../../api/queries/runs";
import { useFormats, useTexts } from "../../texts/language";
import "./account-bar.css";

/** What became of a run's members, as a small bar; its words say the same to those who don't see it. */
export function AccountBar({ numbers }: { readonly numbers: RunAnswer["numbers"] }) {
  const { runs } = useTexts();
  const formats = useFormats();
  const { members, imported, unchanged, refused, unsent } = numbers;
  if (members === 0) {
    return <>{runs.account.none}</>;
  }
  const parts = [
    { name: "imported", count: imported, text: runs.numbers.imported },
    { name: "unchanged", count: unchanged, text: runs.numbers.unchanged },
    { name: "rejected", count: refused, text: runs.numbers.refused },
    { name: "unsent", count: unsent, text: runs.numbers.unsent },
  ].filter(({ count }) => count > 0);
  const words = formats.list(parts.map(({ text, count }) => `${text} ${formats.number(count)}`));
  return (
    <svg
      className="account-bar"
      role="img"
      aria-label={words}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
    >
      <title>{words}</title>
      {parts.map(({ name, count }, index) => {
        const before = parts.slice(0, index).reduce((sum, part) => sum + part.count, 0);
        return (
          <rect
            key={name}
            className={`account-bar-${name}`}
            x={(before / members) * 100}
            width={(count / members) * 100}
            height="6"
          />
        );
      })}
    </svg>
  );
}
