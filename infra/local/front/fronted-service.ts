import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readBody } from "../request-body";
import type { AwsServiceName, Fate, UnderstoodRequest } from "./aws-request";
import { accessKeyOf } from "./callers";
import type { AwsFront } from "./front";
import { asServiceError, errorAnswer, type ServiceAnswer } from "./service-answer";

/** A service in this process, behind the front. */
export interface FrontedService {
  readonly name: AwsServiceName;
  /** @throws AwsServiceError when it can't be understood. */
  understand(request: IncomingMessage, body: Buffer): UnderstoodRequest;
  /** Errors that it throws as {@link AwsServiceError} are answered as such. */
  answer(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): ServiceAnswer | Promise<ServiceAnswer>;
}

/** Serves requests that the front admits. */
export function frontedListener(front: AwsFront, service: FrontedService): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readBody(request).catch(() => undefined);
    if (read?.kind !== "read") {
      response.destroy();
      return;
    }
    let answer: ServiceAnswer;
    let fate: Fate = { kind: "deliver" };
    try {
      const admission = await front.admit(
        accessKeyOf(request.headers.authorization, request.url ?? "/"),
        service.understand(request, read.body),
      );
      if (admission.kind === "refused") throw admission.error;
      answer = await answerOf(service, request, read.body, response);
      if (admission.answered !== undefined) {
        fate = await admission.answered({ status: answer.status });
      }
    } catch (error) {
      answer = errorAnswer(service.name, asServiceError(error));
    }
    send(response, service.name, answer, fate);
  };
  return (request, response) => void serve(request, response);
}

async function answerOf(
  service: FrontedService,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<ServiceAnswer> {
  try {
    return await service.answer(request, body, response);
  } catch (error) {
    return errorAnswer(service.name, asServiceError(error));
  }
}

function send(
  response: ServerResponse,
  service: AwsServiceName,
  answer: ServiceAnswer,
  fate: Fate,
): void {
  switch (fate.kind) {
    case "deliver":
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    case "replace":
      send(response, service, errorAnswer(service, fate.error), { kind: "deliver" });
      return;
    case "drop":
      response.destroy();
      return;
    case "stall": {
      const bytes = Buffer.from(answer.body);
      response
        .writeHead(answer.status, { ...answer.headers, "content-length": bytes.length })
        .write(bytes.subarray(0, Math.floor(bytes.length / 2)));
      return;
    }
  }
}
