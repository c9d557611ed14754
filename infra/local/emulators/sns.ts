import { randomUUID } from "node:crypto";
import * as z from "zod";
import { localAccountId, localRegion } from "../aws-identity";
import { frontedListener } from "../front/fronted-service";
import type { AwsFront } from "../front/front";
import { understandSns } from "../front/needs/announcing";
import { serveOnLoopback, type LoopbackServer } from "../loopback-server";
import type { RequestCounter } from "../request-statistics";
import type { Announcements } from "./announcements";
import { AwsServiceError } from "./aws-error";

// Shapes and limits: SNS API reference, CreateTopic and Publish.
const topicSchema = z.object({ Name: z.string().regex(/^[\w-]{1,256}$/) });
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

/**
 * SNS as far as making a topic and publishing to it (protocol AWS Query); messages are kept, and nobody is subscribed.
 */
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
          body: act(announcements, input["Action"] ?? "Unknown", input),
        };
      },
    }),
  );
}

function act(
  announcements: Announcements,
  action: string,
  input: Readonly<Record<string, string>>,
): string {
  switch (action) {
    case "CreateTopic": {
      const { Name } = parsed(topicSchema, input);
      const topicArn = `arn:aws:sns:${localRegion}:${localAccountId}:${Name}`;
      return answerOf(action, `<TopicArn>${topicArn}</TopicArn>`);
    }
    case "Publish": {
      const { TopicArn, Subject, Message } = parsed(publishSchema, input);
      announcements.mails.push({ topicArn: TopicArn, subject: Subject, message: Message });
      return answerOf(action, `<MessageId>${randomUUID()}</MessageId>`);
    }
    default:
      throw new AwsServiceError("InvalidAction", `No action ${action} here.`);
  }
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  input: Readonly<Record<string, string>>,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    const named = result.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new AwsServiceError("InvalidParameter", `Invalid parameter: ${named}`);
  }
  return result.data;
}

function answerOf(action: string, result: string): string {
  return (
    `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">` +
    `<${action}Result>${result}</${action}Result><ResponseMetadata>` +
    `<RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`
  );
}
