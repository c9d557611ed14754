import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Exchange } from "./validator";

/** Stands between the system and the simulator, and keeps all that passes. */
export interface Traffic {
  /** What the system takes for Klaviyo. */
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Where requests go from now on. */
  leadTo(simulator: string): void;
  close(): Promise<void>;
}

export async function recordTraffic(): Promise<Traffic> {
  const exchanges: Exchange[] = [];
  let target = "";
  const server = createServer((request, response) => {
    void (async () => {
      const requestBody = await read(request);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        forward(
          new URL(request.url ?? "/", target),
          { method: request.method, headers: request.headers },
          resolve,
        )
          .on("error", reject)
          .end(requestBody);
      });
      const answerBody = await read(answer);
      const { revision } = request.headers;
      exchanges.push({
        method: request.method ?? "",
        target: request.url ?? "",
        requestBody: requestBody.toString("utf8"),
        revision: Array.isArray(revision) ? revision[0] : revision,
        status: answer.statusCode ?? 0,
        answerBody: answerBody.toString("utf8"),
      });
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(answerBody);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    exchanges,
    leadTo: (simulator) => {
      target = simulator;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}
