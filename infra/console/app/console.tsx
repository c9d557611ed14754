import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { ConsoleConfig } from "../../console-config";
import { ApiProvider } from "../api/api-provider";
import { createConsoleApi } from "../api/console-api";
import { keepErrors } from "../api/lasting-errors";
import type { Session } from "../session/session";
import { SessionProvider, useSessionState } from "../session/session-provider";
import { SignIn } from "../session/sign-in";
import { router } from "./router";

const SessionEnded = lazy(async () => ({
  default: (await import("../session/session-ended")).SessionEnded,
}));

/** The console: the sign-in for whom nobody knows yet, all screens for others. */
export function Console({
  config,
  session,
  signInFailed,
}: {
  readonly config: ConsoleConfig;
  readonly session: Session;
  readonly signInFailed: boolean;
}) {
  const [queries] = useState(createQueries);
  const [api] = useState(() => createConsoleApi(config.apiUrl, session));
  return (
    <SessionProvider started={{ config, session }}>
      <QueryClientProvider client={queries}>
        <ApiProvider api={api}>
          <SignedIn signInFailed={signInFailed} />
        </ApiProvider>
      </QueryClientProvider>
    </SessionProvider>
  );
}

function SignedIn({ signInFailed }: { readonly signInFailed: boolean }) {
  const { kind } = useSessionState();
  switch (kind) {
    case "signedOut":
      return <SignIn failed={signInFailed} />;
    case "signedIn":
      return <RouterProvider router={router} />;
    case "ended":
      return (
        <>
          <RouterProvider router={router} />
          <Suspense>
            <SessionEnded />
          </Suspense>
        </>
      );
  }
}

/** The API's client tries again by itself, so that nothing is tried again here. */
function createQueries(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        // Without a network too: that a call fails is what tells people that they are offline.
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 5_000,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  keepErrors(queries);
  return queries;
}
