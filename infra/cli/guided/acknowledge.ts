import * as z from "zod";
import { SUBSCRIPTION_WORDING } from "../../../shared/domain/exports/subscription";
import { answerOr, type CommandContext } from "../command-context";
import { Failure } from "../failure";
import { paragraph } from "../output/words";

const subscriptionSchema = z.object({ agree: z.boolean().optional() }).loose();

/**
 * The settings with the acknowledgement that it takes to have members subscribed: as an option gave it, or as
 * a person gives it now. An export that subscribes already has one.
 */
export async function acknowledged(
  context: CommandContext,
  settings: Record<string, unknown>,
  { before = {}, agree = false }: { before?: object; agree?: boolean | undefined },
): Promise<Record<string, unknown>> {
  const subscription = subscriptionSchema.safeParse(settings["subscription"]).data;
  if (subscription === undefined || "subscription" in before || subscription.agree === true) {
    return settings;
  }
  if (!agree) {
    context.terminal.note(`\n${paragraph(SUBSCRIPTION_WORDING.text, context.terminal.columns)}\n`);
    const agreed = await answerOr(context, "--agree", () =>
      context.terminal.prompts.confirm({ message: "I acknowledge that", default: false }),
    );
    if (!agreed) {
      throw new Failure({
        code: "consentMissing",
        message: "Without the acknowledgement nobody is subscribed; nothing was changed.",
        exit: "invalid",
      });
    }
  }
  return { ...settings, subscription: { ...subscription, agree: true } };
}
