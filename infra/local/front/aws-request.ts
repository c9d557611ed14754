import type { AwsServiceError } from "../emulators/aws-error";

/** The AWS services that are embedded, by the prefix of their IAM actions. */
export type AwsServiceName =
  | "dynamodb"
  | "s3"
  | "sqs"
  | "secretsmanager"
  | "scheduler"
  | "events"
  | "sns"
  | "sts";

/** Who calls. It follows from the access key that a request is signed with. */
export type AwsCaller =
  /** Whoever owns the machine: the environment itself, tests, and requests without a signature. */
  | { readonly kind: "owner" }
  | {
      readonly kind: "function";
      /** In the template. */
      readonly logicalId: string;
      readonly functionName: string;
      readonly roleArn: string;
    }
  /** A scheduler that delivers, with the role that its schedule names. */
  | { readonly kind: "schedule"; readonly roleArn: string };

/** Condition keys, as they are written in the service authorization reference, with their values. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One thing that a caller must be allowed so that a request is answered. */
export interface Need {
  /** As policies name it, for instance `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What a request asks for. */
export interface UnderstoodRequest {
  readonly service: AwsServiceName;
  /** The operation's name in the API reference, for instance `CopyObject`. */
  readonly action: string;
  /** All of them must be allowed. */
  readonly needs: readonly Need[];
}

/** A request to an embedded service, before the service sees it. */
export interface AwsRequest extends UnderstoodRequest {
  readonly caller: AwsCaller;
}

/** What the service came to; it has done its work. */
export interface AwsAnswer {
  readonly status: number;
}

/** What becomes of a service's answer. */
export type Fate =
  | { readonly kind: "deliver" }
  /** The connection ends without an answer. */
  | { readonly kind: "drop" }
  /** Half of the answer comes, then nothing more, and the connection stays open. */
  | { readonly kind: "stall" }
  | { readonly kind: "replace"; readonly error: AwsServiceError };

/** What an interceptor says of a request. */
export type Verdict =
  | { readonly kind: "pass" }
  /** The service does not see the request. */
  | { readonly kind: "refuse"; readonly error: AwsServiceError }
  /** The request passes, and the interceptor is asked again when the service has answered. */
  | { readonly kind: "watch"; answered(answer: AwsAnswer): Fate | Promise<Fate> };

/**
 * Stands between callers and the embedded services. A request waits for as long as the verdict does, so
 * taking time is how to delay one; so does an answer for its fate.
 */
export type Interceptor = (request: AwsRequest) => Verdict | Promise<Verdict>;

export const pass: Verdict = { kind: "pass" };
export const deliver: Fate = { kind: "deliver" };
