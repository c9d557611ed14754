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
import type { Terminal } from "../terminal/terminal";
import { readKeyFile, readKeyVariable } from "./options/api-key-options";
import { readSourceSecret } from "./options/source-options";
import { readTextFile } from "./options/mapping-options";

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
    .description(
      "make sources, connections, exports and what is set for segments be what a file says; shows the difference first",
    )
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
          terminal,
          api,
          present: await readPresentState(api),
          prune,
          readKey: async (source) =>
            "env" in source ? readKeyVariable(context, source.env) : readKeyFile(source.file),
          readSecret: (kind, from) => readSourceSecret(context, kind, from),
        },
        configuration,
      );
      const changing = steps.filter(({ kind }) => kind !== "unchanged");
      const asks = changing.length > 0 && !dryRun;
      if (asks && context.format === "table") {
        terminal.print(describePlan(terminal, steps));
      }
      const agreed = asks && (await confirmed(context, "Do this?", yes));
      const { outcomes, failure } = agreed
        ? await carryOut(terminal, changing)
        : { outcomes: new Map<Step, Outcome>(), failure: undefined };
      const applied = agreed && failure === undefined;
      if (context.format !== "table" || !asks) {
        context.show(
          { applied, steps: steps.map((step) => shownStep(step, outcomes.get(step))) },
          () => describePlan(terminal, steps),
        );
      } else if (!agreed) {
        terminal.note("Nothing was changed.");
      }
      if (failure !== undefined) {
        throw failure.cause;
      }
    });
}

/** What became of a step; none of one that was not to be carried out. */
type Outcome = "done" | "failed" | "notDone";

/** Carries steps out until one fails, and says of each what became of it. */
async function carryOut(
  terminal: Terminal,
  steps: readonly Step[],
): Promise<{ outcomes: Map<Step, Outcome>; failure: { cause: unknown } | undefined }> {
  const outcomes = new Map<Step, Outcome>();
  let failure: { cause: unknown } | undefined;
  for (const step of steps) {
    if (failure === undefined) {
      try {
        await named(step);
        outcomes.set(step, "done");
        terminal.note(`${doneText[step.kind]} ${step.what} ${step.name}`);
      } catch (error) {
        failure = { cause: error };
        outcomes.set(step, "failed");
        terminal.note(`Failed, perhaps half done: ${step.kind} ${step.what} ${step.name}`);
      }
    } else {
      outcomes.set(step, "notDone");
      terminal.note(`Not done: ${step.kind} ${step.what} ${step.name}`);
    }
  }
  if (failure !== undefined) {
    terminal.note("Applying the file again goes on from here.");
  }
  return { outcomes, failure };
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

function shownStep({ carryOut: _function, ...shown }: Step, outcome: Outcome | undefined): object {
  return { ...shown, outcome };
}
