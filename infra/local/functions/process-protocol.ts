import * as z from "zod";

/** What the host sends to a function's process. */
export interface InvocationRequest {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** When the function times out, in milliseconds since 1970. */
  readonly deadline: number;
  readonly functionArn: string;
  /** What the runtime sets as `_X_AMZN_TRACE_ID`; the SDKs send it on. */
  readonly traceHeader: string;
}

/** An error as Lambda reports it to who invoked the function. */
const functionErrorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});

export type FunctionError = z.infer<typeof functionErrorSchema>;

/** What a function's process sends to the host. */
export const functionProcessReportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("initializationFailed"), error: functionErrorSchema }),
  z.object({
    kind: z.literal("succeeded"),
    requestId: z.string(),
    /** JSON. */
    payload: z.string(),
    peakKilobytes: z.number(),
  }),
  z.object({
    kind: z.literal("failed"),
    requestId: z.string(),
    error: functionErrorSchema,
    peakKilobytes: z.number(),
  }),
]);

export type FunctionProcessReport = z.infer<typeof functionProcessReportSchema>;
