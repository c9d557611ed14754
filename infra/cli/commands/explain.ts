import type { Command } from "commander";
import * as z from "zod";
import { findExport } from "../api/find-by-name";
import { optionsOf, type ContextOf } from "../command-context";
import { describeExplanation } from "../output/explanation";

/** `klaviyo-export explain …` */
export function addExplainCommand(program: Command, contextOf: ContextOf): void {
  program
    .command("explain")
    .argument("<email>", "the person's email address")
    .requiredOption("--export <export>", "name or id of the export")
    .description("why a person is, or is not, on an export's list")
    .action(async (email: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const options = optionsOf(command, z.object({ export: z.string() }));
      const api = await context.api();
      const { exportId } = await findExport(api, options.export);
      const explanation = await api.explainProfile({ path: { exportId }, body: { email } });
      context.show(explanation, (shown) => describeExplanation(context.terminal, shown));
    });
}
