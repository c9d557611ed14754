import { createContext, use, useSyncExternalStore, type ReactNode } from "react";
import type { ConsoleConfig } from "../../console-config";
import type { Session, SessionState } from "./session";

interface Started {
  readonly config: ConsoleConfig;
  readonly session: Session;
}
const StartedContext = createContext<Started | undefined>(undefined);

/** Gives what is below it the session, and the settings of the stage. */
export function SessionProvider({
  started,
  children,
}: {
  readonly started: Started;
  readonly children: ReactNode;
}) {
  return <StartedContext value={started}>{children}</StartedContext>;
}

function useStarted(): Started {
  const started = use(StartedContext);
  if (started === undefined) {
    throw new TypeError("there is no SessionProvider above");
  }
  return started;
}

export const useSession = (): Session => useStarted().session;
export const useConfig = (): ConsoleConfig => useStarted().config;

/** Where the person is with signing in, as it changes. */
export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}
