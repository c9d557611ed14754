import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import { exportsQuery, type ExportAnswer } from "../../api/queries/exports";
import { ListPage } from "../../parts/list/list-page";
import { useKeptPage } from "../../parts/list/use-kept-page";
import { useTexts } from "../../texts/language";
import { StartRunDialog } from "../start-run/start-run-dialog";
import { exportColumns } from "./columns";
import { DeleteExportDialog } from "./delete-export-dialog";
import { ExportsActions, type ExportsDialog } from "./exports-actions";
import { ExportsFilter } from "./exports-filter";
import { exportsSearchSchema } from "./search";

const RunAllDialog = lazy(async () => ({
  default: (await import("./many/run-all-dialog")).RunAllDialog,
}));
const ScheduleManyDialog = lazy(async () => ({
  default: (await import("./many/schedule-many-dialog")).ScheduleManyDialog,
}));

const route = getRouteApi("/exports");

/** How many exports a page shows. */
const PAGE = 50;

/** All exports that the caller may see. */
export function ExportsScreen() {
  const texts = useTexts();
  const { exports: words } = texts;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { role } = useCaller();
  const { history } = useRouter();
  const { columns: _columns, ...asked } = search;
  const page = useKeptPage(exportsQuery(useApi(), { ...asked, limit: PAGE }));
  const [selected, setSelected] = useState<readonly ExportAnswer[]>([]);
  const [dialog, setDialog] = useState<ExportsDialog>();
  const columns = useMemo(() => exportColumns(texts), [texts]);
  const isSelected = new Set(selected.map(({ exportId }) => exportId));
  // What is selected is shown as it is now.
  const chosen = (page.data?.items ?? []).filter(({ exportId }) => isSelected.has(exportId));
  const [only] = chosen.length === 1 ? chosen : [];
  const close = () => setDialog(undefined);
  const create = may("createExport") !== undefined && (
    <Button variant="primary" onClick={() => history.push("/exports/new")}>
      {words.create}
    </Button>
  );
  return (
    <>
      <ListPage
        list="exports"
        query={page}
        title={words.title}
        description={words.description}
        mayNot={create ? undefined : words.mayNotCreate(texts.common.roles[role])}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ExportsActions chosen={chosen} onOpen={setDialog} />
            {may("runAll") !== undefined && (
              <Button onClick={() => setDialog("runAll")}>{words.runAll.label}</Button>
            )}
            {create}
          </SpaceBetween>
        }
        filter={
          <ExportsFilter
            search={search}
            onSearch={(next) => void navigate({ search: next, replace: true })}
          />
        }
        none={{ title: words.none, hint: words.noneHint, action: create }}
        columns={columns}
        trackBy="exportId"
        search={search}
        onSearch={(next) => void navigate({ search: exportsSearchSchema.parse(next) })}
        command="exports list"
        selection={{
          selectionType: "multi",
          selectedItems: chosen,
          onSelectionChange: ({ detail }) => setSelected(detail.selectedItems),
          ariaLabels: {
            selectionGroupLabel: words.select,
            allItemsSelectionLabel: () => words.selectAll,
            itemSelectionLabel: (_, { displayName }) => words.selectOne(displayName),
          },
        }}
      />
      {dialog === "run" && only !== undefined && (
        <StartRunDialog exportId={only.exportId} onDismiss={close} />
      )}
      {dialog === "delete" && only !== undefined && (
        <DeleteExportDialog its={only} onDismiss={close} />
      )}
      <Suspense>
        {dialog === "schedule" && chosen.length > 0 && (
          <ScheduleManyDialog exports={chosen} onDismiss={close} />
        )}
        {dialog === "runAll" && <RunAllDialog onDismiss={close} />}
      </Suspense>
    </>
  );
}
