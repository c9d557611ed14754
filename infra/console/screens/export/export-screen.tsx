import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { FailureAlert } from "../../parts/failure-alert";
import { LoadingPage } from "../../parts/loading-page";
import { ExportView } from "./export-view";

const route = getRouteApi("/exports/$exportId");

/** The export's page. What was read last stays while the API can't be reached, with the reason above it. */
export function ExportScreen() {
  const { exportId } = route.useParams();
  const its = useQuery(exportQuery(useApi(), exportId));
  const failure = its.isError ? (
    <FailureAlert error={its.error} onRetry={() => void its.refetch()} />
  ) : null;
  if (its.data === undefined) {
    return failure ?? <LoadingPage />;
  }
  return (
    <>
      {failure}
      <ExportView shown={its.data} />
    </>
  );
}
