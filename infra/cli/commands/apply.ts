import type { Command } from "commander";
import * as z from "zod";
import { confirmed, optionsOf, type ContextOf } from "../command-context";
import { configurationSchema } from "../configuration/file-schema";
import type { Step } from "../configuration/plan";
import { planFile } from "../configuration/plan-file";
import { checkLocated, readLocated } from "../configuration/positions";
import { readPresentState } from "../configuration/present-state";
import { Failure } from "../failure";
import { describePlan } from "../output/plan";
import { readKeyFile, readKeyVariable } from "./api-key-options";
import { readTextFile } from "./mapping-options";

const optionsSchema = z.object({
  file: z.string(),
  prune: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  yes: z.boolean().optional(),
});

/** `klaviyo-export apply -f exports.yaml` */
export function addApplyCommand(program: Command, contextOf: ContextOf): void {
  program
    .command("apply")
    .requiredOption(
      "-f, --file <file>",
      "YAML or JSON file, such as klaviyo-export get all writes; - for standard input",
    )
    .option("--prune", "delete what the file's sections do not name")
    .option("--dry-run", "only show what would be done")
    .option("-y, --yes", "do not ask")
    .description("make connections and exports be what a file says; shows the difference first")
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command);
      const { file, prune = false, dryRun = false, yes } = optionsOf(command, optionsSchema);
      const { terminal } = context;
      const text = file === "-" ? await terminal.readStandardInput() : await readTextFile(file);
      const configuration = checkLocated(
        configurationSchema,
        readLocated(file === "-" ? "standard input" : file, text),
      );
      const api = await context.api();
      const steps = await planFile(
        {
          api,
          present: await readPresentState(api),
          prune,
          readKey: async (source) =>
            "env" in source ? readKeyVariable(context, source.env) : readKeyFile(source.file),
        },
        configuration,
      );
      const changing = steps.filter(({ kind }) => kind !== "unchanged");
      const asks = changing.length > 0 && !dryRun;
      if (asks && context.format === "table") {
        terminal.print(describePlan(terminal, steps));
      }
      const applied = asks && (await confirmed(context, "Do this?", yes));
      if (applied) {
        for (const step of changing) {
          await named(step);
          terminal.note(`${doneText[step.kind]} ${step.what} ${step.name}`);
        }
      }
      if (context.format !== "table" || !asks) {
        context.show({ applied, steps: steps.map(withoutCarryOut) }, () =>
          describePlan(terminal, steps),
        );
      } else if (!applied) {
        terminal.note("Nothing was changed.");
      }
    });
}

const doneText: Readonly<Record<Step["kind"], string>> = {
  create: "Created",
  change: "Changed",
  delete: "Deleted",
  unchanged: "Left alone",
};

/** Carries a step out; whatever goes wrong says with what. */
async function named({ what, name, carryOut }: Step): Promise<void> {
  try {
    await carryOut();
  } catch (error) {
    throw error instanceof Failure
      ? new Failure({ ...error.details, message: `${what} ${name}: ${error.message}` })
      : error;
  }
}

function withoutCarryOut({ carryOut: _function, ...shown }: Step): object {
  return shown;
}
