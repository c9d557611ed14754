import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { RunAnswer } from "../../api/queries/runs";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { ToldText } from "../../parts/told-text";
import { useFormats, useTexts } from "../../texts/language";
import { tellProblem } from "../../texts/told";
import { runAddress } from "../run/addresses";
import { comparedNumbers, comparedWarnings, differingSettings } from "./compare-runs";

/** What two runs have in common and in what they differ: facts, numbers, settings, warnings. */
export function ComparedRuns({ a, b }: { readonly a: RunAnswer; readonly b: RunAnswer }) {
  return (
    <SpaceBetween size="l">
      <Facts a={a} b={b} />
      <Numbers a={a} b={b} />
      <Settings a={a} b={b} />
      <Warnings a={a} b={b} />
    </SpaceBetween>
  );
}

interface Pair {
  readonly a: RunAnswer;
  readonly b: RunAnswer;
}

function Facts({ a, b }: Pair) {
  const { comparison: texts, runs } = useTexts();
  const { instant, duration } = useFormats();
  const requested = ({ runId, timings }: RunAnswer) => (
    <RouteLink href={runAddress(runId)}>{instant(timings.requestedAt)}</RouteLink>
  );
  const took = ({ timings }: RunAnswer) =>
    timings.seconds === undefined ? "–" : duration(timings.seconds);
  return (
    <Table
      variant="container"
      items={[
        { name: texts.facts.requested, a: requested(a), b: requested(b) },
        {
          name: texts.facts.status,
          a: <RunStatusIndicator status={a.status} phase={a.phase} />,
          b: <RunStatusIndicator status={b.status} phase={b.phase} />,
        },
        { name: texts.facts.took, a: took(a), b: took(b) },
        { name: texts.facts.mode, a: runs.mode[a.mode], b: runs.mode[b.mode] },
      ]}
      columnDefinitions={[
        { id: "name", header: texts.facts.title, isRowHeader: true, cell: ({ name }) => name },
        { id: "a", header: texts.first, cell: (item) => item.a },
        { id: "b", header: texts.second, cell: (item) => item.b },
      ]}
    />
  );
}

function Numbers({ a, b }: Pair) {
  const { comparison: texts, run } = useTexts();
  const { number } = useFormats();
  const { parts, wholes } = run.account;
  const signed = (value: number) =>
    value === 0 ? "–" : `${value > 0 ? "+" : "−"}${number(Math.abs(value))}`;
  return (
    <Table
      variant="container"
      header={<Header variant="h2">{texts.numbers}</Header>}
      items={comparedNumbers(a, b)}
      trackBy="name"
      columnDefinitions={[
        {
          id: "name",
          header: texts.number,
          isRowHeader: true,
          cell: ({ name }) =>
            name === "rows" || name === "leaving" ? wholes[name].name : parts[name].name,
        },
        { id: "a", header: texts.first, cell: (item) => <Digits>{number(item.a)}</Digits> },
        { id: "b", header: texts.second, cell: (item) => <Digits>{number(item.b)}</Digits> },
        {
          id: "difference",
          header: texts.difference,
          cell: (item) => <Digits>{signed(item.b - item.a)}</Digits>,
        },
      ]}
    />
  );
}

function Digits({ children }: { readonly children: string }) {
  return <span className="number">{children}</span>;
}

function Settings({ a, b }: Pair) {
  const { comparison: texts } = useTexts();
  const shown = (value: string | undefined) =>
    value ?? <Box color="text-status-inactive">{texts.absent}</Box>;
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header variant="h2">{texts.settings}</Header>}
      items={differingSettings(a.settings, b.settings)}
      trackBy="path"
      empty={texts.settingsSame}
      columnDefinitions={[
        {
          id: "path",
          header: texts.setting,
          isRowHeader: true,
          cell: ({ path }) => <code>{path}</code>,
        },
        { id: "a", header: texts.first, cell: (item) => shown(item.a) },
        { id: "b", header: texts.second, cell: (item) => shown(item.b) },
      ]}
    />
  );
}

function Warnings({ a, b }: Pair) {
  const { comparison: texts, told } = useTexts();
  const has = (it: boolean) => (it ? texts.yes : texts.no);
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header variant="h2">{texts.warnings}</Header>}
      items={comparedWarnings(a, b)}
      trackBy={({ warning }) => warning.message}
      empty={texts.warningsNone}
      columnDefinitions={[
        {
          id: "warning",
          header: texts.warning,
          isRowHeader: true,
          cell: ({ warning }) => (
            <>
              <code>{warning.code}</code> <ToldText told={tellProblem(told, warning)} />
            </>
          ),
        },
        { id: "a", header: texts.first, cell: ({ inA }) => has(inA) },
        { id: "b", header: texts.second, cell: ({ inB }) => has(inB) },
      ]}
    />
  );
}
