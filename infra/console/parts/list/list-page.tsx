import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { defaultStringifySearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTexts } from "../../texts/language";
import { CommandLine } from "../command-line";
import { NoneMatch, NoneYet } from "../empty-state";
import { FailedPage } from "../loading/failed-page";
import { Pages } from "./pages";
import { useShownColumns, type ListColumn } from "./list-columns";
import { filtersOf, isFiltered, type ListSearch } from "./list-search";
import { PageNotRead } from "./page-not-read";
import type { KeptPage } from "./use-kept-page";
import { ViewsMenu } from "./views-menu";

interface ListPageProps<Item> {
  /** What the list is called in its address, and where this browser keeps its columns and views. */
  readonly list: "connections" | "exports" | "runs" | "segments" | "sources";
  /** The page of the list that is shown. */
  readonly query: KeptPage<{
    readonly items: readonly Item[];
    readonly next?: string | undefined;
  }>;
  readonly title: string;
  readonly description: string;
  /** What may be done, beside the title. */
  readonly actions?: ReactNode;
  /** Why nothing can be made, to whom that is so. */
  readonly mayNot?: string | undefined;
  readonly filter?: ReactNode;
  /** What is said when there is nothing at all, and what the next step is. */
  readonly none: { readonly title: string; readonly hint: string; readonly action?: ReactNode };
  readonly columns: readonly ListColumn<Item>[];
  readonly trackBy: string & keyof Item;
  readonly search: ListSearch;
  readonly onSearch: (search: ListSearch) => void;
  /** The command that lists the same. */
  readonly command: string;
  /** What is chosen, where something can be done with it. */
  readonly selection?: Pick<
    TableProps<Item>,
    "selectionType" | "selectedItems" | "onSelectionChange" | "ariaLabels"
  >;
}

/**
 * A list that is a screen of its own, with its filters and columns in its address. When reading it again or another
 * page of it fails, what was read last stays below the reason, with its time.
 */
export function ListPage<Item>({
  list,
  query,
  title,
  description,
  actions,
  mayNot,
  filter,
  none,
  columns,
  trackBy,
  search,
  onSearch,
  command,
  selection = {},
}: ListPageProps<Item>) {
  const { common } = useTexts();
  const [shown, setShown] = useShownColumns(list, columns, search.columns);
  if (query.isError && query.data === undefined) {
    return <FailedPage error={query.error} onRetry={() => query.refetch()} />;
  }
  const { after, ...lasting } = search;
  const display = columns.map(({ id }) => ({ id, visible: shown.includes(id) }));
  return (
    <>
      <PageNotRead page={query} />
      <Table
        variant="full-page"
        stickyHeader
        loading={query.isPending}
        loadingText={common.states.loading}
        items={query.data?.items ?? []}
        trackBy={trackBy}
        {...selection}
        ariaLabels={{ tableLabel: title, selectionGroupLabel: title, ...selection.ariaLabels }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={mayNot === undefined ? description : `${description} ${mayNot}`}
            actions={actions}
          >
            {title}
          </Header>
        }
        filter={
          <SpaceBetween direction="horizontal" size="s" alignItems="end">
            {filter}
            <ViewsMenu
              list={list}
              address={`/${list}`}
              search={defaultStringifySearch({ ...filtersOf(search), columns: shown.join(",") })}
            />
          </SpaceBetween>
        }
        empty={
          isFiltered(search) ? (
            <NoneMatch onClear={() => onSearch({ columns: search.columns })} />
          ) : (
            <NoneYet {...none} />
          )
        }
        pagination={
          <Pages
            page={query}
            first={after === undefined}
            onPage={(next) => onSearch({ ...lasting, after: next })}
          />
        }
        preferences={
          <CollectionPreferences
            title={common.columns}
            preferences={{ contentDisplay: display }}
            contentDisplayPreference={{
              options: columns.map(({ id, header, isRowHeader = false }) => ({
                id,
                label: header,
                alwaysVisible: isRowHeader,
              })),
            }}
            onConfirm={({ detail: { contentDisplay = [] } }) => {
              const chosen = new Set(
                contentDisplay.flatMap(({ id, visible }) => (visible ? id : [])),
              );
              const ids = columns.map(({ id }) => id).filter((id) => chosen.has(id));
              setShown(ids);
              if (search.columns !== undefined) {
                onSearch({ ...search, columns: ids.join(",") });
              }
            }}
          />
        }
        columnDisplay={display}
        columnDefinitions={columns}
        footer={<CommandLine command={command} />}
      />
    </>
  );
}
