import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import { rejectionCountsQuery } from "../../api/queries/rejections";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";
import { rejectionsAddress } from "../run/addresses";
import "./rejection-counts.css";

/** How many rows have which code, the most frequent first; each code opens its rows. */
export function RejectionCounts({
  runId,
  chosen,
}: {
  readonly runId: string;
  readonly chosen: string | undefined;
}) {
  const { rejections: texts, common } = useTexts();
  const { number } = useFormats();
  const { data } = useQuery(rejectionCountsQuery(useApi(), runId));
  if (data?.counts.length === 0) {
    return null;
  }
  const most = Math.max(1, ...(data?.counts ?? []).map(({ rows }) => rows));
  return (
    <Container header={<Header variant="h2">{texts.counts.title}</Header>}>
      {data === undefined ? (
        <Box color="text-body-secondary">{common.states.loading}</Box>
      ) : (
        <SpaceBetween size="xs">
          <ul className="rejection-counts">
            {data.counts.map(({ code, rows }) => (
              <li key={code}>
                <RouteLink
                  href={rejectionsAddress(runId, { code })}
                  ariaLabel={`${code}: ${texts.counts.rows(rows)}`}
                >
                  {code === chosen ? <strong>{code}</strong> : code}
                </RouteLink>
                <div className="rejection-track" aria-hidden="true">
                  <div style={{ inlineSize: `${(rows / most) * 100}%` }} />
                </div>
                <span className="rejection-number">{number(rows)}</span>
              </li>
            ))}
          </ul>
          {!data.complete && <Box variant="small">{texts.counts.incomplete}</Box>}
        </SpaceBetween>
      )}
    </Container>
  );
}
