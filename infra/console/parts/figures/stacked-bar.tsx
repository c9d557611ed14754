import "./stacked-bar.css";

/** What a part of a bar means: a colour is never all that says it. */
export type Tone = "good" | "calm" | "bad" | "warn" | "neutral" | "open";

interface StackedBarProps {
  readonly parts: readonly {
    readonly label: string;
    readonly count: number;
    readonly tone: Tone;
    /** Name and number, as people read them. */
    readonly text: string;
  }[];
  /** Whether the parts are named below, rather than to screen readers and on hovering alone. */
  readonly legend?: boolean;
}

/** Parts of a whole, side by side. A part that is there is never too thin to be seen. */
export function StackedBar({ parts, legend = false }: StackedBarProps) {
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <div className="stacked-bar">
      <svg
        role="img"
        aria-label={shown.map(({ text }) => text).join(", ")}
        width="100%"
        height={legend ? 20 : 10}
        preserveAspectRatio="none"
        viewBox={`0 0 1000 10`}
      >
        {widths(shown.map(({ count }) => count)).map(({ x, width }, index) => (
          <rect
            key={shown[index]?.label}
            x={x}
            y={0}
            width={width}
            height={10}
            className={`stacked-bar-${shown[index]?.tone ?? "neutral"}`}
          >
            <title>{shown[index]?.text}</title>
          </rect>
        ))}
      </svg>
      {legend ? (
        <ul>
          {shown.map(({ label, text, tone }) => (
            <li key={label}>
              <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10">
                <rect width="10" height="10" rx="2" className={`stacked-bar-${tone}`} />
              </svg>
              {text}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const WHOLE = 1_000;
/** Of a thousand: what the thinnest part takes. */
const THINNEST = 6;

function widths(counts: readonly number[]): readonly { x: number; width: number }[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const wanted = counts.map((count) => Math.max(THINNEST, (count / all) * WHOLE));
  const total = wanted.reduce((sum, width) => sum + width, 0);
  let x = 0;
  return wanted.map((width) => {
    const scaled = (width / total) * WHOLE;
    const place = { x, width: Math.max(1, scaled - 2) };
    x += scaled;
    return place;
  });
}
