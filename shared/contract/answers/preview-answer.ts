import * as z from "zod";
import { previewResultSchema, previewSchema } from "../../domain/exports/preview";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** A preview as the API shows it; what was found lies at the top once it is there. */
export const previewAnswerSchema = z
  .object({
    ...previewSchema.omit({ connectionId: true, result: true }).shape,
    ...previewResultSchema.partial().shape,
    ...peopleShape,
    links: z.object({ self: z.string(), export: z.string() }),
  })
  .register(componentSchemas, { id: "Preview" });
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>;
