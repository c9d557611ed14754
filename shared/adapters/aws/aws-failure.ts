import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";

/**
 * An AWS service could not do what an adapter asked. It names the operation and the service's error, and
 * leaves out the service's own text, which may quote names and values that do not belong in logs.
 */
export class AwsFailure extends Error {
  override readonly name = "AwsFailure";

  constructor(
    readonly operation: string,
    readonly awsError: string,
  ) {
    super(`${operation} failed: ${awsError}`);
  }
}

/** Runs one AWS call; what it throws is an {@link AwsFailure}. */
export async function awsCall<Output>(
  operation: string,
  call: () => Promise<Output>,
): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    throw awsFailure(operation, error);
  }
}

/** What a call has thrown, as an {@link AwsFailure}. */
export function awsFailure(operation: string, error: unknown): AwsFailure {
  return error instanceof AwsFailure
    ? error
    : new AwsFailure(operation, error instanceof Error ? error.name : "unknown error");
}

/** Runs one conditional write; `undefined` when the condition did not hold. */
export async function conditionalWrite<Output>(
  operation: string,
  write: () => Promise<Output>,
): Promise<Output | undefined> {
  return awsCall(operation, async () => {
    try {
      return await write();
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return undefined;
      }
      throw error;
    }
  });
}
