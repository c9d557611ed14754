import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { RouteLink } from "../../../parts/route-link";
import { useFormats, useTexts } from "../../../texts/language";
import { rejectionsAddress } from "../addresses";
import type { AccountSum, PartName } from "./run-account";
import "./account-figure.css";

/** What a part's colour says, besides its words: all is well, nothing was to be done, or what went wrong. */
const tones: Readonly<Record<PartName, string>> = {
  blank: "blank",
  invalid: "invalid",
  duplicates: "duplicates",
  members: "good",
  unchanged: "quiet",
  imported: "good",
  refused: "refused",
  unsent: "unsent",
  removed: "good",
  notFound: "quiet",
  unremoved: "unsent",
  accepted: "good",
  uncertain: "blank",
  alreadySubscribed: "quiet",
  excludedUnsubscribed: "duplicates",
  excludedSuppressed: "duplicates",
  excludedWithoutConsent: "duplicates",
  excludedConsentUnclear: "blank",
  excludedWithoutConsentTime: "blank",
  failed: "unsent",
};

/**
 * A run's account: each sum as a bar, its parts as numbers that open their rows, and whether it adds up.
 *
 * @param rowsOf the run whose rejection report has the rows; absent when there is none, or the viewer may not see it
 */
export function AccountFigure({
  sums,
  rowsOf,
}: {
  readonly sums: readonly AccountSum[];
  readonly rowsOf: string | undefined;
}) {
  return (
    <figure className="account">
      {sums.map((sum) => (
        <Sum key={sum.whole} sum={sum} rowsOf={rowsOf} />
      ))}
    </figure>
  );
}

function Sum({ sum, rowsOf }: { readonly sum: AccountSum; readonly rowsOf: string | undefined }) {
  const { account } = useTexts().run;
  const { number, percent } = useFormats();
  const { name, meaning } = account.wholes[sum.whole];
  const shown = sum.parts.filter(({ count }) => count > 0);
  const open = Math.max(0, sum.open);
  return (
    <section aria-label={`${name}: ${number(sum.total)}`}>
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <Box variant="h3" padding="n">
          {name}{" "}
          <span className="account-number" data-whole={sum.whole}>
            {number(sum.total)}
          </span>
        </Box>
        <Box color="text-body-secondary">{meaning}</Box>
        <Verdict sum={sum} />
      </SpaceBetween>
      <div className="account-bar" aria-hidden="true">
        {shown.map(({ name: part, count }) => (
          <div
            key={part}
            className={`account-segment account-tone-${tones[part]}`}
            style={{ flexGrow: count }}
          />
        ))}
        {open > 0 && (
          <div className="account-segment account-tone-open" style={{ flexGrow: open }} />
        )}
      </div>
      <ul className="account-parts">
        {sum.parts
          .filter(({ count, category }) => count > 0 || isAlwaysShown(sum.whole, category))
          .map(({ name: part, count, category }) => {
            const words = account.parts[part];
            return (
              <li key={part} className="account-part" data-part={part}>
                <span className={`account-swatch account-tone-${tones[part]}`} aria-hidden="true" />
                <div>
                  <Box variant="span" fontWeight="bold">
                    <span className="account-number">{number(count)}</span>
                  </Box>{" "}
                  {category !== undefined && count > 0 && rowsOf !== undefined ? (
                    <RouteLink
                      href={rejectionsAddress(rowsOf, { category })}
                      ariaLabel={account.showRows(`${words.name} ${number(count)}`)}
                    >
                      {words.name}
                    </RouteLink>
                  ) : (
                    words.name
                  )}
                  <Box variant="small" display="block">
                    {words.meaning}
                    {isWorthAShare(count, sum.total) && `, ${percent(count / sum.total)}`}
                  </Box>
                </div>
              </li>
            );
          })}
        {open > 0 && sum.state === "open" && (
          <li className="account-part">
            <span className="account-swatch account-tone-open" aria-hidden="true" />
            <div>
              <Box variant="span" fontWeight="bold">
                <span className="account-number">{number(open)}</span>
              </Box>{" "}
              {account.openPart}
            </div>
          </li>
        )}
      </ul>
    </section>
  );
}

/** The numbers of subscribing are many and mostly zero; of the others, what went wrong is said to be none. */
function isAlwaysShown(whole: AccountSum["whole"], category: string | undefined): boolean {
  return whole !== "requested" && (category === undefined || whole !== "leaving");
}

function Verdict({ sum: { state, open, total, parts } }: { readonly sum: AccountSum }) {
  const { account } = useTexts().run;
  const { number } = useFormats();
  switch (state) {
    case "adds":
      return (
        <span title={equationOf(total, parts, number)}>
          <StatusIndicator type="success">{account.adds}</StatusIndicator>
        </span>
      );
    case "open":
      return <StatusIndicator type="in-progress">{account.open(open)}</StatusIndicator>;
    case "addsNot":
      return (
        <StatusIndicator type="error">
          {account.addsNot(number(Math.abs(open)))} {equationOf(total, parts, number)}
        </StatusIndicator>
      );
  }
}

function equationOf(
  total: number,
  parts: AccountSum["parts"],
  number: (value: number) => string,
): string {
  const reckoned = parts.reduce((sum, { count }) => sum + count, 0);
  const sign = reckoned === total ? "=" : "≠";
  return `${number(total)} ${sign} ${parts.map(({ count }) => number(count)).join(" + ")}`;
}

/** A share that would be written as nothing, or as all though it is not, says less than the number. */
function isWorthAShare(count: number, total: number): boolean {
  const share = total === 0 ? 0 : count / total;
  return share >= 0.001 && share < 0.9995;
}
