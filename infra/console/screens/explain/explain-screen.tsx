import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { Awaited } from "../../parts/loading/awaited";
import { ExplainView } from "./explain-view";

const route = getRouteApi("/exports/$exportId/explain");

/** Looks a person up in an export. */
export function ExplainScreen() {
  const { exportId } = route.useParams();
  const its = useQuery(exportQuery(useApi(), exportId));
  return <Awaited query={its}>{(found) => <ExplainView its={found} />}</Awaited>;
}
