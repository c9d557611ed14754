import type { PreviewAnswer } from "../api/answers";
import { confirmed, type CommandContext } from "../command-context";
import { count, counted } from "../output/words";

/**
 * Whether a person agrees to the reconciliation of a list, having been told how many would leave it and who the
 * first of them are; `look` previews it, and is not called if `yes` answers already. Throws a usage failure when
 * nobody is there who could be asked.
 */
export async function reconciliationConfirmed(
  context: Pick<CommandContext, "terminal">,
  displayName: string,
  look: () => Promise<PreviewAnswer>,
  { yes, allowMassRemoval }: { yes?: boolean | undefined; allowMassRemoval: boolean },
): Promise<boolean> {
  const { terminal } = context;
  if (yes === true || !terminal.interactive) {
    return confirmed(context, "", yes);
  }
  terminal.note(`Reading the list of “${displayName}” to see who would leave it…`);
  const { problem, numbers, leavers = [], stop, warnings = [] } = await look();
  if (problem !== undefined) {
    terminal.note(`The list could not be looked at: ${problem.message}`);
    return confirmed(context, "Start the reconciliation all the same?", yes);
  }
  const leaving = numbers?.leaving ?? 0;
  const isLeast = warnings.some(({ code }) => code === "leavingUnknown");
  terminal.note(
    [
      `${isLeast ? "At least " : ""}${counted(leaving, "profile")} would leave the list: whoever is no member of the segments, whoever put them there.`,
      ...leavers.map((email) => `  ${email}`),
      ...(leavers.length < leaving ? [`  … and ${count(leaving - leavers.length)} more`] : []),
      ...(stop === undefined || (stop.code === "removalGuard" && allowMassRemoval)
        ? []
        : [`The run would be stopped before anything is sent: ${stop.message}`]),
    ].join("\n"),
  );
  return confirmed(
    context,
    `Start the run, and take ${isLeast ? "at least " : ""}${counted(leaving, "profile")} off the list?`,
    yes,
  );
}
