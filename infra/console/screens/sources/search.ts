import * as z from "zod";
import { listSearchFields } from "../../parts/list/list-search";

/** The columns of the list, and whether a source is being added: parts of its address. */
export const sourcesSearchSchema = z.object({
  ...listSearchFields,
  create: z.literal(true).optional().catch(undefined),
});
