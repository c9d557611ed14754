import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import { readBody } from "../request-body";
import type { RequestCounter } from "../request-statistics";
import { AwsServiceError } from "./aws-error";

/** The actions of a service: from a request's input to its answer. They throw {@link AwsServiceError}. */
export type JsonActions = Readonly<Record<string, (input: unknown) => object>>;

/**
 * Starts a service that the real SDK client speaks to by the protocol AWS JSON 1.1.
 *
 * @param targetPrefix what stands before the action's name in the header `x-amz-target`, with its dot.
 */
export function startJsonService(
  service: string,
  targetPrefix: string,
  actions: JsonActions,
  counter: RequestCounter,
): Promise<LoopbackServer> {
  const answer = (target: string, body: Buffer): object => {
    const name = target.replace(targetPrefix, "");
    counter.count(service, name, body.length);
    const action = actions[name];
    if (action === undefined) {
      throw new AwsServiceError("UnknownOperationException", `No action ${name} here.`);
    }
    return action(parseJson(body));
  };

  const respondTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readBody(request).catch(() => undefined);
    if (read === undefined) return;
    const respond = (status: number, content: object): void => {
      response
        .writeHead(status, {
          "content-type": "application/x-amz-json-1.1",
          "x-amzn-requestid": randomUUID(),
        })
        .end(JSON.stringify(content));
    };
    try {
      const body = read.kind === "read" ? read.body : Buffer.alloc(0);
      respond(200, answer(String(request.headers["x-amz-target"] ?? ""), body));
    } catch (error) {
      const known = error instanceof AwsServiceError;
      respond(known ? error.status : 500, {
        __type: known ? error.code : "InternalServiceError",
        message: known ? error.message : "An error occurred on the server side.",
      });
    }
  };
  return serveOnLoopback((request, response) => void respondTo(request, response));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsServiceError("SerializationException", "The body is not JSON.");
  }
}
