import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerApiRequest } from "./http/api-request";
import { createInspection, type Inspection } from "./inspection/inspection";
import { answerInspectionRequest } from "./inspection/inspection-requests";
import { DEFAULT_SIGN_IN, type KlaviyoSimulatorOptions } from "./options";
import { answerSignInRequest } from "./sign-in/sign-in-requests";
import { createSimulation } from "./simulation";

export type { KlaviyoSimulatorOptions } from "./options";
export type { NewFaultRule } from "./faults/fault-rules";

/** A running simulator: its address, and all that can be seen and changed from outside. */
export interface KlaviyoSimulator extends Inspection {
  /** For example `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  /** The first account, its first key, and the id of its first list, for whoever needs just one. */
  readonly first: {
    readonly accountId: string;
    readonly apiKey: string;
    readonly listId: string;
  };
  /** Has the app name one more address that people are sent back to, for good. */
  nameRedirectUri(address: string): void;
  /** Puts everything back to how the simulator was started. */
  reset(): void;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/** How often jobs get on while nobody asks: often enough that each step is short. */
const TICK_MILLISECONDS = 20;
/** Longer than clients keep idle connections, so that none is closed under a client's request. */
const KEEP_ALIVE_MILLISECONDS = 65_000;

/**
 * Starts a server on 127.0.0.1 that answers as Klaviyo's REST API (revision 2026-07-15) does, for
 * accounts, lists, list members, profiles and bulk import jobs, and as its authorization server does. What it holds can be inspected and
 * changed by the returned object, and over HTTP below `/simulator/` (inspection-requests.ts).
 */
export async function startKlaviyoSimulator(
  options: KlaviyoSimulatorOptions = {},
): Promise<KlaviyoSimulator> {
  const { app } = { ...DEFAULT_SIGN_IN, ...options.signIn };
  // Shared with every simulation from now on, so that an address that is named later outlives a reset.
  const redirectUris = [...app.redirectUris];
  const started = { ...options, signIn: { ...options.signIn, app: { ...app, redirectUris } } };
  let simulation = createSimulation(started);
  const inspection = createInspection(() => simulation);
  const stop = new AbortController();
  let origin = "";

  // A tick that found nothing to do costs next to nothing, so there is no need to start and stop it.
  const ticks = setInterval(() => simulation.advance(), TICK_MILLISECONDS);
  ticks.unref();

  const reset = (): void => {
    simulation = createSimulation(started);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = URL.parse(request.url ?? "/", origin) ?? new URL(origin);
    // Links repeat the request's query as URIs have it, however it was written.
    url.search = url.search.replaceAll("[", "%5B").replaceAll("]", "%5D");
    if (url.pathname.startsWith("/simulator/")) {
      await answerInspectionRequest(inspection, reset, request, response, url);
    } else if (url.pathname.startsWith("/oauth/")) {
      await answerSignInRequest(simulation, request, response, url);
    } else {
      await answerApiRequest(simulation, request, response, { url, stopped: stop.signal });
    }
  };
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MILLISECONDS },
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        console.error("Klaviyo simulator:", error);
        response.destroy();
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  origin = `http://127.0.0.1:${address.port}`;

  return {
    ...inspection,
    url: origin,
    get first() {
      const account = inspection.accounts()[0];
      return {
        accountId: account?.id ?? "",
        apiKey: account?.keys[0]?.key ?? "",
        listId: account?.lists[0]?.id ?? "",
      };
    },
    nameRedirectUri: (uri) => void redirectUris.push(uri),
    reset,
    async close() {
      stop.abort();
      clearInterval(ticks);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
