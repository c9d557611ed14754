import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useApi, useMay } from "../../api/api-provider";
import { auditQuery, type AuditEntry } from "../../api/queries/audit";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { PageNotRead } from "../../parts/list/page-not-read";
import { Pages } from "../../parts/list/pages";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";
import { runAddress } from "../run/addresses";
import { AuditFilter } from "./audit-filter";
import { ChangesDialog } from "./changes-dialog";
import type { AuditSearch } from "./search";

const PAGE_ENTRIES = 50;

const outcomeTypes: Readonly<Record<AuditEntry["outcome"], StatusIndicatorProps.Type>> = {
  succeeded: "success",
  refused: "warning",
  failed: "error",
  unknown: "pending",
};

/** The audit log, for administrators: a page at a time, filtered by what stands in the address. */
export function AuditView({
  search,
  onSearch,
}: {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}) {
  const { audit: texts } = useTexts();
  const may = useMay();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={texts.description}>
          {texts.title}
        </Header>
      }
    >
      {may("viewAudit") === undefined ? (
        <Alert type="warning">{texts.onlyAdministrators}</Alert>
      ) : (
        <Entries search={search} onSearch={onSearch} />
      )}
    </ContentLayout>
  );
}

function Entries({
  search,
  onSearch,
}: {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}) {
  const { audit: texts, common } = useTexts();
  const { instant } = useFormats();
  const page = useKeptPage(auditQuery(useApi(), { ...search, limit: PAGE_ENTRIES }));
  const [shown, setShown] = useState<AuditEntry>();
  const { after, ...filter } = search;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const next = page.data?.next;
  if (page.isError && page.data === undefined) {
    return <FailureAlert error={page.error} onRetry={() => page.refetch()} />;
  }
  const only = (changed: Partial<AuditSearch>, words: string) => (
    <Button
      variant="inline-icon"
      iconName="filter"
      ariaLabel={texts.onlyThis(words)}
      onClick={() => onSearch({ ...filter, ...changed })}
    />
  );
  return (
    <>
      <PageNotRead page={page} />
      <Table
        wrapLines
        stickyHeader
        loading={page.isPending}
        loadingText={common.states.loading}
        items={page.data?.items ?? []}
        trackBy="auditId"
        filter={<AuditFilter search={search} onSearch={onSearch} />}
        empty={
          <SpaceBetween size="xs">
            <Box variant="strong">
              {next !== undefined
                ? texts.searchOn
                : isFiltered
                  ? common.states.noneMatch
                  : texts.none}
            </Box>
            {isFiltered ? (
              <Button onClick={() => onSearch({})}>{common.actions.clearFilters}</Button>
            ) : (
              <Box>{texts.noneHint}</Box>
            )}
          </SpaceBetween>
        }
        footer={
          <Pages
            page={page}
            first={after === undefined}
            labels={texts.pages}
            onPage={(cursor) => onSearch({ ...filter, after: cursor })}
          />
        }
        columnDefinitions={[
          { id: "at", header: texts.columns.at, cell: ({ at }) => instant(at) },
          {
            id: "actor",
            header: texts.columns.actor,
            cell: ({ actor, people }) => (
              <>
                {people?.[actor.userId] ?? actor.userId}{" "}
                {only({ actor: actor.userId }, people?.[actor.userId] ?? actor.userId)}
                {actor.role !== undefined && (
                  <Box variant="small" display="block">
                    {common.roles[actor.role]}
                  </Box>
                )}
              </>
            ),
          },
          {
            id: "action",
            header: texts.columns.action,
            isRowHeader: true,
            cell: ({ action }) => (
              <>
                <code>{action}</code> {only({ action }, action)}
              </>
            ),
          },
          {
            id: "target",
            header: texts.columns.target,
            cell: ({ target, runId }) => (
              <>
                {target !== undefined && (
                  <>
                    {texts.targets[target.kind]} <code>{target.id}</code>{" "}
                    {only({ target: target.id }, target.id)}
                  </>
                )}
                {runId !== undefined && (
                  <Box display="block">
                    <RouteLink href={runAddress(runId)}>{texts.targets.run}</RouteLink>
                  </Box>
                )}
              </>
            ),
          },
          {
            id: "outcome",
            header: texts.columns.outcome,
            cell: ({ outcome, code }) => (
              <>
                <StatusIndicator type={outcomeTypes[outcome]}>
                  {texts.outcomes[outcome]}
                </StatusIndicator>
                {code !== undefined && (
                  <Box variant="small" display="block">
                    <code>{code}</code>
                  </Box>
                )}
              </>
            ),
          },
          {
            id: "source",
            header: texts.columns.source,
            cell: ({ source }) => (
              <>
                {texts.sources[source.kind]}
                {source.kind === "api" && source.ip !== undefined && (
                  <Box variant="small" display="block">
                    {source.ip}
                  </Box>
                )}
              </>
            ),
          },
          {
            id: "changes",
            header: texts.columns.changes,
            cell: (entry) =>
              entry.before === undefined && entry.after === undefined ? (
                "–"
              ) : (
                <Button
                  variant="inline-link"
                  ariaLabel={`${texts.show}: ${texts.changesOf(entry.action, instant(entry.at))}`}
                  onClick={() => setShown(entry)}
                >
                  {texts.show}
                </Button>
              ),
          },
        ]}
      />
      {shown !== undefined && <ChangesDialog entry={shown} onDismiss={() => setShown(undefined)} />}
    </>
  );
}
