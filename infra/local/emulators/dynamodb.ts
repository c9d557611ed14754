import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import dynalite from "dynalite";
import { listenOnLoopback, type LoopbackServer } from "../loopback-server";
import { readBody } from "../request-body";
import type { RequestCounter } from "../request-statistics";
import { createCapacityMeter } from "./dynamodb-capacity";

/** A request takes milliseconds; one that is still not answered then never will be. */
const CLOSING_MILLISECONDS = 2_000;

/**
 * DynamoDB in this process, in memory: dynalite, with two additions: requests and what they consume are
 * counted, and a client that dies in the middle of a request does not bring the process down (dynalite
 * throws from the request's error event, and functions here are killed at any moment). For both, requests
 * are read here and handed to dynalite whole.
 */
export async function startDynamoDb(counter: RequestCounter): Promise<LoopbackServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const answering = new Set<ServerResponse>();
  const [answer] = server.listeners("request");
  server.removeAllListeners("request");
  const meter = createCapacityMeter(counter);

  const respondTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    answering.add(response);
    response.once("close", () => {
      if (response.writableEnded) answering.delete(response);
    });
    const target = String(request.headers["x-amz-target"] ?? "");
    const action = target.split(".")[1] ?? "Unknown";
    counter.count("dynamodb", action, Number(request.headers["content-length"] ?? 0));
    const read = await readBody(request).catch(() => undefined);
    if (read?.kind !== "read") {
      response.destroy();
      answering.delete(response);
      return;
    }
    const body = meter.prepare(action, read.body);
    const end = response.end.bind(response);
    // dynalite answers with one call of `end`, which is given the whole body.
    Object.assign(response, {
      end: (text?: string) => {
        meter.answered(action, body, text ?? "");
        return end(text);
      },
    });
    answer?.call(server, request, response);
    // dynalite has just added the listener that throws.
    request.removeAllListeners("error");
    request.on("error", () => undefined);
    request.emit("data", body);
    request.emit("end");
  };
  server.on("request", (request, response) => void respondTo(request, response));
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
