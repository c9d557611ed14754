import { IncomingMessage, ServerResponse, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import dynalite from "dynalite";
import { frontedListener } from "../front/fronted-service";
import type { AwsFront } from "../front/front";
import { createTableKeys, understandDynamoDb, understandInsert } from "../front/needs/dynamodb";
import { jsonInput } from "../front/needs/json-input";
import { errorAnswer, type ServiceAnswer } from "../front/service-answer";
import { listenOnLoopback, type LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";
import { AwsServiceError } from "./aws-error";
import { createCapacityMeter } from "./dynamodb-capacity";
import { putOf, readInsert, type PartiqlInsert } from "./partiql-insert";
import { headersOf, showFailedItem, type AskDynamoDb } from "./failed-conditions";

/** A request takes milliseconds; one that is still not answered then never will be. */
const CLOSING_MILLISECONDS = 2_000;

/**
 * DynamoDB in this process, in memory: dynalite, with three additions: requests and what they consume are
 * counted, a failed condition shows its item to whoever asks for it, and a client that dies in the middle of a request does not bring the process down (dynalite
 * throws from the request's error event, and functions here are killed at any moment). For all, requests
 * are read here and handed to dynalite whole.
 */
export async function startDynamoDb(
  counter: RequestCounter,
  front: AwsFront,
): Promise<LoopbackServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  let answering = 0;
  const [dynaliteAnswer] = server.listeners("request");
  server.removeAllListeners("request");
  const meter = createCapacityMeter(counter);
  const keys = createTableKeys();

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
        dynaliteAnswer?.call(server, request, response);
        request.emit("data", Buffer.from(JSON.stringify(input)));
        request.emit("end");
      });

  const answer = (
    request: IncomingMessage,
    received: Buffer,
    response: ServerResponse,
  ): Promise<ServiceAnswer> => {
    const insert = insertIn(request, received);
    const partitionKey = keys.partitionKeyOf(insert?.TableName ?? "") ?? "";
    // dynalite puts items, and does not know how to insert them.
    if (insert !== undefined) request.headers["x-amz-target"] = "DynamoDB_20120810.PutItem";
    const action = actionOf(request);
    const asked = insert === undefined ? received : putOf(insert, partitionKey);
    const body = meter.prepare(action, asked);
    const end = response.end.bind(response);
    const answered = new Promise<ServiceAnswer>((resolve) => {
      // dynalite answers with one call of `end`, which is given the whole body.
      Object.assign(response, {
        end: (text = "") => {
          Object.assign(response, { end });
          meter.answered(action, body, text);
          const headers = { ...response.getHeaders() };
          for (const name of response.getHeaderNames()) response.removeHeader(name);
          const { statusCode: status } = response;
          if (insert !== undefined && text.includes("ConditionalCheckFailedException")) {
            resolve(errorAnswer("dynamodb", duplicateItem()));
            return;
          }
          void showFailedItem(received.toString("utf8"), text, askAs(request.headers)).then(
            (shown) =>
              resolve(
                shown === undefined
                  ? { status, headers, body: text }
                  : { status, headers: { ...headers, ...headersOf(shown) }, body: shown },
              ),
          );
        },
      });
    });
    answering += 1;
    void answered.then(() => (answering -= 1));
    dynaliteAnswer?.call(server, request, response);
    // dynalite has just added the listener that throws.
    request.removeAllListeners("error");
    request.on("error", () => undefined);
    request.emit("data", body);
    request.emit("end");
    return answered;
  };
  server.on(
    "request",
    frontedListener(front, {
      name: "dynamodb",
      understand: (request, body) => {
        counter.count("dynamodb", actionOf(request), body.length);
        const input = jsonInput(body);
        if (actionOf(request) === "CreateTable") keys.learn(input);
        const insert = insertIn(request, body);
        if (insert !== undefined) return understandInsert(insert, keys);
        return understandDynamoDb(actionOf(request), input, keys);
      },
      answer,
    }),
  );
  const listening = await listenOnLoopback(server);
  return {
    ...listening,
    close: async () => {
      // dynalite throws when its store is closed in the middle of a request, also of a client that is gone.
      for (let waited = 0; answering > 0 && waited < CLOSING_MILLISECONDS; waited += 10) {
        await delay(10);
      }
      // dynalite's own close waits for its store too; connections are ended for it.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function actionOf(request: IncomingMessage): string {
  return String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "Unknown";
}

function insertIn(request: IncomingMessage, body: Buffer): PartiqlInsert | undefined {
  return actionOf(request) === "ExecuteStatement" ? readInsert(jsonInput(body)) : undefined;
}

function duplicateItem(): AwsServiceError {
  return new AwsServiceError("DuplicateItemException", "Duplicate primary key exists in table");
}
