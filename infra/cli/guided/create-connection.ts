import { CONSENT_WORDING } from "../../../shared/domain/connection";
import type { ConnectionAnswer } from "../api/answers";
import type { NewKey } from "../api/api";
import { answerOr, type CommandContext } from "../command-context";
import { Failure } from "../failure";
import { paragraph } from "../output/words";

export interface ConnectionWishes {
  readonly name?: string | undefined;
  readonly sharing?: "administrators" | "administratorsAndContributors" | undefined;
  readonly profileLimit?: number | undefined;
  readonly agree?: boolean | undefined;
  readonly readKey: () => Promise<NewKey>;
}

/**
 * Makes a connection in the steps of the re-created product: a name, who may use it, the key, the consent;
 * then the API tries the key. Steps that the wishes answer are not asked.
 */
export async function createConnection(
  context: CommandContext,
  wishes: ConnectionWishes,
): Promise<ConnectionAnswer> {
  const api = await context.api();
  const { prompts } = context.terminal;
  // A person who answers one question is asked the others too; a script's silence means the defaults.
  const guided = wishes.name === undefined;
  const displayName =
    wishes.name ??
    (await answerOr(context, "--name", () =>
      prompts.text({
        message: "A name by which the connection is recognised:",
        validate: (answer) => answer.trim() !== "" || "it needs a name",
      }),
    ));
  const sharing =
    wishes.sharing ??
    (guided
      ? await prompts.choose<"administrators" | "administratorsAndContributors">({
          message: "Who may use it?",
          choices: [
            { name: "Administrators", value: "administrators" },
            { name: "Administrators and contributors", value: "administratorsAndContributors" },
          ],
        })
      : undefined);
  const key = await wishes.readKey();
  if (wishes.agree !== true) {
    context.terminal.note(`\n${paragraph(CONSENT_WORDING.text, context.terminal.columns)}\n`);
    const agreed = await answerOr(context, "--agree", () =>
      prompts.confirm({ message: "I agree", default: false }),
    );
    if (!agreed) {
      throw new Failure({
        code: "consentMissing",
        message: "Without the consent there is no connection; nothing was made.",
        exit: "invalid",
      });
    }
  }
  return api.createConnection({
    ...{ displayName, agree: true, ...key },
    ...(sharing === undefined ? {} : { sharing }),
    ...(wishes.profileLimit === undefined ? {} : { profileLimit: wishes.profileLimit }),
  });
}
