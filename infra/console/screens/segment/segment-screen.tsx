import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi, useMay } from "../../api/api-provider";
import { exportsQuery } from "../../api/queries/exports";
import { segmentQuery, type SegmentAnswer } from "../../api/queries/segments";
import { Awaited } from "../../parts/loading/awaited";
import { argumentOf, CommandLine } from "../../parts/command-line";
import { NoneYet } from "../../parts/empty-state";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { Instant } from "../../parts/instant";
import { RouteLink } from "../../parts/route-link";
import { ToldText } from "../../parts/told-text";
import { useFormats, useTexts } from "../../texts/language";
import { tellProblem } from "../../texts/told";
import { FirstRows } from "./first-rows";
import { RefreshTrend } from "./refresh-trend";

const route = getRouteApi("/segments/$segment");

/** A segment's page. */
export function SegmentScreen() {
  const { segment } = route.useParams();
  const described = useQuery(segmentQuery(useApi(), segment));
  return (
    <Awaited query={described}>{(its) => <SegmentView segment={segment} its={its} />}</Awaited>
  );
}

/** A segment: what it holds, how old it is, and who uses it. */
function SegmentView({ segment, its }: { readonly segment: string; readonly its: SegmentAnswer }) {
  const { wizard, told } = useTexts();
  const may = useMay();
  return (
    <ContentLayout header={<Header variant="h1">{segment}</Header>}>
      <SpaceBetween size="l">
        {its.warnings.map((warning) => (
          <Alert key={warning.code + warning.message} type="warning">
            <ToldText told={tellProblem(told, warning)} />
          </Alert>
        ))}
        <Overview its={its} />
        <Fields its={its} />
        <RefreshTrend its={its} />
        <Refreshes its={its} />
        <Users segment={segment} />
        {may("viewSegmentRows") === undefined ? (
          <Box color="text-body-secondary">{wizard.mapping.hidden}</Box>
        ) : (
          <FirstRows segment={segment} />
        )}
        <CommandLine command={`segments get ${argumentOf(segment)}`} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Overview({ its }: { readonly its: SegmentAnswer }) {
  const { segments: words, common } = useTexts();
  const formats = useFormats();
  return (
    <Container header={<Header variant="h2">{words.overview}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: words.columns.refreshedAt, value: <Instant at={its.refreshedAt} /> },
          { label: words.rows, value: formats.number(its.rows) },
          {
            label: words.members,
            value: its.members === undefined ? common.states.unknown : formats.number(its.members),
          },
          { label: words.emailField, value: its.emailField ?? common.states.none },
          {
            label: words.columns.files,
            value: `${formats.number(its.files)} (${formats.bytes(its.bytes)})`,
          },
          { label: words.columns.source, value: its.source },
        ]}
      />
    </Container>
  );
}

function Fields({ its }: { readonly its: SegmentAnswer }) {
  const { segments: words } = useTexts();
  return (
    <Table
      variant="container"
      items={[...its.fields]}
      trackBy="name"
      header={
        <Header variant="h2" counter={`(${its.fields.length})`}>
          {words.fields}
        </Header>
      }
      columnDefinitions={[
        { id: "name", header: words.field, isRowHeader: true, cell: ({ name }) => name },
        { id: "type", header: words.type, cell: ({ type }) => words.types[type] },
      ]}
    />
  );
}

function Refreshes({ its }: { readonly its: SegmentAnswer }) {
  const { segments: words, common } = useTexts();
  const formats = useFormats();
  return (
    <Table
      variant="container"
      items={[...its.refreshes]}
      trackBy="refreshedAt"
      header={
        <Header variant="h2" description={words.refreshesHint}>
          {words.refreshes}
        </Header>
      }
      empty={<NoneYet title={common.states.none} />}
      columnDefinitions={[
        {
          id: "refreshedAt",
          header: words.columns.refreshedAt,
          isRowHeader: true,
          cell: ({ refreshedAt }) => <Instant at={refreshedAt} />,
        },
        {
          id: "rows",
          header: words.rows,
          cell: ({ rows }) => <span className="number">{formats.number(rows)}</span>,
        },
        {
          id: "members",
          header: words.members,
          cell: ({ members }) => (
            <span className="number">
              {members === undefined ? common.states.unknown : formats.number(members)}
            </span>
          ),
        },
      ]}
    />
  );
}

function Users({ segment }: { readonly segment: string }) {
  const { segments: words, exports: exportWords, common } = useTexts();
  const users = useQuery(exportsQuery(useApi(), { segment, limit: 100 }));
  if (users.isError && users.data === undefined) {
    return <FailureAlert error={users.error} onRetry={() => users.refetch()} />;
  }
  return (
    <Table
      variant="container"
      loading={users.isPending}
      loadingText={common.states.loading}
      items={[...(users.data?.items ?? [])]}
      trackBy="exportId"
      header={<Header variant="h2">{words.users}</Header>}
      empty={<NoneYet title={words.usersNone} />}
      columnDefinitions={[
        {
          id: "name",
          header: exportWords.columns.name,
          isRowHeader: true,
          cell: ({ exportId, displayName }) => (
            <RouteLink href={`/exports/${exportId}`}>{displayName}</RouteLink>
          ),
        },
        {
          id: "list",
          header: exportWords.columns.list,
          cell: ({ listName, listId }) => listName ?? listId,
        },
      ]}
    />
  );
}
