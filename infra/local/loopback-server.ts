import { createServer, type RequestListener, type Server } from "node:http";

/** An HTTP server that only this machine can reach. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Ends open connections too, so that closing never waits for a client. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, never on other interfaces: what runs here has no real access control.
 *
 * @param port 0 takes any free port.
 * @throws the system's error (`EADDRINUSE`) when the port is taken.
 */
export function serveOnLoopback(listener: RequestListener, port = 0): Promise<LoopbackServer> {
  return listenOnLoopback(createServer(listener), port);
}

/** The same for a server that exists already. */
export async function listenOnLoopback(server: Server, port = 0): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  // SDK clients keep connections open between requests; closing them early makes requests fail.
  server.keepAliveTimeout = 120_000;
  server.headersTimeout = 125_000;
  server.requestTimeout = 0;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
