import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import dynalite from "dynalite";
import { listenOnLoopback, type LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";

/** A request takes milliseconds; one that is still not answered then never will be. */
const CLOSING_MILLISECONDS = 2_000;

/**
 * DynamoDB in this process, in memory: dynalite, with two additions: requests are counted, and a
 * client that dies in the middle of a request does not bring the process down (dynalite throws
 * from the request's error event, and functions here are killed at any moment).
 */
export async function startDynamoDb(counter: RequestCounter): Promise<LoopbackServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const answering = new Set<ServerResponse>();
  server.prependListener("request", (request, response) => {
    answering.add(response);
    response.once("close", () => {
      if (response.writableEnded) answering.delete(response);
    });
    const target = String(request.headers["x-amz-target"] ?? "");
    const action = target.split(".")[1] ?? "Unknown";
    counter.count("dynamodb", action, Number(request.headers["content-length"] ?? 0));
  });
  server.on("request", (request) => {
    // Runs after dynalite's own listener, which has just added the one that throws.
    request.removeAllListeners("error");
    request.on("error", () => undefined);
  });
  const listening = await listenOnLoopback(server);
  return {
    ...listening,
    close: async () => {
      // dynalite throws when its store is closed in the middle of a request, also of a client that is gone.
      for (let waited = 0; waited < CLOSING_MILLISECONDS; waited += 10) {
        if ([...answering].every(({ writableEnded }) => writableEnded)) break;
        await delay(10);
      }
      // dynalite's own close waits for its store too; connections are ended for it.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
