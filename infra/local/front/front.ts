import { AwsServiceError } from "../emulators/aws-error";
import {
  deliver,
  type AwsAnswer,
  type Fate,
  type Interceptor,
  type UnderstoodRequest,
  type Verdict,
} from "./aws-request";
import { createCallers, type Callers } from "./callers";

/** What becomes of a request. */
type Admission =
  | { readonly kind: "refused"; readonly error: AwsServiceError }
  | {
      readonly kind: "admitted";
      /** Undefined when nobody wants to know the answer, which is delivered then. */
      readonly answered: ((answer: AwsAnswer) => Promise<Fate>) | undefined;
    };

/** The one place that every call to an embedded AWS service passes. */
export interface AwsFront {
  readonly callers: Callers;
  /** Adds an interceptor behind those that there are. Returns how to take it away again. */
  intercept(interceptor: Interceptor): () => void;
  /** @param accessKeyId undefined for a request without a signature. */
  admit(accessKeyId: string | undefined, request: UnderstoodRequest): Promise<Admission>;
}

export function createFront(): AwsFront {
  const callers = createCallers();
  let interceptors: readonly Interceptor[] = [];
  return {
    callers,
    intercept: (interceptor) => {
      interceptors = [...interceptors, interceptor];
      return () => {
        interceptors = interceptors.filter((other) => other !== interceptor);
      };
    },
    admit: async (accessKeyId, request) => {
      const caller = accessKeyId === undefined ? owner : callers.callerOf(accessKeyId);
      if (caller === undefined) return { kind: "refused", error: unknownKey(request) };
      const watching: Extract<Verdict, { kind: "watch" }>[] = [];
      for (const interceptor of interceptors) {
        const verdict = await interceptor({ ...request, caller });
        if (verdict.kind === "refuse") return { kind: "refused", error: verdict.error };
        if (verdict.kind === "watch") watching.push(verdict);
      }
      return {
        kind: "admitted",
        answered: watching.length === 0 ? undefined : (answer) => firstFate(watching, answer),
      };
    },
  };
}

const owner = { kind: "owner" } as const;

/** Everybody who watches is told; the first who does not want the answer delivered decides. */
async function firstFate(
  watching: readonly Extract<Verdict, { kind: "watch" }>[],
  answer: AwsAnswer,
): Promise<Fate> {
  let decided: Fate = deliver;
  for (const verdict of watching) {
    const fate = await verdict.answered(answer);
    if (decided.kind === "deliver") decided = fate;
  }
  return decided;
}

function unknownKey({ service }: UnderstoodRequest): AwsServiceError {
  switch (service) {
    case "s3":
      return new AwsServiceError(
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        403,
      );
    case "sqs":
    case "sns":
    case "sts":
      return new AwsServiceError(
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        403,
      );
    case "dynamodb":
    case "secretsmanager":
    case "scheduler":
    case "events":
      return new AwsServiceError(
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
      );
  }
}
