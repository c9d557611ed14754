import * as z from "zod";
import { listSearchFields } from "../../parts/list/list-search";

/** What the list is filtered by, its page and its columns: a part of its address. */
export const segmentsSearchSchema = z.object({
  ...listSearchFields,
  search: z.coerce.string().min(1).max(200).optional().catch(undefined),
});
