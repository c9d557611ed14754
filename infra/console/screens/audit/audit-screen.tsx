import { getRouteApi } from "@tanstack/react-router";
import { AuditView } from "./audit-view";

const route = getRouteApi("/audit");

/** The audit log, filtered as the address says. */
export function AuditScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <AuditView search={search} onSearch={(next) => void navigate({ search: next })} />;
}
