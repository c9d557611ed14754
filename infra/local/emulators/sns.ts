import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import { readBody } from "../request-body";
import type { RequestCounter } from "../request-statistics";
import type { Announcements } from "./announcements";
import { AwsServiceError } from "./aws-error";

// Shapes and limits: SNS API reference, Publish.
const publishSchema = z.object({
  TopicArn: z.string().regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/),
  Subject: z
    .string()
    // ASCII that begins with a letter, a digit or punctuation, without line breaks.
    .regex(/^[!-~][ -~]{0,99}$/)
    .default("AWS Notification Message"),
  Message: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= 262_144),
});

/** SNS as far as publishing to a topic (protocol AWS Query); messages are kept, and nobody is subscribed. */
export function startSns(
  announcements: Announcements,
  counter: RequestCounter,
): Promise<LoopbackServer> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const read = await readBody(request).catch(() => undefined);
    if (read === undefined) return;
    const respond = (status: number, content: string): void => {
      response.writeHead(status, { "content-type": "text/xml" }).end(content);
    };
    const body = read.kind === "read" ? read.body : Buffer.alloc(0);
    const input = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
    const action = input["Action"] ?? "Unknown";
    counter.count("sns", action, body.length);
    try {
      respond(200, publish(announcements, action, input));
    } catch (error) {
      const known = error instanceof AwsServiceError ? error : undefined;
      respond(known?.status ?? 500, errorOf(known?.code ?? "InternalError", known?.message ?? ""));
    }
  };
  return serveOnLoopback((request, response) => void answer(request, response));
}

function publish(
  announcements: Announcements,
  action: string,
  input: Readonly<Record<string, string>>,
): string {
  if (action !== "Publish") {
    throw new AwsServiceError("InvalidAction", `No action ${action} here.`);
  }
  const parsed = publishSchema.safeParse(input);
  if (!parsed.success) {
    const named = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new AwsServiceError("InvalidParameter", `Invalid parameter: ${named}`);
  }
  const { TopicArn, Subject, Message } = parsed.data;
  announcements.mails.push({ topicArn: TopicArn, subject: Subject, message: Message });
  return (
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
    `<MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata>` +
    `<RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`
  );
}

function errorOf(code: string, message: string): string {
  return (
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>' +
    `<Code>${code}</Code><Message>${message}</Message></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  );
}
