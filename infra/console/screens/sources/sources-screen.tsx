import Button from "@cloudscape-design/components/button";
import { getRouteApi } from "@tanstack/react-router";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import { sourcesQuery } from "../../api/queries/sources";
import { Instant } from "../../parts/instant";
import { ListPage } from "../../parts/list/list-page";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { RouteLink } from "../../parts/route-link";
import { SourceStateIndicator } from "../source/source-state";
import { useFormats, useTexts } from "../../texts/language";
import { CreateSourceDialog } from "../source/create-source-dialog";
import { placeLine } from "../source/place-line";
import { sourcesSearchSchema } from "./search";

const route = getRouteApi("/sources");

/** Where segments come from: the segments bucket, and the export folders that administrators have added. */
export function SourcesScreen() {
  const { sources: words, common } = useTexts();
  const formats = useFormats();
  const { after, columns, create: isCreating } = route.useSearch();
  const navigate = route.useNavigate();
  const { role } = useCaller();
  const mayCreate = useMay()("createSource") !== undefined;
  const page = useKeptPage(sourcesQuery(useApi()));
  const create = mayCreate && (
    <Button variant="primary" onClick={() => void navigate({ search: { columns, create: true } })}>
      {words.create}
    </Button>
  );
  return (
    <>
      <ListPage
        list="sources"
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
            cell: ({ sourceId, displayName }) => (
              <RouteLink href={`/sources/${sourceId}`}>{displayName}</RouteLink>
            ),
          },
          { id: "id", header: words.columns.id, cell: ({ sourceId }) => sourceId },
          {
            id: "state",
            header: words.columns.state,
            cell: ({ state }) => <SourceStateIndicator state={state} />,
          },
          {
            id: "segments",
            header: words.columns.segments,
            cell: ({ tableCount }) =>
              tableCount === undefined ? common.states.unknown : formats.number(tableCount),
          },
          {
            id: "refreshedAt",
            header: words.columns.refreshedAt,
            cell: ({ refreshedAt }) => <Instant at={refreshedAt} />,
          },
          { id: "place", header: words.columns.place, cell: ({ place }) => placeLine(place) },
        ]}
        trackBy="sourceId"
        search={{ after, columns }}
        onSearch={(next) => void navigate({ search: sourcesSearchSchema.parse(next) })}
        command="sources list"
      />
      {isCreating === true && mayCreate && (
        <CreateSourceDialog onDismiss={() => void navigate({ search: { columns } })} />
      )}
    </>
  );
}
