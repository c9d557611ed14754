import Button from "@cloudscape-design/components/button";
import { getRouteApi } from "@tanstack/react-router";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import { connectionsQuery, type ShownConnection } from "../../api/queries/connections";
import { ConnectionStateIndicator } from "../../parts/connection-state";
import { Instant } from "../../parts/instant";
import type { ListColumn } from "../../parts/list/list-columns";
import { ListPage } from "../../parts/list/list-page";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { RouteLink } from "../../parts/route-link";
import { useTexts } from "../../texts/language";
import { CreateConnectionDialog } from "../connection/create-connection-dialog";
import { connectionsSearchSchema } from "./search";

const route = getRouteApi("/connections");

/** The connections to Klaviyo that the caller may see; administrators see how they are. */
export function ConnectionsScreen() {
  const { connections: words, common } = useTexts();
  const { after, columns, create: isCreating } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { role } = useCaller();
  const page = useKeptPage(connectionsQuery(useApi(), { after, limit: 50 }));
  const create = may("createConnection") !== undefined && (
    <Button
      variant="primary"
      onClick={() => void navigate({ search: { after, columns, create: true } })}
    >
      {words.create}
    </Button>
  );
  const details = (shown: ShownConnection) => ("version" in shown ? shown : undefined);
  // Others are shown names alone.
  const detailColumns: readonly ListColumn<ShownConnection>[] = [
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
      cell: (shown) => words.sharing[details(shown)?.sharing ?? "administratorsAndContributors"],
    },
    {
      id: "lastUsedAt",
      header: words.columns.lastUsedAt,
      cell: (shown) => <Instant at={details(shown)?.lastUsedAt} />,
    },
  ];
  return (
    <>
      <ListPage
        list="connections"
        query={page}
        title={words.title}
        description={words.description}
        mayNot={create ? undefined : words.mayNotCreate(common.roles[role])}
        actions={create}
        none={{ title: words.none, hint: words.noneHint, action: create }}
        columns={[
          {
            id: "name",
            header: words.columns.name,
            isRowHeader: true,
            cell: ({ connectionId, displayName }) => (
              <RouteLink href={`/connections/${connectionId}`}>{displayName}</RouteLink>
            ),
          },
          ...(may("viewConnectionDetails") === undefined ? [] : detailColumns),
        ]}
        trackBy="connectionId"
        search={{ after, columns }}
        onSearch={(next) => void navigate({ search: connectionsSearchSchema.parse(next) })}
        command="connections list"
      />
      {isCreating === true && may("createConnection") !== undefined && (
        <CreateConnectionDialog onDismiss={() => void navigate({ search: { after, columns } })} />
      )}
    </>
  );
}
