import * as z from "zod";

/** What Klaviyo puts into the address that it sends a person back to: a code, or why there is none. */
export const klaviyoAnswerSchema = z.object({
  code: z.coerce.string().min(1).max(4_000).optional().catch(undefined),
  state: z.coerce.string().min(1).max(4_000).optional().catch(undefined),
  error: z.coerce.string().min(1).max(200).optional().catch(undefined),
});
