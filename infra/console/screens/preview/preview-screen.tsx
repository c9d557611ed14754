import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useApi } from "../../api/api-provider";
import { exportQuery } from "../../api/queries/exports";
import { previewQuery } from "../../api/queries/previews";
import { Awaited } from "../../parts/loading/awaited";
import { PreviewView } from "./preview-view";

const route = getRouteApi("/exports/$exportId/previews/$previewId");

/** A preview's page. */
export function PreviewScreen() {
  const { exportId, previewId } = route.useParams();
  const api = useApi();
  const its = useQuery(exportQuery(api, exportId));
  const preview = useQuery(previewQuery(api, exportId, previewId));
  return (
    <Awaited query={its}>
      {(shown) => (
        <Awaited query={preview}>
          {(found) => <PreviewView key={previewId} shown={shown} preview={found} />}
        </Awaited>
      )}
    </Awaited>
  );
}
