import type { OutgoingHttpHeaders } from "node:http";

/** What tells a request to SQS or S3 from others. */
export interface ToldRequest {
  /** Of SQS: `AmazonSQS.` and the action. */
  readonly target?: string | undefined;
  readonly method: string;
  readonly url: string;
  /** By which the caller reached it. */
  readonly host: string;
  readonly authorization?: string | undefined;
  readonly copySource?: string | undefined;
  readonly bytes: number;
}

/** What the process of SQS and S3 tells the environment. */
export type ToParent =
  | { readonly kind: "listening"; readonly url: string }
  /** A request waits to be admitted. */
  | (ToldRequest & {
      readonly kind: "request";
      readonly id: number;
      readonly queue?:
        | { readonly QueueUrl?: string | undefined; readonly QueueName?: string | undefined }
        | undefined;
      /** The XML of a request that deletes several objects. */
      readonly deletion?: string | undefined;
    })
  /** The answer to a request that is watched waits for its fate. */
  | { readonly kind: "answer"; readonly id: number; readonly status: number }
  /** An answer has gone out; its size is told. */
  | (ToldRequest & { readonly kind: "answered" });

interface WrittenAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** What the environment answers. */
export type FromParent =
  | { readonly kind: "admitted"; readonly id: number; readonly watched: boolean }
  | { readonly kind: "refused"; readonly id: number; readonly answer: WrittenAnswer }
  | { readonly kind: "deliver" | "drop" | "stall"; readonly id: number }
  | { readonly kind: "replace"; readonly id: number; readonly answer: WrittenAnswer };
