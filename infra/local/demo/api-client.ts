import * as z from "zod";
import { problemSchema } from "../../../shared/domain/problems/problem";
import { runSchema } from "../../../shared/domain/runs/run";
import { DemoFailure } from "./segment-files";

/** What the demo reads of a run. */
export const runViewSchema = runSchema
  .pick({ runId: true, status: true, phase: true, numbers: true, removals: true })
  .extend({
    problem: problemSchema.optional(),
    progress: z.object({ settledChunks: z.number(), chunks: z.number().nullable() }),
    timings: z.object({ seconds: z.number().optional() }),
    links: z.object({ rejections: z.string().optional() }),
  });
export type RunView = z.infer<typeof runViewSchema>;

const problemAnswerSchema = z.object({ code: z.string(), detail: z.string() });

export type ApiClient = <Schema extends z.ZodType>(
  method: "GET" | "POST",
  path: string,
  schema: Schema,
  body?: object,
) => Promise<z.output<Schema>>;

/** Calls the REST API as a person with this token would. Throws `DemoFailure` for an error answer. */
export function createApiClient(apiUrl: string, token: string): ApiClient {
  return async (method, path, schema, body) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) {
      const problem = problemAnswerSchema.safeParse(answer).data;
      throw new DemoFailure(
        problem?.code ?? "internalError",
        problem?.detail ?? `The API answered ${String(response.status)} to ${method} ${path}.`,
      );
    }
    return schema.parse(answer);
  };
}
