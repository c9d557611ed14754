import { Option, type Command } from "commander";
import * as z from "zod";
import { createExportBodySchema } from "../../../../shared/contract/exports";
import { SUBSCRIPTION_WORDING } from "../../../../shared/domain/exports/subscription";
import { addMappingOptions, mappingOptionsSchema } from "./mapping-options";
import { severalOrCommas } from "./option-values";
import { schemaOptions } from "./schema-options";

/** What options say of an export's settings. */
export const exportOptionsSchema = mappingOptionsSchema.extend({
  name: z.string().optional(),
  connection: z.string().optional(),
  listId: z.string().optional(),
  listName: z.string().optional(),
  createList: z.boolean().optional(),
  segment: z.array(z.string()).optional(),
  agree: z.boolean().optional(),
});

/** Settings that have no option of another name. */
export const otherSettings = schemaOptions(createExportBodySchema.shape, {
  without: ["displayName", "connectionId", "listId", "segments", "mapping"],
  texts: {
    subscription:
      "subscribe the members to email marketing, as YAML or JSON: '{historicalImport: false}'",
  },
});

export function addExportOptions(command: Command): Command {
  return otherSettings
    .addTo(
      addMappingOptions(
        addListOptions(
          command
            .option("--name <name>", "display name")
            .option("--connection <connection>", "name or id of the connection"),
        ).option(
          "--segment <name>",
          "segment to export; may be given several times",
          severalOrCommas,
        ),
      ),
    )
    .addOption(agreeOption());
}

export function agreeOption(): Option {
  return new Option("--agree", `with a subscription: “${SUBSCRIPTION_WORDING.text}”`);
}

export function addListOptions(command: Command): Command {
  return command
    .option("--list-id <id>", "id of the Klaviyo list")
    .option("--list-name <name>", "name of the Klaviyo list, whichever page it is on")
    .option("--create-list", "make the list when there is none of that name");
}
