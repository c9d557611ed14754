import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { RouteLink } from "../../parts/route-link";
import { useTexts } from "../../texts/language";
import { forgetPendingSignIn, pendingSignInOf } from "./pending-sign-in";

const route = getRouteApi("/klaviyo-signed-in");

/** Finishes a sign-in to Klaviyo: makes the connection, or gives it its new way in. */
export function KlaviyoSignedInScreen() {
  const { connections: words } = useTexts();
  const { code, state, error } = route.useSearch();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const { history } = useRouter();
  const [pending] = useState(() => pendingSignInOf(state));
  const needing = pending?.kind === "create" ? pending.returnTo : undefined;
  const {
    mutate,
    error: failure,
    isPending,
  } = useMutation({
    mutationFn: async () => {
      if (pending === undefined || state === undefined || code === undefined) {
        throw new TypeError("nothing was begun here");
      }
      const signIn = { returnTo: "console" as const, state, code };
      return pending.kind === "create"
        ? api.createConnection({
            body: { ...pending.settings, agree: true, signIn },
            idempotencyKey: state.slice(-64),
          })
        : api.replaceKey({ path: { connectionId: pending.connectionId }, body: { signIn } });
    },
    onSuccess: async ({ connectionId, displayName }) => {
      forgetPendingSignIn();
      flash({ type: "success", text: words.signedIn(displayName) });
      history.replace(
        needing === undefined
          ? `/connections/${connectionId}`
          : withConnection(needing, connectionId),
      );
      await queries.invalidateQueries({ queryKey: ["connections"] });
    },
  });
  const canFinish = pending !== undefined && code !== undefined;
  const isBegun = useRef(false);
  useEffect(() => {
    // A code is good once.
    if (canFinish && !isBegun.current) {
      isBegun.current = true;
      mutate();
    }
  }, [canFinish, mutate]);
  return (
    <ContentLayout header={<Header variant="h1">{words.signInTitle}</Header>}>
      <SpaceBetween size="l">
        {isPending && <StatusIndicator type="loading">{words.finishing}</StatusIndicator>}
        {failure !== null && <FailureAlert error={failure} />}
        {!canFinish && (
          <Alert type="warning" header={words.notFinishedTitle}>
            {error === undefined ? words.notBegunHere : words.refusedThere}
          </Alert>
        )}
        {needing === undefined ? (
          <RouteLink href="/connections">{words.title}</RouteLink>
        ) : (
          <RouteLink href={needing}>{words.backToExport}</RouteLink>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

/** The address of a screen that is told which connection was made. */
function withConnection(address: string, connectionId: string): string {
  const { pathname, searchParams } = new URL(address, window.location.origin);
  searchParams.set("connection", connectionId);
  return `${pathname}?${searchParams.toString()}`;
}
