import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { frontedListener } from "../front/fronted-service";
import type { AwsFront } from "../front/front";
import type { AwsServiceName, UnderstoodRequest } from "../front/aws-request";
import { jsonInput } from "../front/needs/json-input";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";
import { AwsServiceError } from "./aws-error";

/** The actions of a service: from a request's input to its answer. They throw {@link AwsServiceError}. */
type JsonActions = Readonly<Record<string, (input: unknown) => object>>;

export interface JsonServiceOptions {
  readonly service: AwsServiceName;
  /** What stands before the action's name in the header `x-amz-target`, with its dot. */
  readonly targetPrefix: string;
  readonly actions: JsonActions;
  understand(action: string, input: Readonly<Record<string, unknown>>): UnderstoodRequest;
}

/** Starts a service that the real SDK client speaks to by the protocol AWS JSON 1.1. */
export function startJsonService(
  { service, targetPrefix, actions, understand }: JsonServiceOptions,
  counter: RequestCounter,
  front: AwsFront,
): Promise<LoopbackServer> {
  const actionOf = (request: IncomingMessage): string =>
    String(request.headers["x-amz-target"] ?? "").replace(targetPrefix, "");
  return serveOnLoopback(
    frontedListener(front, {
      name: service,
      understand: (request, body) => {
        counter.count(service, actionOf(request), body.length);
        return understand(actionOf(request), jsonInput(body));
      },
      answer: (request, body) => {
        const action = actions[actionOf(request)];
        if (action === undefined) {
          throw new AwsServiceError(
            "UnknownOperationException",
            `No action ${actionOf(request)} here.`,
          );
        }
        return {
          status: 200,
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amzn-requestid": randomUUID(),
          },
          body: JSON.stringify(action(parseJson(body))),
        };
      },
    }),
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsServiceError("SerializationException", "The body is not JSON.");
  }
}
