import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi, useMay } from "../../api/api-provider";
import { connectionsQuery, type ShownConnection } from "../../api/queries/connections";
import { CommandLine } from "../../parts/command-line";
import { ConnectionStateIndicator } from "../../parts/connection-state";
import { NoneYet } from "../../parts/empty-state";
import { FailedPage } from "../../parts/failed-page";
import { Instant } from "../../parts/instant";
import { Pages } from "../../parts/pages";
import { RouteLink } from "../../parts/route-link";
import { useTexts } from "../../texts/language";
import { CreateConnectionDialog } from "../connection/create-connection-dialog";

const route = getRouteApi("/connections");

/** The connections to Klaviyo that the caller may see; administrators see how they are. */
export function ConnectionsScreen() {
  const { connections: words, common } = useTexts();
  const { after, create: isCreating } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const page = useQuery(connectionsQuery(useApi(), { after, limit: 50 }));
  const create = may("createConnection") !== undefined && (
    <Button variant="primary" onClick={() => void navigate({ search: { create: true } })}>
      {words.create}
    </Button>
  );
  if (page.isError && page.data === undefined) {
    return <FailedPage error={page.error} onRetry={() => void page.refetch()} />;
  }
  const details = (shown: ShownConnection) => ("version" in shown ? shown : undefined);
  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        loading={page.isPending}
        loadingText={common.states.loading}
        items={[...(page.data?.items ?? [])]}
        trackBy="connectionId"
        ariaLabels={{ tableLabel: words.title, selectionGroupLabel: words.title }}
        header={
          <Header variant="awsui-h1-sticky" description={words.description} actions={create}>
            {words.title}
          </Header>
        }
        empty={<NoneYet title={words.none} hint={words.noneHint} action={create} />}
        pagination={
          <Pages
            first={after === undefined}
            next={page.data?.next}
            onPage={(next) => void navigate({ search: { after: next } })}
          />
        }
        footer={<CommandLine command="connections list" />}
        columnDefinitions={[
          {
            id: "name",
            header: words.columns.name,
            isRowHeader: true,
            cell: ({ connectionId, displayName }) => (
              <RouteLink href={`/connections/${connectionId}`}>{displayName}</RouteLink>
            ),
          },
          {
            id: "state",
            header: words.columns.state,
            cell: (shown) => {
              const its = details(shown);
              return its === undefined ? (
                common.states.unknown
              ) : (
                <ConnectionStateIndicator state={its.state} />
              );
            },
          },
          {
            id: "account",
            header: words.columns.account,
            cell: (shown) => details(shown)?.account.organizationName ?? common.states.unknown,
          },
          {
            id: "sharing",
            header: words.columns.sharing,
            cell: (shown) =>
              words.sharing[details(shown)?.sharing ?? "administratorsAndContributors"],
          },
          {
            id: "lastUsedAt",
            header: words.columns.lastUsedAt,
            cell: (shown) => <Instant at={details(shown)?.lastUsedAt} />,
          },
        ]}
      />
      {isCreating === true && may("createConnection") !== undefined && (
        <CreateConnectionDialog onDismiss={() => void navigate({ search: {} })} />
      )}
    </>
  );
}
