import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { segmentsQuery } from "../../api/queries/segments";
import { Instant } from "../../parts/instant";
import { ListPage } from "../../parts/list/list-page";
import { SearchBox } from "../../parts/list/search-box";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { RouteLink } from "../../parts/route-link";
import { useFormats, useTexts } from "../../texts/language";
import { segmentsSearchSchema } from "./search";

const route = getRouteApi("/segments");

/** The segments of all sources. */
export function SegmentsScreen() {
  const { segments: words } = useTexts();
  const formats = useFormats();
  const asked = route.useSearch();
  const { search, after, columns } = asked;
  const navigate = route.useNavigate();
  const page = useKeptPage(segmentsQuery(useApi(), { search, after, limit: 50 }));
  return (
    <ListPage
      list="segments"
      query={page}
      title={words.title}
      description={words.description}
      filter={
        <SearchBox
          label={words.filter}
          value={search}
          onSearch={(text) => void navigate({ search: { columns, search: text }, replace: true })}
        />
      }
      none={{ title: words.none, hint: words.noneHint }}
      columns={[
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
      trackBy="name"
      search={asked}
      onSearch={(next) => void navigate({ search: segmentsSearchSchema.parse(next) })}
      command="segments list"
    />
  );
}
