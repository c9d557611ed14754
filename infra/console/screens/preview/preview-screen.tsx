import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { previewQuery } from "../../api/queries/previews";
import { FailureAlert } from "../../parts/failure-alert";
import { LoadingPage } from "../../parts/loading-page";
import { PreviewView } from "./preview-view";

const route = getRouteApi("/exports/$exportId/previews/$previewId");

/** A preview's page. */
export function PreviewScreen() {
  const { exportId, previewId } = route.useParams();
  const api = useApi();
  const its = useQuery(exportQuery(api, exportId));
  const preview = useQuery(previewQuery(api, exportId, previewId));
  const failed = [its, preview].find(({ isError }) => isError);
  const failure =
    failed === undefined ? null : (
      <FailureAlert error={failed.error} onRetry={() => void failed.refetch()} />
    );
  if (its.data === undefined || preview.data === undefined) {
    return failure ?? <LoadingPage />;
  }
  return (
    <>
      {failure}
      <PreviewView key={previewId} shown={its.data} preview={preview.data} />
    </>
  );
}
