import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { ToldProblem } from "../../parts/loading/told-problem";
import { ToldText } from "../../parts/told-text";
import { useFormats, useTexts } from "../../texts/language";
import { tellProblem, tellReason, tellRejection } from "../../texts/told";
import { runAddress } from "../run/addresses";
import type { ExplanationAnswer, SearchedRows } from "./explanation";
import { SentProfile } from "./sent-profile";

/** Why a person is on the list, or not: the one sentence, then what it rests on. */
export function ExplanationView({ explanation }: { readonly explanation: ExplanationAnswer }) {
  const { explain: texts, told } = useTexts();
  const { reason, segments, runs, snapshot, klaviyo } = explanation;
  const title =
    reason.onList === null ? texts.unknown : reason.onList ? texts.onList : texts.notOnList;
  return (
    <SpaceBetween size="l">
      <Alert
        type={reason.onList === null ? "warning" : reason.onList ? "success" : "info"}
        header={title}
      >
        <ToldText told={tellReason(told, reason)} />
      </Alert>
      {segments.kind === "notSearched" ? (
        <ToldProblem type="warning" title={texts.rows} problem={segments.problem} />
      ) : (
        <SpaceBetween size="l">
          <Rows segments={segments} />
          <SentProfile segments={segments} />
        </SpaceBetween>
      )}
      <Runs runs={runs} />
      <Container header={<Header variant="h2">{texts.snapshotTitle}</Header>}>
        {texts.snapshot[snapshot]}
      </Container>
      <Klaviyo klaviyo={klaviyo} />
    </SpaceBetween>
  );
}

function Rows({ segments }: { readonly segments: SearchedRows }) {
  const { explain: texts } = useTexts();
  const { number } = useFormats();
  const more = segments.rowCount - segments.rows.length;
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header variant="h2">{texts.rows}</Header>}
      items={segments.rows}
      empty={texts.rowsNone}
      footer={
        more > 0 || segments.blankRows > 0 ? (
          <Box variant="small">
            {more > 0 && `${texts.rowsMore(more)}. `}
            {segments.blankRows > 0 && texts.blankRows(segments.blankRows)}
          </Box>
        ) : undefined
      }
      columnDefinitions={[
        {
          id: "verdict",
          header: texts.columns.verdict,
          isRowHeader: true,
          cell: ({ verdict }) =>
            verdict === "used" ? (
              <strong>{texts.verdicts[verdict]}</strong>
            ) : (
              texts.verdicts[verdict]
            ),
        },
        { id: "segment", header: texts.columns.segment, cell: ({ segment }) => segment },
        { id: "file", header: texts.columns.file, cell: ({ file }) => file },
        { id: "row", header: texts.columns.row, cell: ({ row }) => number(row) },
      ]}
    />
  );
}

function Runs({ runs }: { readonly runs: ExplanationAnswer["runs"] }) {
  const { explain: texts, told } = useTexts();
  const { instant } = useFormats();
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header variant="h2">{texts.runs}</Header>}
      items={runs}
      trackBy="runId"
      empty={texts.runsNone}
      columnDefinitions={[
        {
          id: "run",
          header: texts.run,
          isRowHeader: true,
          cell: ({ runId, requestedAt }) => (
            <RouteLink href={runAddress(runId)}>{instant(requestedAt)}</RouteLink>
          ),
        },
        {
          id: "status",
          header: texts.status,
          cell: ({ status }) => <RunStatusIndicator status={status} />,
        },
        {
          id: "verdict",
          header: texts.runVerdict,
          cell: ({ verdict }) => (
            <>
              {texts.runVerdicts[verdict.kind]}
              {verdict.kind === "refused" && (
                <Box variant="small" display="block">
                  <code>{verdict.code}</code> <ToldText told={tellRejection(told, verdict)} />
                </Box>
              )}
              {verdict.kind === "notRun" && verdict.problem !== undefined && (
                <Box variant="small" display="block">
                  <ToldText told={tellProblem(told, verdict.problem)} />
                </Box>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

function Klaviyo({ klaviyo }: { readonly klaviyo: ExplanationAnswer["klaviyo"] }) {
  const { explain: texts, common } = useTexts();
  const { list } = useFormats();
  if (klaviyo.kind === "notAsked") {
    return <ToldProblem type="warning" title={texts.klaviyo} problem={klaviyo.problem} />;
  }
  const { onList, profile } = klaviyo;
  return (
    <Container header={<Header variant="h2">{texts.klaviyo}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: texts.inList, value: onList ? texts.yes : texts.no },
          ...(profile === null
            ? [{ label: texts.consent, value: texts.noProfile }]
            : [
                { label: texts.consent, value: profile.consent },
                {
                  label: texts.suppressions,
                  value:
                    profile.suppressions.length === 0
                      ? common.states.none
                      : list(profile.suppressions),
                },
              ]),
        ]}
      />
    </Container>
  );
}
