import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { Awaited } from "../../parts/loading/awaited";
import { ExportView } from "./export-view";

const route = getRouteApi("/exports/$exportId");

/** The export's page. */
export function ExportScreen() {
  const { exportId } = route.useParams();
  const its = useQuery(exportQuery(useApi(), exportId));
  return <Awaited query={its}>{(shown) => <ExportView shown={shown} />}</Awaited>;
}
