import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import { segmentsQuery } from "../../api/queries/segments";
import { CommandLine } from "../../parts/command-line";
import { NoneMatch, NoneYet } from "../../parts/empty-state";
import { FailedPage } from "../../parts/failed-page";
import { Instant } from "../../parts/instant";
import { Pages } from "../../parts/pages";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";

const route = getRouteApi("/segments");

/** The segments of all sources. */
export function SegmentsScreen() {
  const { segments: words, common } = useTexts();
  const formats = useFormats();
  const { search, after } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(search ?? "");
  const page = useQuery(segmentsQuery(useApi(), { search, after, limit: 50 }));
  if (page.isError && page.data === undefined) {
    return <FailedPage error={page.error} onRetry={() => void page.refetch()} />;
  }
  return (
    <Table
      variant="full-page"
      stickyHeader
      loading={page.isPending}
      loadingText={common.states.loading}
      items={[...(page.data?.items ?? [])]}
      trackBy="name"
      ariaLabels={{ tableLabel: words.title, selectionGroupLabel: words.title }}
      header={
        <Header variant="awsui-h1-sticky" description={words.description}>
          {words.title}
        </Header>
      }
      filter={
        <TextFilter
          filteringText={typed}
          filteringPlaceholder={words.filter}
          filteringAriaLabel={words.filter}
          onChange={({ detail }) => setTyped(detail.filteringText)}
          onDelayedChange={({ detail }) =>
            void navigate({
              search: { search: detail.filteringText === "" ? undefined : detail.filteringText },
              replace: true,
            })
          }
        />
      }
      empty={
        search === undefined ? (
          <NoneYet title={words.none} hint={words.noneHint} />
        ) : (
          <NoneMatch
            onClear={() => {
              setTyped("");
              void navigate({ search: {} });
            }}
          />
        )
      }
      pagination={
        <Pages
          first={after === undefined}
          next={page.data?.next}
          onPage={(next) => void navigate({ search: { search, after: next } })}
        />
      }
      footer={<CommandLine command="segments list" />}
      columnDefinitions={[
        {
          id: "name",
          header: words.columns.name,
          isRowHeader: true,
          cell: ({ name }) => (
            <RouteLink href={`/segments/${encodeURIComponent(name)}`}>{name}</RouteLink>
          ),
        },
        {
          id: "refreshedAt",
          header: words.columns.refreshedAt,
          cell: ({ refreshedAt }) => <Instant at={refreshedAt} />,
        },
        {
          id: "files",
          header: words.columns.files,
          cell: ({ files }) => <span className="number">{formats.number(files)}</span>,
        },
        {
          id: "bytes",
          header: words.columns.bytes,
          cell: ({ bytes }) => <span className="number">{formats.bytes(bytes)}</span>,
        },
        { id: "source", header: words.columns.source, cell: ({ source }) => source },
      ]}
    />
  );
}
