import { check } from "../../../shared/contract/faults";
import type { NewSourceCredential } from "../../../shared/contract/sources";
import { displayNameSchema } from "../../../shared/domain/connections/connection";
import type { ExportPlace } from "../../../shared/domain/sources/source";
import type { SourceAnswer } from "../api/answers";
import { answerOr, type CommandContext } from "../command-context";
import { askCredential, placeGiven } from "../commands/options/source-options";
import { Failure } from "../failure";
import { paragraph } from "../output/words";

export interface SourceWishes {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly place?: ExportPlace | undefined;
  /** What the options say; read when it is its turn. */
  readonly readCredential: () => Promise<NewSourceCredential | undefined>;
}

/**
 * Adds a source in steps: a name, where `model.json` lies, what lets in; then the API looks into it. Steps that the
 * wishes answer are not asked. A person whose credential is refused may give another.
 */
export async function createSource(
  context: CommandContext,
  wishes: SourceWishes,
): Promise<SourceAnswer> {
  const api = await context.api();
  // Who may not add sources learns it before any secret is asked for.
  await api.listSources();
  const displayName =
    wishes.name ??
    (await answerOr(context, "--name", () =>
      context.terminal.prompts.text({
        message: "A name by which the source is recognised:",
        validate: (answer) => {
          const checked = check(displayNameSchema, answer);
          return checked.ok || checked.faults[0].text;
        },
      }),
    ));
  const place =
    wishes.place ??
    (await answerOr(context, "--account and --container, or --bucket,", () => askPlace(context)));
  const given = await wishes.readCredential();
  const asked = given === undefined && place.kind === "azure";
  let credential: NewSourceCredential =
    given ?? (asked ? await askCredential(context) : { kind: "none" });
  for (;;) {
    try {
      return await api.createSource({ body: { id: wishes.id, displayName, place, credential } });
    } catch (error) {
      if (!asked || !isCredentialRefused(error)) {
        throw error;
      }
      context.terminal.note(paragraph(error.message, context.terminal.noteColumns));
      credential = await askCredential(context);
    }
  }
}

async function askPlace({ terminal: { prompts } }: CommandContext): Promise<ExportPlace> {
  const kind = await prompts.choose<"azure" | "s3">({
    message: "Where does the export's model.json lie?",
    choices: [
      { name: "In Azure's storage", value: "azure" },
      { name: "In a bucket of S3, to which it is copied", value: "s3" },
    ],
  });
  const named =
    kind === "azure"
      ? {
          account: await prompts.text({ message: "Storage account:" }),
          container: await prompts.text({ message: "Container:" }),
        }
      : { bucket: await prompts.text({ message: "Bucket:" }) };
  const folder = await prompts.text({ message: "Folder with model.json (empty for none):" });
  const place = placeGiven({ ...named, folder });
  if (place === undefined) {
    throw new TypeError("a place was asked for");
  }
  return place;
}

function isCredentialRefused(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    ["sourceForbidden", "entraAppNotFound", "entraAppNotFederated"].includes(error.details.code)
  );
}
