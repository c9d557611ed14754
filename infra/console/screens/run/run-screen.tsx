import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { runQuery } from "../../api/queries/runs";
import { Awaited } from "../../parts/loading/awaited";
import { RunView } from "./run-view";

const route = getRouteApi("/runs/$runId");

/** A run, read each second while it is going. */
export function RunScreen() {
  const { runId } = route.useParams();
  const run = useQuery(runQuery(useApi(), runId));
  return <Awaited query={run}>{(found) => <RunView key={runId} run={found} />}</Awaited>;
}
