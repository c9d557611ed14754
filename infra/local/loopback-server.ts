import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";

/** An HTTP server that only this machine can reach. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`, or `https`, without a trailing slash. */
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

/** The same by https, with a certificate that clients have to be told of. */
export function serveOnLoopbackByTls(
  { key, certificate }: { readonly key: string; readonly certificate: string },
  listener: RequestListener,
): Promise<LoopbackServer> {
  return listenOnLoopback(createTlsServer({ key, cert: certificate }, listener), 0, "https");
}

/** The same for a server that exists already. */
export async function listenOnLoopback(
  server: Server | TlsServer,
  port = 0,
  scheme: "http" | "https" = "http",
): Promise<LoopbackServer> {
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
    url: `${scheme}://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
