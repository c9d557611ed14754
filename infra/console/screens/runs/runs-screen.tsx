import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { runsQuery, type RunAnswer } from "../../api/queries/runs";
import { AccountBar } from "../../parts/figures/account-bar";
import { Instant } from "../../parts/instant";
import type { ListColumn } from "../../parts/list/list-columns";
import { ListPage } from "../../parts/list/list-page";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import { useFormats, useTexts } from "../../texts/language";
import { RunsFilter } from "./runs-filter";
import { runsSearchSchema } from "./search";

const route = getRouteApi("/runs");

/** The runs of all exports that the caller may see, newest first. */
export function RunsScreen() {
  const { runs: words } = useTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { columns: _columns, ...asked } = search;
  const page = useKeptPage(runsQuery(useApi(), asked));
  return (
    <ListPage
      list="runs"
      query={page}
      title={words.title}
      description={words.description}
      filter={
        <RunsFilter
          search={search}
          onSearch={(next) => void navigate({ search: next, replace: true })}
        />
      }
      none={{ title: words.none, hint: words.noneHint }}
      columns={useRunColumns()}
      trackBy="runId"
      search={search}
      onSearch={(next) => void navigate({ search: runsSearchSchema.parse(next) })}
      command="runs list --all"
    />
  );
}

function useRunColumns(): readonly ListColumn<RunAnswer>[] {
  const { runs: words } = useTexts();
  const formats = useFormats();
  const counted = (name: "members" | "imported" | "refused") => ({
    id: name,
    header: words.numbers[name],
    cell: ({ numbers }: RunAnswer) => (
      <span className="number">{formats.number(numbers[name])}</span>
    ),
  });
  return [
    {
      id: "run",
      header: words.columns.run,
      isRowHeader: true,
      cell: ({ runId, timings }) => (
        <RouteLink href={`/runs/${runId}`}>
          <Instant at={timings.requestedAt} />
        </RouteLink>
      ),
    },
    {
      id: "export",
      header: words.columns.export,
      cell: ({ exportId, settings }) => (
        <RouteLink href={`/exports/${exportId}`}>{settings.displayName}</RouteLink>
      ),
    },
    {
      id: "status",
      header: words.columns.status,
      cell: ({ status }) => <RunStatusIndicator status={status} />,
    },
    {
      id: "trigger",
      header: words.columns.trigger,
      cell: ({ trigger }) => words.trigger[trigger],
    },
    {
      id: "mode",
      header: words.columns.mode,
      isExtra: true,
      cell: ({ mode }) => words.mode[mode],
    },
    {
      id: "duration",
      header: words.columns.duration,
      isExtra: true,
      cell: ({ timings: { seconds } }) => (seconds === undefined ? "–" : formats.duration(seconds)),
    },
    counted("members"),
    { ...counted("imported"), isExtra: true },
    { ...counted("refused"), isExtra: true },
    {
      id: "account",
      header: words.columns.account,
      minWidth: 160,
      cell: ({ numbers }) => <AccountBar numbers={numbers} />,
    },
  ];
}
