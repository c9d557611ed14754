import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { anApiEvent, type anApi } from "./api";

/** Serves the API of a test over HTTP, for clients such as the command line; the caller is an administrator. */
export async function serveApi(
  api: Pick<ReturnType<typeof anApi>, "send">,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => void (body += part));
    request.on("end", () => {
      const { "if-match": ifMatch, "idempotency-key": key } = request.headers as Record<
        string,
        string
      >;
      const answer = api.send(
        anApiEvent({
          ...{ method: request.method!, path: pathname },
          query: Object.fromEntries(searchParams),
          headers: {
            ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
            ...(key === undefined ? {} : { "idempotency-key": key }),
          },
          ...(body === "" ? {} : { body: JSON.parse(body) }),
        }),
      );
      void answer.then(({ status, headers, text }) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
