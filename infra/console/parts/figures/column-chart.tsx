import type { Tone } from "./stacked-bar";
import "./column-chart.css";
import "./stacked-bar.css";

interface Column {
  readonly key: string;
  /** From the bottom up. */
  readonly parts: readonly { readonly tone: Tone; readonly count: number }[];
  /** When it was, and how many: as people read it. */
  readonly text: string;
}

const HEIGHT = 100;
const STEP = 20;
const WIDTH = 14;
/** Of a column and its gap, in pixels, where there is room: few columns are no wide blocks. */
const SHOWN_STEP = 32;
/** What is there is never too thin to be seen. */
const THINNEST = 1.5;

/**
 * How numbers went, a column for each time, the latest at the end. It stands beside a table of the same numbers, so that
 * a screen reader is told of the first and the last alone.
 */
export function ColumnChart({
  columns,
  label,
  most,
}: {
  readonly columns: readonly Column[];
  readonly label: string;
  /** The height of the highest column, as people read it. */
  readonly most: string;
}) {
  const sums = columns.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0));
  const highest = Math.max(1, ...sums);
  const [first] = columns;
  const last = columns.at(-1);
  return (
    <div className="column-chart">
      <span className="column-chart-most" aria-hidden="true">
        {most}
      </span>
      <svg
        role="img"
        aria-label={`${label}: ${first?.text ?? ""} – ${last?.text ?? ""}`}
        viewBox={`0 0 ${columns.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        width={columns.length * SHOWN_STEP}
      >
        {columns.map(({ key, parts, text }, index) => (
          <g key={key}>
            <title>{text}</title>
            {stacked(parts, highest).map(({ tone, y, height }) => (
              <rect
                key={tone}
                x={index * STEP + (STEP - WIDTH) / 2}
                y={y}
                width={WIDTH}
                height={height}
                className={`stacked-bar-${tone}`}
              />
            ))}
          </g>
        ))}
      </svg>
      <span className="column-chart-ends" aria-hidden="true">
        <span>{first?.text}</span>
        <span>{last?.text}</span>
      </span>
    </div>
  );
}

function stacked(parts: Column["parts"], highest: number) {
  let top = HEIGHT;
  return parts
    .filter(({ count }) => count > 0)
    .map(({ tone, count }) => {
      const height = Math.max(THINNEST, (count / highest) * HEIGHT);
      top -= height;
      return { tone, y: Math.max(0, top), height };
    });
}
