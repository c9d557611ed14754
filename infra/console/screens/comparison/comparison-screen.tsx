import { getRouteApi } from "@tanstack/react-router";
import { ComparisonView } from "./comparison-view";

const route = getRouteApi("/runs/compare");

/** Two runs compared, as the address names them. */
export function ComparisonScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <ComparisonView search={search} onSearch={(next) => void navigate({ search: next })} />;
}
