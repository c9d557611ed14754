import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { runQuery } from "../../api/queries/runs";
import { Awaited } from "../../parts/loading/awaited";
import { RejectionsView } from "./rejections-view";

const route = getRouteApi("/runs/$runId/rejections");

/** The rejections of a run. */
export function RejectionsScreen() {
  const { runId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const run = useQuery(runQuery(useApi(), runId));
  return (
    <Awaited query={run}>
      {(found) => (
        <RejectionsView
          run={found}
          search={search}
          onSearch={(next) => void navigate({ search: next })}
        />
      )}
    </Awaited>
  );
}
