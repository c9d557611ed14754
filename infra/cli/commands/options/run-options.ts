import type { Command } from "commander";
import * as z from "zod";
import type { runModeSchema } from "../../../../shared/domain/runs/run-options";
import { optionsOf } from "../../command-context";
import { schemaOptions, type OptionTexts } from "./schema-options";

/** The options of a run, or those of them that the schema has; the mode is said by `--full`. */
export function runOptions<
  Schema extends z.ZodObject<{ mode: z.ZodDefault<typeof runModeSchema> }>,
>(schema: Schema, { full, ...texts }: OptionTexts & { readonly full: string }) {
  const others = schemaOptions(schema.shape, { without: ["mode"], texts });
  /** What was said and the mode, and nothing else: an older API may not know all options. */
  const said = (command: Command): { mode: z.output<typeof runModeSchema> } => {
    const { full: isFull } = optionsOf(command, z.object({ full: z.boolean().optional() }));
    return { ...others.given(command), mode: isFull === true ? "full" : "incremental" };
  };
  return {
    addTo: (command: Command): Command => others.addTo(command).option("--full", full),
    said,
    /** All of them: what was not said is as usual. */
    given: (command: Command): z.output<Schema> => schema.parse(said(command)),
  };
}
