import { request as forward, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { serveOnLoopback } from "../../infra/local/loopback-server";
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
  const server = await serveOnLoopback((request, response) => {
    void (async () => {
      const requestBody = await buffer(request);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        forward(
          new URL(request.url ?? "/", target),
          { method: request.method, headers: request.headers },
          resolve,
        )
          .on("error", reject)
          .end(requestBody);
      });
      const answerBody = await buffer(answer);
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
  return {
    url: server.url,
    exchanges,
    leadTo: (simulator) => {
      target = simulator;
    },
    close: server.close,
  };
}
