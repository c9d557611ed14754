import { check } from "../../../shared/contract/faults";
import { CONSENT_WORDING, displayNameSchema } from "../../../shared/domain/connections/connection";
import type { ConnectionAnswer } from "../api/answers";
import type { Api, NewKey } from "../api/api";
import { everything } from "../api/everything";
import { answerOr, type CommandContext } from "../command-context";
import { Failure } from "../failure";
import { paragraph } from "../output/words";
import { readToken } from "../session/tokens";

export interface ConnectionWishes {
  readonly name?: string | undefined;
  readonly sharing?: "administrators" | "administratorsAndContributors" | undefined;
  readonly profileLimit?: number | undefined;
  readonly agree?: boolean | undefined;
  readonly readKey: () => Promise<NewKey>;
  /** Whether the key is asked for: a person whose key is refused may try another. */
  readonly keyAsked: boolean;
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
  const others = await existingConnections(context, api);
  const { prompts } = context.terminal;
  // A person who answers one question is asked the others too; a script's silence means the defaults.
  const guided = wishes.name === undefined;
  const displayName =
    wishes.name ??
    (await answerOr(context, "--name", () =>
      prompts.text({
        message: "A name by which the connection is recognised:",
        validate: (answer) => faultOfName(others, answer) ?? true,
      }),
    ));
  const fault = faultOfName(others, displayName);
  if (fault !== undefined) {
    const isTaken = calledSo(others, displayName) !== undefined;
    throw new Failure({
      code: isTaken ? "displayNameTaken" : "displayNameInvalid",
      message: `The connection's name ${fault}. Choose another; nothing was made.`,
      exit: isTaken ? "conflict" : "invalid",
    });
  }
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
  let key = await wishes.readKey();
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
  for (;;) {
    try {
      return await api.createConnection({
        body: { displayName, agree: true, ...key, sharing, profileLimit: wishes.profileLimit },
      });
    } catch (error) {
      const again = wishes.keyAsked && context.terminal.interactive && isKeyRefused(error);
      if (!again) {
        throw error;
      }
      context.terminal.note(paragraph(error.message, context.terminal.noteColumns));
      key = await wishes.readKey();
    }
  }
}

/** Only administrators make connections: nobody else is asked for a key. Throws `Failure`. */
async function existingConnections(
  context: CommandContext,
  api: Api,
): Promise<readonly ConnectionAnswer[]> {
  const role = readToken(await (await context.session()).token())?.role;
  if (role !== undefined && role !== "Administrator") {
    throw new Failure({
      code: "notPermitted",
      message: `Only administrators connect Klaviyo accounts, and you are signed in as ${role}. Ask an administrator to connect the account, or to share a connection with contributors.`,
      exit: "notSignedIn",
    });
  }
  return everything(api.listConnections);
}

/** What is wrong with a connection's name; undefined when it will do. */
function faultOfName(others: readonly ConnectionAnswer[], name: string): string | undefined {
  const checked = check(displayNameSchema, name);
  if (!checked.ok) {
    return checked.faults[0].text;
  }
  const same = calledSo(others, checked.value);
  return same === undefined ? undefined : `is that of another connection: “${same.displayName}”`;
}

function calledSo(others: readonly ConnectionAnswer[], name: string): ConnectionAnswer | undefined {
  return others.find(({ displayName }) => displayName === name.trim());
}

function isKeyRefused(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    (["keyRefused", "scopesMissing"].includes(error.details.code) ||
      error.details.field === "/apiKey")
  );
}
