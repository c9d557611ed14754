import * as z from "zod";
import { listSearchFields } from "../../parts/list/list-search";

/** The page and the columns of the list, and whether a connection is being made: parts of its address. */
export const connectionsSearchSchema = z.object({
  ...listSearchFields,
  create: z.literal(true).optional().catch(undefined),
});
