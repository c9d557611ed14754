import { randomUUID } from "node:crypto";
import * as z from "zod";
import { frontedListener } from "../front/fronted-service";
import type { AwsFront } from "../front/front";
import { understandSns } from "../front/needs/announcing";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
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
  front: AwsFront,
): Promise<LoopbackServer> {
  const inputOf = (body: Buffer): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(body.toString("utf8")));
  return serveOnLoopback(
    frontedListener(front, {
      name: "sns",
      understand: (_request, body) => {
        const input = inputOf(body);
        const action = input["Action"] ?? "Unknown";
        counter.count("sns", action, body.length);
        return understandSns(action, input);
      },
      answer: (_request, body) => {
        const input = inputOf(body);
        return {
          status: 200,
          headers: { "content-type": "text/xml" },
          body: publish(announcements, input["Action"] ?? "Unknown", input),
        };
      },
    }),
  );
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
