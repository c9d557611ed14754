import { IncomingMessage, ServerResponse, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import dynalite from "dynalite";
import { listenOnLoopback, type LoopbackServer } from "../loopback-server";
import { readBody } from "../request-body";
import type { RequestCounter } from "../request-statistics";
import { createCapacityMeter } from "./dynamodb-capacity";
import { headersOf, showFailedItem, type AskDynamoDb } from "./failed-conditions";

/** A request takes milliseconds; one that is still not answered then never will be. */
const CLOSING_MILLISECONDS = 2_000;

/**
 * DynamoDB in this process, in memory: dynalite, with three additions: requests and what they consume are
 * counted, a failed condition shows its item to whoever asks for it, and a client that dies in the middle of a request does not bring the process down (dynalite
 * throws from the request's error event, and functions here are killed at any moment). For all, requests
 * are read here and handed to dynalite whole.
 */
export async function startDynamoDb(counter: RequestCounter): Promise<LoopbackServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const answering = new Set<ServerResponse>();
  const [answer] = server.listeners("request");
  server.removeAllListeners("request");
  const meter = createCapacityMeter(counter);

  /** Asks dynalite for something that is part of another request, and counted nowhere. */
  const askAs =
    (headers: IncomingHttpHeaders): AskDynamoDb =>
    (action, input) =>
      new Promise((resolve) => {
        const request = Object.assign(new IncomingMessage(new Socket()), {
          method: "POST",
          url: "/",
          headers: { ...headers, "x-amz-target": `DynamoDB_20120810.${action}` },
        });
        const response = new ServerResponse(request);
        Object.assign(response, { end: (text: string) => resolve(JSON.parse(text)) });
        answer?.call(server, request, response);
        request.emit("data", Buffer.from(JSON.stringify(input)));
        request.emit("end");
      });

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
      end: (text = "") => {
        meter.answered(action, body, text);
        void showFailedItem(read.body.toString("utf8"), text, askAs(request.headers)).then(
          (shown) => {
            if (shown !== undefined) {
              for (const [name, value] of Object.entries(headersOf(shown))) {
                response.setHeader(name, value);
              }
            }
            end(shown ?? text);
          },
        );
        return response;
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
