import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import * as z from "zod";
import { useApi, useMay } from "../../api/api-provider";
import { exportsQuery, type ExportAnswer } from "../../api/queries/exports";
import { keep, readKept } from "../../app/preferences";
import { CommandLine } from "../../parts/command-line";
import { NoneMatch, NoneYet } from "../../parts/empty-state";
import { FailedPage } from "../../parts/failed-page";
import { Pages } from "../../parts/pages";
import { useTexts } from "../../texts/language";
import { StartRunDialog } from "../start-run/start-run-dialog";
import { columnDefinitions, columnIds, usualColumns, type ColumnId } from "./columns";
import { DeleteExportDialog } from "./delete-export-dialog";
import { ExportsFilter } from "./exports-filter";

const route = getRouteApi("/exports");

/** Where the viewer's columns are kept in this browser. */
const COLUMNS = "exports:columns";
const keptColumnsSchema = z.array(z.enum(columnIds)).min(1);

/** How many exports a page shows. */
const PAGE = 50;

/** All exports that the caller may see. */
export function ExportsScreen() {
  const texts = useTexts();
  const { exports: words, common } = texts;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { history } = useRouter();
  const page = useQuery(exportsQuery(useApi(), { ...search, limit: PAGE }));
  const [selected, setSelected] = useState<ExportAnswer | undefined>();
  const [dialog, setDialog] = useState<"run" | "delete" | undefined>();
  const [columns, setColumns] = useState<readonly ColumnId[]>(() =>
    readKept(COLUMNS, keptColumnsSchema, [...usualColumns]),
  );
  const definitions = useMemo(() => columnDefinitions(texts), [texts]);
  const { after, ...filters } = search;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = () => void navigate({ search: {} });
  const items = page.data?.items ?? [];
  // What is selected is shown as it is now.
  const chosen = items.find(({ exportId }) => exportId === selected?.exportId);
  const create = may("createExport") !== undefined && (
    <Button variant="primary" onClick={() => history.push("/exports/new")}>
      {words.create}
    </Button>
  );
  if (page.isError && page.data === undefined) {
    return <FailedPage error={page.error} onRetry={() => void page.refetch()} />;
  }
  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        loading={page.isPending}
        loadingText={common.states.loading}
        items={[...items]}
        trackBy="exportId"
        selectionType="single"
        selectedItems={chosen === undefined ? [] : [chosen]}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0])}
        ariaLabels={{
          selectionGroupLabel: words.select,
          itemSelectionLabel: (_, { displayName }) => words.selectOne(displayName),
          tableLabel: words.title,
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={words.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Actions
                  chosen={chosen}
                  onRun={() => setDialog("run")}
                  onDelete={() => setDialog("delete")}
                />
                {create}
              </SpaceBetween>
            }
          >
            {words.title}
          </Header>
        }
        filter={
          <ExportsFilter
            search={search}
            onSearch={(next) => void navigate({ search: next, replace: true })}
          />
        }
        empty={
          isFiltered ? (
            <NoneMatch onClear={clear} />
          ) : (
            <NoneYet title={words.none} hint={words.noneHint} action={create} />
          )
        }
        pagination={
          <Pages
            first={after === undefined}
            next={page.data?.next}
            onPage={(next) => void navigate({ search: { ...filters, after: next } })}
          />
        }
        preferences={
          <CollectionPreferences
            title={words.preferences}
            preferences={{
              contentDisplay: columnIds.map((id) => ({ id, visible: columns.includes(id) })),
            }}
            contentDisplayPreference={{
              options: columnIds.map((id) => ({
                id,
                label: words.columns[id],
                alwaysVisible: id === "name",
              })),
            }}
            onConfirm={({ detail }) => {
              const visible = new Set(
                detail.contentDisplay?.flatMap(({ id, visible: shown }) => (shown ? [id] : [])),
              );
              const chosenColumns = columnIds.filter((id) => visible.has(id));
              keep(COLUMNS, chosenColumns);
              setColumns(chosenColumns);
            }}
          />
        }
        columnDisplay={columnIds.map((id) => ({ id, visible: columns.includes(id) }))}
        columnDefinitions={definitions}
        footer={<CommandLine command="exports list" />}
      />
      {dialog === "run" && chosen !== undefined && (
        <StartRunDialog exportId={chosen.exportId} onDismiss={() => setDialog(undefined)} />
      )}
      {dialog === "delete" && chosen !== undefined && (
        <DeleteExportDialog its={chosen} onDismiss={() => setDialog(undefined)} />
      )}
    </>
  );
}

function Actions({
  chosen,
  onRun,
  onDelete,
}: {
  readonly chosen: ExportAnswer | undefined;
  readonly onRun: () => void;
  readonly onDelete: () => void;
}) {
  const { exports: words } = useTexts();
  const { history } = useRouter();
  const may = (permission: ExportAnswer["permissions"][number]) =>
    chosen?.permissions.includes(permission) === true;
  return (
    <ButtonDropdown
      disabled={chosen === undefined}
      items={[
        { id: "run", text: words.actions.run, disabled: !may("run") },
        { id: "edit", text: words.actions.edit, disabled: !may("edit") },
        { id: "duplicate", text: words.actions.duplicate, disabled: !may("edit") },
        { id: "delete", text: words.actions.delete, disabled: !may("delete") },
      ]}
      onItemClick={({ detail }) => {
        if (chosen === undefined) {
          return;
        }
        switch (detail.id) {
          case "run":
            onRun();
            break;
          case "edit":
            history.push(`/exports/${chosen.exportId}/edit`);
            break;
          case "duplicate":
            history.push(`/exports/new?from=${chosen.exportId}`);
            break;
          case "delete":
            onDelete();
        }
      }}
    >
      {words.actions.label}
    </ButtonDropdown>
  );
}
