import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useApi, useCaller, useMay } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { LoadingPage } from "../../parts/loading/loading-page";
import { useTexts } from "../../texts/language";
import { ExportWizard } from "./export-wizard";

const newRoute = getRouteApi("/exports/new");
const editRoute = getRouteApi("/exports/$exportId/edit");

/** Sets up a new export, or one like another. */
export function NewExportScreen() {
  const { wizard, exportPage } = useTexts();
  const { from, connection } = newRoute.useSearch();
  return from === undefined ? (
    <WizardPage to="createExport" title={wizard.titles.new}>
      <ExportWizard what={{ kind: "new" }} madeConnection={connection} />
    </WizardPage>
  ) : (
    <WizardPage to="createExport" title={wizard.titles.duplicate}>
      <OfExport exportId={from}>
        {(of) => (
          <ExportWizard
            what={{ kind: "duplicate", of, name: exportPage.copyOf(of.displayName) }}
            madeConnection={connection}
          />
        )}
      </OfExport>
    </WizardPage>
  );
}

/** Changes an export. */
export function EditExportScreen() {
  const { wizard } = useTexts();
  const { exportId } = editRoute.useParams();
  const { connection } = editRoute.useSearch();
  return (
    <WizardPage to="updateExport" title={wizard.titles.edit}>
      <OfExport exportId={exportId}>
        {(of) => <ExportWizard what={{ kind: "edit", of }} madeConnection={connection} />}
      </OfExport>
    </WizardPage>
  );
}

/** To whom may not do it, it is not offered, also by its address. */
function WizardPage({
  to,
  title,
  children,
}: {
  readonly to: "createExport" | "updateExport";
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { wizard, common } = useTexts();
  const { role } = useCaller();
  const allowed = useMay()(to) !== undefined;
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      {allowed ? children : <Alert type="info">{wizard.mayNot(common.roles[role])}</Alert>}
    </ContentLayout>
  );
}

/** Shows what needs an export as it was when the page was opened: what is typed is compared with that. */
function OfExport({
  exportId,
  children,
}: {
  readonly exportId: string;
  readonly children: (of: ExportAnswer) => ReactNode;
}) {
  const api = useApi();
  const [opened] = useState(() => Date.now());
  const its = useQuery({
    queryKey: ["exports", "opened", exportId, opened],
    queryFn: ({ signal }) => api.viewExport({ path: { exportId }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (its.data === undefined) {
    return its.isError ? (
      <FailureAlert error={its.error} onRetry={() => its.refetch()} />
    ) : (
      <LoadingPage />
    );
  }
  return children(its.data);
}
