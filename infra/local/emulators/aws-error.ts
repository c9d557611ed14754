import { type z } from "zod";

/** An error as an AWS service answers it: `code` is the exception's name in the API reference. */
export class AwsServiceError extends Error {
  override readonly name = "AwsServiceError";

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Reads a request's input; what does not fit becomes the service's `ValidationException`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `Value at '${issue.path.join(".")}' failed to satisfy constraint: ${issue.message}`,
  );
  const count =
    problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
  throw new AwsServiceError("ValidationException", `${count} detected: ${problems.join("; ")}`);
}
